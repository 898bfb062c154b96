package io.velostream.engine.runtime.operator;

import java.util.List;

/**
 * What a stage needs to know beyond its plan.
 *
 * @param taskPartition the partition that the task owns; it names the stage as an upstream in control records
 * @param upstreamPartitions for a stage that reads a repartition topic: how many tasks write to it, that is the
 *     partitions of the topic before it. Each of them holds windows back until it was heard of or the idle timeout has
 *     passed. 0 for a stage that reads a source
 * @param clockMillis the wall clock at the start, milliseconds
 * @param bounded whether time only moves with records (in {@code velo test}: no idle timeout)
 * @param sides the inputs of the stage's operators, in the plan's order
 */
public record StageSettings(
        int taskPartition, int upstreamPartitions, long clockMillis, boolean bounded, List<Side> sides) {
    public StageSettings {
        sides = List.copyOf(sides);
    }

    /** For a stage with one input. */
    public StageSettings(int taskPartition, int upstreamPartitions, long clockMillis, boolean bounded) {
        this(taskPartition, upstreamPartitions, clockMillis, bounded, List.of());
    }

    /**
     * An input beside the stage's own.
     *
     * @param topic its full name
     * @param upstreamPartitions how many tasks write to it
     */
    public record Side(String topic, int upstreamPartitions) {}
}
