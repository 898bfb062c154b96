package io.velostream.cli.sql;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code velo sql}: SQL that is asked once, of an engine or of a broker. */
@Command(
        name = "sql",
        description = {
            "Asks SQL once: SELECT over topics, or over what an engine knows of itself; SHOW, DESCRIBE, EXPLAIN.",
            "Without a statement it reads statements from the terminal, each up to its semicolon."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  velo sql --url http://localhost:8080 --token-file token \"SELECT * FROM velo_jobs\"",
            "  velo sql --bootstrap-servers localhost:9092 \"SELECT id, amount FROM orders WHERE amount > 100\"",
            "  velo sql --bootstrap-servers localhost:9092 --from latest --timeout 5m --format json -e \"SELECT * FROM o\"",
            "  velo sql --url http://localhost:8080     # a prompt with a history",
            "",
            "A SELECT filters and computes row by row; what joins or groups is a job. Sources that are not declared in",
            "the text are JSON topics of their name. System tables: velo_jobs, velo_query_stats,",
            "velo_resources, velo_dead_letters, velo_circuit_breakers."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:answered", "1:refused, or nobody answers", "2:the command was not understood"})
public final class SqlCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "STATEMENT", description = "What is asked.")
    @Nullable String statement;

    @Option(
            names = {"-e", "--execute"},
            paramLabel = "STATEMENT",
            description = "The same as the parameter.")
    @Nullable String execute;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "A file with declarations and one statement; - is standard input.")
    @Nullable String file;

    @Option(
            names = {"--url", "--cluster"},
            paramLabel = "URL",
            description = "The engine that is asked, such as http://localhost:8080.")
    @Nullable String url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "The engine's bearer token; default: the file that VELO_ADMIN_TOKEN_FILE names.")
    @Nullable Path tokenFile;

    @Option(
            names = {"--bootstrap-servers", "--bootstrap"},
            paramLabel = "HOST:PORT",
            description = "A broker whose topics are read without an engine.")
    @Nullable String bootstrapServers;

    @Option(names = "--limit", defaultValue = "1000", description = "Rows at most (default ${DEFAULT-VALUE}).")
    long limit = 1000;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "How long is read at most (default ${DEFAULT-VALUE}).")
    String timeout = "10s";

    @Option(
            names = "--from",
            defaultValue = "earliest",
            description =
                    "earliest: what is there now; latest: what comes until the timeout (default ${DEFAULT-VALUE}).")
    From from = From.EARLIEST;

    @Option(
            names = "--format",
            description = "${COMPLETION-CANDIDATES}; default: a table on a terminal, else json, one row a line.")
    RowPrinter.@Nullable Form format;

    @Spec
    @Nullable CommandSpec spec;

    /** Where reading begins. */
    enum From {
        EARLIEST,
        LATEST
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        SqlAsker asker = asker();
        Optional<String> sql = sql();
        if (sql.isPresent()) {
            return ask(asker, sql.get(), out, err) ? 0 : 1;
        }
        return new SqlPrompt(text -> ask(asker, text, out, err)).run() ? 0 : 1;
    }

    private SqlAsker asker() throws IOException {
        CommandSpec command = Objects.requireNonNull(spec);
        if ((url == null) == (bootstrapServers == null)) {
            throw new ParameterException(
                    command.commandLine(),
                    "Say who is asked: an engine with --url, or a broker with --bootstrap-servers");
        }
        if (limit < 1) {
            throw new ParameterException(command.commandLine(), "--limit is at least 1");
        }
        return url == null ? new BrokerAsker(Objects.requireNonNull(bootstrapServers)) : new EngineAsker(url, token());
    }

    private Optional<String> token() throws IOException {
        Optional<Path> path = Optional.ofNullable(tokenFile)
                .or(() -> Optional.ofNullable(System.getenv("VELO_ADMIN_TOKEN_FILE"))
                        .map(Path::of));
        if (path.isEmpty()) {
            return Optional.empty();
        }
        if (!Files.isRegularFile(path.get())) {
            throw new IOException("There is no token file " + path.get() + ".");
        }
        return Optional.of(Files.readString(path.get()).strip());
    }

    private Optional<String> sql() throws IOException {
        List<String> given =
                Stream.of(statement, execute, file).filter(Objects::nonNull).toList();
        if (given.size() > 1) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "Give the statement once: as parameter, with -e or -f");
        }
        if (file == null) {
            return given.stream().findFirst();
        }
        return Optional.of(
                file.equals("-")
                        ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                        : Files.readString(Path.of(file)));
    }

    private boolean ask(SqlAsker asker, String sql, PrintWriter out, PrintWriter err)
            throws IOException, InterruptedException {
        RowPrinter printer = new RowPrinter(form(), out);
        try {
            SqlAsker.End end = asker.ask(sql, new SqlAsker.Limits(limit, timeout, from == From.LATEST), printer::print);
            printer.end();
            tell(end, err);
            return true;
        } catch (SqlRefusedException e) {
            printer.end();
            err.println(e.getMessage());
            err.flush();
            return false;
        }
    }

    private RowPrinter.Form form() {
        return format != null
                ? format
                : System.console() != null && System.console().isTerminal()
                        ? RowPrinter.Form.TABLE
                        : RowPrinter.Form.JSON;
    }

    /** What a table does not show: that there is more, or that something is left out. */
    private void tell(SqlAsker.End end, PrintWriter err) {
        if (form() == RowPrinter.Form.TABLE) {
            err.println("(" + end.rows() + (end.rows() == 1 ? " row)" : " rows)"));
        }
        if (end.reason().equals("limit") && end.rows() == limit) {
            err.println("velo: there may be more rows; --limit N shows them");
        } else if (end.reason().equals("timeout") && from == From.EARLIEST) {
            err.println("velo: not everything was read within " + timeout + "; --timeout TIME reads longer");
        }
        if (end.failed() > 0) {
            err.println("velo: " + end.failed() + " records could not be read and are left out");
        }
        err.flush();
    }
}
