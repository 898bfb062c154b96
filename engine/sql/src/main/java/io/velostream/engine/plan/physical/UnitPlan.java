package io.velostream.engine.plan.physical;

import java.util.List;

/**
 * Queries that share one topology, hence one Kafka Streams application.
 *
 * @param name short and stable under compatible edits; part of the application id
 * @param queries the queries of the unit, in the order of the text
 * @param errors what happens to records that cannot be processed
 */
public record UnitPlan(String name, List<QueryPlan> queries, ErrorHandling errors) {
    public UnitPlan {
        queries = List.copyOf(queries);
    }

    /** A unit that does with failed records as its job has it. */
    public UnitPlan(String name, List<QueryPlan> queries) {
        this(name, queries, ErrorHandling.OF_THE_JOB);
    }
}
