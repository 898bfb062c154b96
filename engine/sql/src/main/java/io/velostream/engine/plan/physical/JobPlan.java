package io.velostream.engine.plan.physical;

import java.util.List;

/**
 * What a text of SQL runs as: units in the order in which they start. The runtime turns each unit into one Kafka
 * Streams application.
 */
public record JobPlan(List<UnitPlan> units) {
    public JobPlan {
        units = List.copyOf(units);
    }
}
