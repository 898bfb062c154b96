package io.velostream.cli;

import io.velostream.engine.plan.Compilation;
import io.velostream.engine.sql.analysis.SqlProblemRenderer;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code velo check}: says everything that is wrong with files of SQL. */
@Command(
        name = "check",
        description = "Parses and analyses files of SQL; errors as file:line:column: message on stderr, exit code 1.")
final class CheckCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files of SQL; - is standard input.")
    List<String> files = List.of();

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "Value of $${NAME} in the text.")
    Map<String, String> variables = new LinkedHashMap<>();

    @Spec
    @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = java.util.Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        boolean failed = false;
        for (String file : files) {
            SqlSource source = SqlSource.read(file);
            Compilation compilation = source.compile(variables);
            compilation
                    .problems()
                    .forEach(problem -> err.println(SqlProblemRenderer.render(source.name(), source.text(), problem)));
            switch (compilation) {
                case Compilation.Refused refused -> failed = true;
                case Compilation.Compiled compiled ->
                    out.println(source.name() + ": ok, "
                            + compiled.plan().units().stream()
                                    .mapToInt(unit -> unit.queries().size())
                                    .sum()
                            + " queries");
            }
        }
        err.flush();
        out.flush();
        return failed ? 1 : 0;
    }
}
