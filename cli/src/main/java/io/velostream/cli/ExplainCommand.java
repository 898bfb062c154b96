package io.velostream.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.velostream.engine.plan.Compilation;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code velo explain}: how a file of SQL would run. */
@Command(
        name = "explain",
        description = {
            "Prints how a file of SQL would run: for each query the logical plan, the rules that shaped it, and the stages",
            "with what is repartitioned and the state that is kept."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  velo explain orders.sql", "  velo explain --format json orders.sql"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:explained", "1:the text is refused", "2:the command was not understood"})
final class ExplainCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "A file of SQL; - is standard input.")
    String file = "-";

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "Value of $${NAME} in the text.")
    Map<String, String> variables = new LinkedHashMap<>();

    @Mixin
    OutputFormat format = new OutputFormat();

    @Spec
    @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = java.util.Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        SqlSource source = SqlSource.read(file);
        Compilation compilation = source.compile(variables);
        ProblemPrinter.print(source, compilation, err, spec);
        return switch (compilation) {
            case Compilation.Refused refused -> 1;
            case Compilation.Compiled compiled -> {
                out.println(
                        format.isJson()
                                ? new ObjectMapper()
                                        .createObjectNode()
                                        .put("file", source.name())
                                        .put("dialect", compiled.dialect().word())
                                        .put("plan", compiled.logicalPlan())
                                        .toPrettyString()
                                : "dialect " + compiled.dialect().word() + "\n\n" + compiled.logicalPlan());
                out.flush();
                yield 0;
            }
        };
    }
}
