package io.velostream.engine.plan.physical;

import java.util.List;

/**
 * What a text of SQL runs as: units in the order in which they start. The runtime turns each unit into one Kafka
 * Streams application.
 *
 * @param inserts rows that are written once, when the job first starts
 */
public record JobPlan(List<UnitPlan> units, List<InsertPlan> inserts) {
    public JobPlan {
        units = List.copyOf(units);
        inserts = List.copyOf(inserts);
    }

    /** A plan of queries only. */
    public JobPlan(List<UnitPlan> units) {
        this(units, List.of());
    }
}
