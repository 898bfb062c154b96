package io.velostream.engine.runtime.topology;

import io.velostream.engine.plan.physical.StageInput;
import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.runtime.operator.StageSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A stage's place in its topology.
 *
 * @param query the query that it belongs to
 * @param inputTopic the topic's full name
 * @param storeName the stage's store, when it has state
 * @param upstreamPartitions how many tasks write to its input, when that is a repartition topic; else 0
 * @param sides the inputs of the stage's operators
 * @param mayHold whether its own input may be held back until its tables are there: not when one of them is made of it
 * @param outputNode the sink node of its rows
 * @param deadLetterNode the sink node of its dead letters
 */
record StageNode(
        String query,
        StagePlan plan,
        String inputTopic,
        Optional<String> storeName,
        int upstreamPartitions,
        List<StageSettings.Side> sides,
        boolean mayHold,
        boolean outputIsRepartition,
        String outputNode,
        String deadLetterNode,
        StageMeter meter) {

    /** Every topic that the stage reads. */
    List<String> inputTopics() {
        List<String> topics = new ArrayList<>(List.of(inputTopic));
        sides.forEach(side -> topics.add(side.topic()));
        return topics;
    }

    /** Those of them that are ours: no record of a user lies there. */
    Set<String> repartitionTopics() {
        Set<String> topics = new HashSet<>();
        if (plan.input() instanceof StageInput.Repartition) {
            topics.add(inputTopic);
        }
        for (StageSettings.Side side : sides) {
            if (side.upstreamPartitions() > 0) {
                topics.add(side.topic());
            }
        }
        return topics;
    }

    String id() {
        return plan.id();
    }
}
