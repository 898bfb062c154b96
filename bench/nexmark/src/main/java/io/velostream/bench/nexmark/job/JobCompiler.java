package io.velostream.bench.nexmark.job;

import io.velostream.engine.plan.Compilation;
import io.velostream.engine.plan.CompileOptions;
import io.velostream.engine.plan.SqlCompiler;
import io.velostream.engine.plan.physical.JobPlan;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes a plan of a text, with JSON topics of the objects' own names where the text names none. */
public final class JobCompiler {

    /** A text that the engine refuses. */
    public static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }

    private final SqlCompiler compiler = new SqlCompiler();

    /**
     * Compiles a text.
     *
     * @throws RefusedException with all problems of the text
     */
    public JobPlan compile(String sql) {
        return switch (compiler.compile(sql, new CompileOptions(Map.of(), Map.of(), true))) {
            case Compilation.Compiled compiled -> compiled.plan();
            case Compilation.Refused refused ->
                throw new RefusedException(
                        refused.problems().stream().map(Object::toString).collect(Collectors.joining("\n")));
        };
    }
}
