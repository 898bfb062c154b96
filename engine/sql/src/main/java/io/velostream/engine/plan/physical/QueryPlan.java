package io.velostream.engine.plan.physical;

import java.util.List;

/**
 * One CREATE … AS SELECT or INSERT: stages chained by repartition topics, from sources to a sink.
 *
 * @param name the created object's name
 * @param kind whether its output is a stream or a table by key
 * @param stages in the direction of the data; the last one writes to the sink
 */
public record QueryPlan(String name, QueryKind kind, List<StagePlan> stages) {
    public QueryPlan {
        stages = List.copyOf(stages);
    }

    /** Append-only records, or a changelog by key. */
    public enum QueryKind {
        STREAM,
        TABLE
    }
}
