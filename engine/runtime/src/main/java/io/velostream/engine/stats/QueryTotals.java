package io.velostream.engine.stats;

import io.velostream.engine.job.StageStatistics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sums that never fall, made from the stages' counters: a job that is removed takes its counters along, and one that
 * comes back under its name begins at zero. Used by one thread.
 */
final class QueryTotals {

    private record StageKey(String job, String query, String stage) {}

    private final Map<StageKey, StageStatistics> last = new HashMap<>();

    /** What a stage counted since the sample before. */
    record Growth(
            StageStatistics stage, long recordsIn, long failed, long rowsOut, long lateDropped, long lateProcessed) {}

    /** What every stage counted since the last call. */
    List<Growth> grow(List<StageStatistics> stages) {
        List<Growth> growths = stages.stream().map(this::growth).toList();
        Set<StageKey> present = new HashSet<>();
        for (StageStatistics stage : stages) {
            StageKey key = key(stage);
            present.add(key);
            last.put(key, stage);
        }
        last.keySet().retainAll(present);
        return growths;
    }

    private Growth growth(StageStatistics now) {
        StageStatistics before = last.get(key(now));
        if (before == null || now.recordsIn() < before.recordsIn()) {
            return new Growth(
                    now, now.recordsIn(), now.recordsFailed(), now.rowsOut(), now.lateDropped(), now.lateProcessed());
        }
        return new Growth(
                now,
                now.recordsIn() - before.recordsIn(),
                difference(now.recordsFailed(), before.recordsFailed()),
                difference(now.rowsOut(), before.rowsOut()),
                difference(now.lateDropped(), before.lateDropped()),
                difference(now.lateProcessed(), before.lateProcessed()));
    }

    private static long difference(long now, long before) {
        return Math.max(0, now - before);
    }

    private static StageKey key(StageStatistics stage) {
        return new StageKey(stage.job(), stage.query(), stage.stage());
    }
}
