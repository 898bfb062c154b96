package io.velostream.engine.stats;

import io.micrometer.core.instrument.Meter;
import io.velostream.engine.job.StageStatistics;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The series of one query. Written by the sampler, read by scrapes. */
final class QueryMeters {

    private final AtomicLong processed = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong results = new AtomicLong();
    private final AtomicLong lateDropped = new AtomicLong();
    private final AtomicLong backlog = new AtomicLong();
    private final AtomicLong stateBytes = new AtomicLong();
    private final AtomicLong stateGroups = new AtomicLong();
    private final AtomicLong spilledGroups = new AtomicLong();
    private volatile double watermarkLag;
    private final List<Meter> meters;

    QueryMeters(MeterFactory factory, String job, String query) {
        meters = List.of(
                factory.register(EngineMetric.JOB_RECORDS_PROCESSED, processed::get, job, query),
                factory.register(EngineMetric.JOB_RECORDS_FAILED, failed::get, job, query),
                factory.register(EngineMetric.JOB_RESULTS_PRODUCED, results::get, job, query),
                factory.register(EngineMetric.JOB_LATE_DROPPED, lateDropped::get, job, query),
                factory.register(EngineMetric.JOB_BACKLOG, backlog::get, job, query),
                factory.register(EngineMetric.JOB_STATE_BYTES, stateBytes::get, job, query),
                factory.register(EngineMetric.JOB_STATE_GROUPS, stateGroups::get, job, query),
                factory.register(EngineMetric.JOB_STATE_SPILLED_GROUPS, spilledGroups::get, job, query),
                factory.register(EngineMetric.JOB_WATERMARK_LAG, () -> watermarkLag, job, query));
    }

    void update(List<QueryTotals.Growth> growths, double lagSeconds) {
        for (QueryTotals.Growth growth : growths) {
            if (growth.stage().readsSource()) {
                processed.addAndGet(growth.recordsIn());
            }
            if (growth.stage().writesSink()) {
                results.addAndGet(growth.rowsOut());
            }
            failed.addAndGet(growth.failed());
            lateDropped.addAndGet(growth.lateDropped());
        }
        List<StageStatistics> stages =
                growths.stream().map(QueryTotals.Growth::stage).toList();
        backlog.set(stages.stream()
                .filter(StageStatistics::readsSource)
                .mapToLong(StageStatistics::backlog)
                .sum());
        stateBytes.set(stages.stream().mapToLong(StageStatistics::stateBytes).sum());
        stateGroups.set(stages.stream().mapToLong(StageStatistics::stateGroups).sum());
        spilledGroups.set(
                stages.stream().mapToLong(StageStatistics::spilledGroups).sum());
        watermarkLag = lagSeconds;
    }

    void remove(MeterFactory factory) {
        meters.forEach(factory::remove);
    }
}
