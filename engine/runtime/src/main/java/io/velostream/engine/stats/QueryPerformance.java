package io.velostream.engine.stats;

import io.velostream.engine.job.StageStatistics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What one query costs on this pod, its stages together, since the pod started.
 *
 * @param avgLatencyMillis what a record waits for in the query: the mean duration of a batch, added up over the stages that
 *     it passes, since a row leaves with its batch; time in topics between them is not in it
 * @param lastBatchMillis the longest last batch of its tasks
 * @param nanosPerRecord processor time of all stages by records read from sources
 * @param shareOfTime of the time that all queries of the pod spent on batches, 0 to 1
 * @param watermark the least of its stages, milliseconds; empty before the first
 */
public record QueryPerformance(
        String job,
        String query,
        StageStatistics.QueryType type,
        long recordsIn,
        long recordsFailed,
        long rowsOut,
        long backlog,
        long stateBytes,
        long stateGroups,
        double avgLatencyMillis,
        double lastBatchMillis,
        double nanosPerRecord,
        double shareOfTime,
        OptionalLong watermark,
        List<Stage> stages) {

    private static final double NANOS_PER_MILLI = 1e6;

    public QueryPerformance {
        stages = List.copyOf(stages);
    }

    /** One stage of it. */
    public record Stage(
            String stage, String input, long recordsIn, long batches, double avgBatchRecords, double avgBatchMillis) {

        static Stage of(StageStatistics stage) {
            return new Stage(
                    stage.stage(),
                    stage.inputTopic(),
                    stage.recordsIn(),
                    stage.batches(),
                    (double) stage.recordsIn() / Math.max(1, stage.batches()),
                    stage.batchNanos() / NANOS_PER_MILLI / Math.max(1, stage.batches()));
        }
    }

    /** The queries of stages, in the order in which they come. */
    public static List<QueryPerformance> of(List<StageStatistics> stages) {
        Map<List<String>, List<StageStatistics>> byQuery = new LinkedHashMap<>();
        stages.forEach(stage -> byQuery.computeIfAbsent(List.of(stage.job(), stage.query()), key -> new ArrayList<>())
                .add(stage));
        long allNanos = stages.stream().mapToLong(StageStatistics::batchNanos).sum();
        return byQuery.values().stream().map(query -> of(query, allNanos)).toList();
    }

    private static QueryPerformance of(List<StageStatistics> query, long allNanos) {
        StageStatistics any = query.getFirst();
        List<Stage> stages = query.stream().map(Stage::of).toList();
        long nanos = query.stream().mapToLong(StageStatistics::batchNanos).sum();
        long recordsIn = query.stream()
                .filter(StageStatistics::readsSource)
                .mapToLong(StageStatistics::recordsIn)
                .sum();
        return new QueryPerformance(
                any.job(),
                any.query(),
                any.queryType(),
                recordsIn,
                query.stream().mapToLong(StageStatistics::recordsFailed).sum(),
                query.stream()
                        .filter(StageStatistics::writesSink)
                        .mapToLong(StageStatistics::rowsOut)
                        .sum(),
                query.stream().mapToLong(StageStatistics::backlog).sum(),
                query.stream().mapToLong(StageStatistics::stateBytes).sum(),
                query.stream().mapToLong(StageStatistics::stateGroups).sum(),
                stages.stream().mapToDouble(Stage::avgBatchMillis).sum(),
                query.stream().mapToLong(StageStatistics::lastBatchNanos).max().orElse(0) / NANOS_PER_MILLI,
                (double) nanos / Math.max(1, recordsIn),
                (double) nanos / Math.max(1, allNanos),
                query.stream()
                        .map(StageStatistics::watermark)
                        .filter(OptionalLong::isPresent)
                        .mapToLong(OptionalLong::getAsLong)
                        .min(),
                stages);
    }
}
