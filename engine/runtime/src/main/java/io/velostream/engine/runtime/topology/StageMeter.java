package io.velostream.engine.runtime.topology;

import io.velostream.engine.runtime.metric.MetricReading;
import io.velostream.engine.runtime.metric.MetricText;
import io.velostream.engine.runtime.operator.Stage;
import io.velostream.engine.runtime.operator.StageCounters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What one stage of a plan has counted on this pod, over all its tasks: those that run, and those that were closed. It
 * outlives the unit, so that a rebuilt unit goes on counting where the earlier one ended.
 */
public final class StageMeter {

    private record Running(Stage stage, Counts baseline, List<MetricReading> metrics) {

        /** What the stage's metrics gained since it began to be counted here. */
        List<MetricReading> gained() {
            List<MetricReading> now = readings(stage);
            List<MetricReading> gained = new ArrayList<>();
            for (int i = 0; i < now.size(); i++) {
                gained.add(now.get(i).since(metrics.get(i)));
            }
            return gained;
        }
    }

    /**
     * Counters that only grow.
     *
     * @param recordsIn records read, failed ones included
     * @param recordsFailed records handed to the error strategy
     * @param rowsOut rows written
     * @param lateDropped late records dropped
     * @param lateProcessed late records counted all the same
     * @param batches batches processed
     * @param batchNanos nanoseconds spent in them
     */
    public record Counts(
            long recordsIn,
            long recordsFailed,
            long rowsOut,
            long lateDropped,
            long lateProcessed,
            long batches,
            long batchNanos) {

        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);

        static Counts of(StageCounters counters) {
            return new Counts(
                    counters.recordsIn,
                    counters.recordsFailed,
                    counters.rowsOut,
                    counters.lateDropped,
                    counters.lateProcessed,
                    counters.batches,
                    counters.batchNanos);
        }

        Counts plus(Counts other) {
            return new Counts(
                    recordsIn + other.recordsIn,
                    recordsFailed + other.recordsFailed,
                    rowsOut + other.rowsOut,
                    lateDropped + other.lateDropped,
                    lateProcessed + other.lateProcessed,
                    batches + other.batches,
                    batchNanos + other.batchNanos);
        }

        Counts minus(Counts other) {
            return new Counts(
                    recordsIn - other.recordsIn,
                    recordsFailed - other.recordsFailed,
                    rowsOut - other.rowsOut,
                    lateDropped - other.lateDropped,
                    lateProcessed - other.lateProcessed,
                    batches - other.batches,
                    batchNanos - other.batchNanos);
        }
    }

    /**
     * A reading.
     *
     * @param lastBatchNanos the longest last batch among the running tasks
     * @param lastBatchRecords its records
     * @param watermark the least of the running tasks, milliseconds
     * @param maxEventTime the largest seen, milliseconds
     * @param stateBytes in memory
     * @param stateGroups in memory and on disk
     * @param spilledGroups on disk
     */
    public record Reading(
            Counts counts,
            long lastBatchNanos,
            long lastBatchRecords,
            OptionalLong watermark,
            OptionalLong maxEventTime,
            long stateBytes,
            long stateGroups,
            long spilledGroups) {}

    /**
     * The dead letters of a stage.
     *
     * @param count those whose transaction was aborted included
     * @param code of the last
     * @param message of the last
     * @param lastAt when the last was written, milliseconds
     */
    public record Letters(long count, String code, String message, long lastAt) {

        /** None yet. */
        public static final Letters NONE = new Letters(0, "", "", 0);
    }

    private final Map<Integer, Running> running = new HashMap<>();
    private Counts closed = Counts.NONE;
    private Letters letters = Letters.NONE;
    private List<MetricReading> closedMetrics = List.of();

    /** A task begins to work with the stage; a stage that was suspended and goes on is not counted twice. */
    synchronized void started(int partition, Stage stage) {
        stopped(partition);
        running.put(partition, new Running(stage, Counts.of(stage.counters()), readings(stage)));
    }

    /** The task is closed or suspended. */
    synchronized void stopped(int partition) {
        @Nullable Running ended = running.remove(partition);
        if (ended != null) {
            closed = closed.plus(Counts.of(ended.stage().counters()).minus(ended.baseline()));
            closedMetrics = together(closedMetrics, ended.gained());
        }
    }

    /** A record went to the dead-letter topic. */
    synchronized void buried(String code, String message, long millis) {
        letters = new Letters(letters.count() + 1, code, message, millis);
    }

    /** What went to the dead-letter topic. */
    public synchronized Letters letters() {
        return letters;
    }

    private static List<MetricReading> readings(Stage stage) {
        return stage.metrics().stream().map(MetricReading::of).toList();
    }

    private static List<MetricReading> together(List<MetricReading> first, List<MetricReading> second) {
        List<MetricReading> all = new ArrayList<>(first);
        all.addAll(second);
        return MetricText.merge(all);
    }

    /** The metrics that the query declares, summed over its tasks. */
    public synchronized List<MetricReading> metrics() {
        List<MetricReading> all = closedMetrics;
        for (Running task : running.values()) {
            all = together(all, task.gained());
        }
        return all;
    }

    /** The state of things now. */
    public synchronized Reading read() {
        Counts counts = closed;
        long nanos = 0;
        long records = 0;
        long watermark = Long.MAX_VALUE;
        long eventTime = Long.MIN_VALUE;
        long bytes = 0;
        long groups = 0;
        long spilled = 0;
        for (Running task : running.values()) {
            StageCounters counters = task.stage().counters();
            counts = counts.plus(Counts.of(counters).minus(task.baseline()));
            if (counters.lastBatchNanos > nanos) {
                nanos = counters.lastBatchNanos;
                records = counters.lastBatchRecords;
            }
            watermark = Math.min(watermark, task.stage().watermark());
            eventTime = Math.max(eventTime, counters.maxEventTime);
            bytes += counters.stateBytes;
            groups += counters.stateGroups;
            spilled += counters.spilledGroups;
        }
        return new Reading(
                counts,
                nanos,
                records,
                watermark == Long.MAX_VALUE || watermark == Long.MIN_VALUE
                        ? OptionalLong.empty()
                        : OptionalLong.of(watermark),
                eventTime == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(eventTime),
                bytes,
                groups,
                spilled);
    }
}
