package io.velostream.engine.runtime.topology;

import io.velostream.engine.runtime.operator.Stage;
import io.velostream.engine.runtime.operator.Stage.Relief;
import io.velostream.engine.runtime.operator.StageCounters;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the state of one task within its share of memory between its batches, and says so with the words that the runbook
 * looks for. It belongs to the task's thread.
 */
final class MemoryGuard {

    private static final Logger LOG = LoggerFactory.getLogger(MemoryGuard.class);

    private final StageNode node;
    private final UnitRuntime runtime;
    private final String holder;
    private Relief last = Relief.NONE;

    MemoryGuard(StageNode node, UnitRuntime runtime) {
        this.node = node;
        this.runtime = runtime;
        this.holder = node.id() + " (memory)";
    }

    /** Looks after a batch or a tick, when nothing of the task is pending. */
    void look(Stage stage, LiveStore store, List<TopicPartition> inputs) {
        if (!stage.isOverShare()) {
            roomAgain(inputs);
        } else if (last != Relief.HOLDING && (last != Relief.REFUSING || store.canSpill())) {
            relieve(stage, store, inputs);
        }
    }

    private void relieve(Stage stage, LiveStore store, List<TopicPartition> inputs) {
        last = store.relieve();
        switch (last) {
            case NONE -> {}
            case SPILLED -> warn(stage, "what was not needed lately went to disk");
            case REFUSING -> warn(stage, "it cannot go to disk, and records that make it grow are refused");
            case HOLDING -> {
                inputs.forEach(input -> runtime.progress().hold(input, holder));
                warn(stage, "its input is held back until there is room");
            }
        }
    }

    private void warn(Stage stage, String done) {
        StageCounters counters = stage.counters();
        runtime.log()
                .warn(
                        runtime.job() + '/' + node.query() + "/memory/" + last,
                        () ->
                                ("Resource exhausted resource=memory job=%s query=%s the state of stage %s was over its share"
                                                + " of memory: %s; %d bytes stay in memory, %d of %d groups are on disk")
                                        .formatted(
                                                runtime.job(),
                                                node.query(),
                                                node.id(),
                                                done,
                                                counters.stateBytes,
                                                counters.spilledGroups,
                                                counters.stateGroups));
    }

    private void roomAgain(List<TopicPartition> inputs) {
        if (last == Relief.HOLDING || last == Relief.REFUSING) {
            LOG.info("The state of stage {} has room again in memory", node.id());
            release(inputs);
        }
        last = Relief.NONE;
    }

    /** Holds nothing back any more: the task is closed. */
    void release(List<TopicPartition> inputs) {
        inputs.forEach(input -> runtime.progress().free(input, holder));
        last = Relief.NONE;
    }
}
