package io.velostream.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.velostream.engine.plan.Compilation;
import io.velostream.engine.sql.analysis.SqlProblem;
import io.velostream.engine.sql.command.CommandAnswer;
import io.velostream.engine.sql.tree.Dialect;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code velo check}: says everything that is wrong with files of SQL. */
@Command(
        name = "check",
        description = {
            "Parses and analyses files of SQL; errors as file:line:column: message on stderr, exit code 1.",
            "What SHOW, DESCRIBE and EXPLAIN in them give is printed as tables."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  velo check orders.sql",
            "  velo check --strict --set TOPIC=orders jobs/*.sql",
            "  velo check --format json - < orders.sql"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every text can run",
            "1:a text is refused, or has a warning under --strict",
            "2:the command was not understood"
        })
final class CheckCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of SQL; - is standard input.")
    List<String> files = List.of();

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "Value of $${NAME} in the text.")
    Map<String, String> variables = new LinkedHashMap<>();

    @Option(names = "--strict", description = "Warnings fail the check, too.")
    boolean strict;

    @Mixin
    OutputFormat format = new OutputFormat();

    @Spec
    @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        CommandSpec command = Objects.requireNonNull(spec);
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        ArrayNode report = new ObjectMapper().createArrayNode();
        boolean failed = false;
        for (String file : files) {
            SqlSource source = SqlSource.read(file);
            Compilation compilation = source.compile(variables);
            failed |= compilation instanceof Compilation.Refused
                    || strict && !compilation.problems().isEmpty();
            if (format.isJson()) {
                report.add(json(source, compilation));
            } else {
                ProblemPrinter.print(source, compilation, err, command);
                if (compilation instanceof Compilation.Compiled compiled) {
                    summary(source, compiled, out);
                }
            }
        }
        if (format.isJson()) {
            out.println(report.toPrettyString());
        }
        out.flush();
        return failed ? 1 : 0;
    }

    private static void summary(SqlSource source, Compilation.Compiled compiled, PrintWriter out) {
        for (CommandAnswer answer : compiled.answers()) {
            out.println(answer.statement().lines().findFirst().orElse(""));
            RowTable.print(answer.rows(), out);
            out.println();
        }
        out.println(source.name() + ": ok, " + count(queries(compiled), "query", "queries")
                + (compiled.dialect() == Dialect.KSQLDB ? ", in ksqlDB's dialect" : "")
                + (compiled.problems().isEmpty()
                        ? ""
                        : ", " + count(compiled.problems().size(), "warning", "warnings")));
    }

    private static long queries(Compilation.Compiled compiled) {
        return compiled.plan().units().stream()
                .mapToLong(unit -> unit.queries().size())
                .sum();
    }

    private static String count(long number, String one, String several) {
        return number + " " + (number == 1 ? one : several);
    }

    private static ObjectNode json(SqlSource source, Compilation compilation) throws JsonProcessingException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode node = mapper.createObjectNode()
                .put("file", source.name())
                .put("ok", compilation instanceof Compilation.Compiled);
        ArrayNode problems = node.putArray("problems");
        for (SqlProblem problem : compilation.problems()) {
            ObjectNode entry = problems.addObject()
                    .put("severity", problem.severity().name().toLowerCase(Locale.ROOT))
                    .put("code", problem.code())
                    .put("line", problem.line())
                    .put("column", problem.column())
                    .put("length", problem.length())
                    .put("message", problem.message());
            problem.hint().ifPresent(hint -> entry.put("hint", hint));
        }
        if (compilation instanceof Compilation.Compiled compiled) {
            node.put("dialect", compiled.dialect().word());
            ArrayNode queries = node.putArray("queries");
            compiled.plan()
                    .units()
                    .forEach(unit -> unit.queries()
                            .forEach(query -> queries.addObject()
                                    .put("name", query.name())
                                    .put("kind", query.kind().name().toLowerCase(Locale.ROOT))
                                    .put("unit", unit.name())
                                    .put("stages", query.stages().size())));
            ArrayNode answers = node.putArray("answers");
            for (CommandAnswer answer : compiled.answers()) {
                answers.addObject().put("statement", answer.statement()).set("rows", mapper.valueToTree(answer.rows()));
            }
        }
        return node;
    }
}
