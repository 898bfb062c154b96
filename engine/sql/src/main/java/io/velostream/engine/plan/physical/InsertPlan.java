package io.velostream.engine.plan.physical;

import java.util.List;

/**
 * The rows of {@code INSERT INTO … VALUES}, which are written once in the life of a job.
 *
 * @param name unique in the job
 * @param rows each as a sink whose columns are constants
 */
public record InsertPlan(String name, List<StageOutput.Sink> rows) {
    public InsertPlan {
        rows = List.copyOf(rows);
    }

    /** The topic that all rows go to. */
    public String topic() {
        return rows.getFirst().topic();
    }
}
