package io.velostream.cli.sqltest;

/** Runs the text of a case on the engine's real plan. */
@FunctionalInterface
interface CaseExecutor {

    /**
     * Compiles, feeds the inputs and collects what comes out.
     *
     * @param batchSize records of a topic that are fed as one batch
     */
    Outcome execute(SqlCase sqlCase, int batchSize);
}
