package io.velostream.engine.plan.physical;

import java.util.List;

/**
 * Queries that share one topology, hence one Kafka Streams application.
 *
 * @param name short and stable under compatible edits; part of the application id
 * @param queries the queries of the unit, in the order of the text
 */
public record UnitPlan(String name, List<QueryPlan> queries) {
    public UnitPlan {
        queries = List.copyOf(queries);
    }
}
