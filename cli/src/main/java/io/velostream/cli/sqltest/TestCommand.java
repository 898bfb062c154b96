package io.velostream.cli.sqltest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.velostream.cli.OutputFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code velo test}: runs SQL cases on the engine's real plan, without a cluster or a broker. */
@Command(
        name = "test",
        description = {
            "Runs SQL cases from YAML files on the engine's real plan, without a cluster or a broker.",
            "Prints a line for each difference and ends with 'N passed, N failed'."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  velo test cases/",
            "  velo test --filter 'tumbling/*' --batch 7 cases/",
            "  velo test --format json --junit report.xml cases/orders.yaml"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every case passed", "1:a case failed", "2:the command was not understood"})
public final class TestCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Case files, or folders with *.yaml files.")
    List<Path> paths = List.of();

    @Option(
            names = "--filter",
            paramLabel = "GLOB",
            description = "Only cases whose group/name matches, such as 'tumbling/*'.")
    @Nullable String filter;

    @Option(names = "--junit", paramLabel = "FILE", description = "Also writes a JUnit XML report.")
    @Nullable Path junit;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "1",
            description = "Feeds the inputs as batches of N through the same operators (default ${DEFAULT-VALUE}).")
    int batch = 1;

    @Mixin
    OutputFormat format = new OutputFormat();

    @Spec
    @Nullable CommandSpec spec;

    private final CaseExecutor executor;

    /** Runs on the topology test driver. */
    public TestCommand() {
        this(new TopologyCaseExecutor());
    }

    TestCommand(CaseExecutor executor) {
        this.executor = executor;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = java.util.Objects.requireNonNull(spec).commandLine().getOut();
        Map<SqlCase, List<String>> results = new LinkedHashMap<>();
        for (SqlCase sqlCase : new SqlCaseReader().read(paths)) {
            if (isWanted(sqlCase)) {
                List<String> differences = run(sqlCase);
                if (!format.isJson()) {
                    differences.forEach(difference -> out.println(sqlCase.id() + ": " + difference));
                }
                results.put(sqlCase, differences);
            }
        }
        if (junit != null) {
            JUnitReport.write(junit, results);
        }
        long failed = results.values().stream().filter(d -> !d.isEmpty()).count();
        out.println(
                format.isJson()
                        ? json(results, failed).toPrettyString()
                        : (results.size() - failed) + " passed, " + failed + " failed");
        out.flush();
        return failed == 0 ? 0 : 1;
    }

    private static ObjectNode json(Map<SqlCase, List<String>> results, long failed) {
        ObjectNode report = new ObjectMapper().createObjectNode();
        report.put("passed", results.size() - failed).put("failed", failed);
        ArrayNode cases = report.putArray("cases");
        results.forEach((sqlCase, differences) -> {
            ObjectNode each = cases.addObject().put("case", sqlCase.id()).put("passed", differences.isEmpty());
            differences.forEach(each.putArray("differences")::add);
        });
        return report;
    }

    private boolean isWanted(SqlCase sqlCase) {
        if (filter == null) {
            return true;
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + filter);
        return matcher.matches(Path.of(sqlCase.id())) || matcher.matches(Path.of(sqlCase.name()));
    }

    private List<String> run(SqlCase sqlCase) {
        try {
            return CaseVerdict.differences(sqlCase, executor.execute(sqlCase, batch));
        } catch (RuntimeException e) {
            return List.of("expected an outcome, got the engine's failure " + rootCause(e));
        }
    }

    private static Throwable rootCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause;
    }
}
