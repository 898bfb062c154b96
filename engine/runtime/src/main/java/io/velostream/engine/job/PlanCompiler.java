package io.velostream.engine.job;

import io.velostream.engine.plan.Compilation;
import io.velostream.engine.plan.CompileOptions;

/** Makes a plan of a text. */
@FunctionalInterface
public interface PlanCompiler {

    /** The plan, or everything that is wrong with the text. */
    Compilation compile(String sql, CompileOptions options);
}
