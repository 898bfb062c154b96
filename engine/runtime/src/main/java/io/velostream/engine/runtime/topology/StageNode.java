package io.velostream.engine.runtime.topology;

import io.velostream.engine.plan.physical.StagePlan;
import java.util.Optional;

/**
 * A stage's place in its topology.
 *
 * @param query the query that it belongs to
 * @param inputTopic the topic's full name
 * @param storeName the stage's store, when it has state
 * @param upstreamPartitions how many tasks write to its input, when that is a repartition topic; else 0
 * @param outputNode the sink node of its rows
 * @param deadLetterNode the sink node of its dead letters
 */
record StageNode(
        String query,
        StagePlan plan,
        String inputTopic,
        Optional<String> storeName,
        int upstreamPartitions,
        boolean outputIsRepartition,
        String outputNode,
        String deadLetterNode,
        StageMeter meter) {

    String id() {
        return plan.id();
    }
}
