package io.velostream.engine.resources;

import io.velostream.engine.job.StageStatistics;
import io.velostream.engine.stats.PodStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was taken lately: samples of the pod, ten seconds apart, for as long as {@code memory_management.history_retention}
 * says (a day at most), and the peaks of every operator since it was first seen. Safe for use by several threads.
 */
public final class ResourceHistory {

    static final Duration SPACING = Duration.ofSeconds(10);
    private static final int MOST_SAMPLES = 8_640;

    private final Deque<ResourceSample> samples = new ArrayDeque<>();
    private final Map<Key, OperatorUse> operators = new HashMap<>();
    private long statePeak;

    private record Key(String job, String query, String stage) {}

    /**
     * Looks at the pod; once a second is enough for the peaks.
     *
     * @param retention for how long samples are kept
     */
    public synchronized void observe(
            Instant now, PodStatistics pod, List<StageStatistics> stages, long recordsPerSecond, Duration retention) {
        long state = stages.stream().mapToLong(StageStatistics::stateBytes).sum();
        statePeak = Math.max(statePeak, state);
        observe(stages);
        ResourceSample newest = samples.peekLast();
        if (newest == null || !now.isBefore(newest.at().plus(SPACING))) {
            samples.addLast(new ResourceSample(
                    now, pod.memoryBytes(), state, pod.cpuPercent(), recordsPerSecond, backlog(stages)));
        }
        while (!samples.isEmpty()
                && (samples.size() > MOST_SAMPLES
                        || samples.getFirst().at().isBefore(now.minus(retention)) && samples.size() > 1)) {
            samples.removeFirst();
        }
    }

    private void observe(List<StageStatistics> stages) {
        Map<Key, OperatorUse> present = new HashMap<>();
        for (StageStatistics stage : stages) {
            Key key = new Key(stage.job(), stage.query(), stage.stage());
            long inMemory = stage.stateGroups() - stage.spilledGroups();
            OperatorUse now = new OperatorUse(
                    stage.job(),
                    stage.query(),
                    stage.stage(),
                    stage.stateBytes(),
                    stage.stateBytes(),
                    stage.stateGroups(),
                    stage.spilledGroups(),
                    inMemory);
            OperatorUse before = operators.get(key);
            if (before != null || now.usedBytes() > 0 || now.groups() > 0) {
                present.put(key, before == null ? now : before.then(now));
            }
        }
        operators.clear();
        operators.putAll(present);
    }

    /** Queries of one job that read a topic share its consumer, so their backlogs are one. */
    private static long backlog(List<StageStatistics> stages) {
        Map<Key, Long> byTopic = new HashMap<>();
        for (StageStatistics stage : stages) {
            if (stage.readsSource()) {
                byTopic.merge(new Key(stage.job(), "", stage.inputTopic()), stage.backlog(), Math::max);
            }
        }
        return byTopic.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The samples, the oldest first. */
    public synchronized List<ResourceSample> samples() {
        return List.copyOf(samples);
    }

    /** The operators that keep state, the largest first. */
    public synchronized List<OperatorUse> operators() {
        List<OperatorUse> sorted = new ArrayList<>(operators.values());
        sorted.sort(Comparator.comparingLong(OperatorUse::usedBytes)
                .reversed()
                .thenComparing(OperatorUse::job)
                .thenComparing(OperatorUse::query)
                .thenComparing(OperatorUse::stage));
        return sorted;
    }

    /** The most bytes that the live state of all operators took at a time. */
    public synchronized long statePeak() {
        return statePeak;
    }
}
