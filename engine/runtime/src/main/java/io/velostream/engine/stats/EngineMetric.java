package io.velostream.engine.stats;

import java.util.List;
import java.util.Set;

/**
 * Every series that the engine itself exports. The first part is the runbook's, letter by letter (“Critical Metrics”); the
 * series by job and query are additions of ours.
 */
enum EngineMetric {
    MEMORY_USAGE(
            "velo_streams_memory_usage_bytes",
            Kind.GAUGE,
            List.of("component"),
            "Bytes in use: `total` is the heap that the last collection left plus direct buffers, `operator` the live state of all operators."),
    MEMORY_PEAK(
            "velo_streams_memory_peak_bytes",
            Kind.GAUGE,
            List.of("component"),
            "The largest value of `velo_streams_memory_usage_bytes` since the start, sampled every second."),
    PROCESSING_LATENCY(
            "velo_streams_processing_latency_ms",
            Kind.GAUGE,
            List.of("operation"),
            "Milliseconds that the slowest of the stages' last batches took; a record's result leaves with its batch. 0 without records for ten seconds."),
    THROUGHPUT(
            "velo_streams_throughput_records_per_second",
            Kind.GAUGE,
            List.of(),
            "Records read from source topics per second, over all jobs."),
    PROCESSING_ERRORS(
            "velo_streams_processing_errors_total",
            Kind.COUNTER,
            List.of("error_type"),
            "`fatal`: records that cannot be processed and went to their error strategy; `retryable`: failures of a unit that is rebuilt and tries again."),
    CIRCUIT_BREAKER_STATE(
            "velo_streams_circuit_breaker_state",
            Kind.GAUGE,
            List.of("name"),
            "0 closed, 1 open, 2 half-open. `main` is processing as a whole; `<job>/source/<topic>`, `<job>/sink/<topic>` and `<job>/dead-letter/<topic>` come and go with the jobs."),
    CIRCUIT_BREAKER_FAILURES(
            "velo_streams_circuit_breaker_failures_total",
            Kind.COUNTER,
            List.of("name"),
            "Failures of what the breaker guards: of a unit, of the sends of a transaction, of a look at Kafka or at the topic."),
    CIRCUIT_BREAKER_SUCCESSES(
            "velo_streams_circuit_breaker_successes_total",
            Kind.COUNTER,
            List.of("name"),
            "Successes of what the breaker guards: commits, seconds in which a source was read, looks at what stood still."),
    CIRCUIT_BREAKER_OPEN_SECONDS(
            "velo_streams_circuit_breaker_open_seconds",
            Kind.GAUGE,
            List.of("name"),
            "Seconds since the breaker opened, or since its trial began; 0 while it is closed. An addition to the runbook's."),
    RESOURCE_UTILIZATION(
            "velo_streams_resource_utilization_percent",
            Kind.GAUGE,
            List.of("resource"),
            "`memory`: total memory in use as a percentage of `resource_limits.max_total_memory`, or of the heap where that is smaller; `cpu`: of the processors that the pod may use."),
    RESOURCE_VIOLATIONS(
            "velo_streams_resource_limit_violations_total",
            Kind.COUNTER,
            List.of("resource"),
            "How often a limit was reached and `resource_limits.exhaustion_policy` was applied: `memory`, `aggregation_groups`; `windows_per_key`: records refused."),
    WATERMARK_LAG(
            "velo_streams_watermark_lag_seconds",
            Kind.GAUGE,
            List.of(),
            "Seconds that the slowest query's watermark is behind the clock; 0 before the first watermark."),
    LATE_DROPPED(
            "velo_streams_late_data_dropped_total",
            Kind.COUNTER,
            List.of(),
            "Records that came after their window had closed and were dropped."),
    LATE_PROCESSED(
            "velo_streams_late_data_processed_total",
            Kind.COUNTER,
            List.of(),
            "Records that came late and were counted all the same."),
    RECORDS_PROCESSED(
            "velo_streams_records_processed_total",
            Kind.COUNTER,
            List.of("source"),
            "Records read from source topics, failed ones included."),
    RECORDS_FAILED(
            "velo_streams_records_failed_total",
            Kind.COUNTER,
            List.of("source"),
            "Records that could not be processed and went to their error strategy."),
    BACKLOG(
            "velo_streams_backlog_size",
            Kind.GAUGE,
            List.of("topic"),
            "Unread records of a source topic in the partitions of this pod."),
    QUERY_EXECUTION_TIME(
            "velo_streams_query_execution_time_ms",
            Kind.GAUGE,
            List.of("query_type"),
            "Milliseconds that the slowest of the last batches of these queries took: `projection`, `aggregation` without a window, `windowing`."),
    RESULTS_PRODUCED(
            "velo_streams_query_results_produced_total", Kind.COUNTER, List.of(), "Rows written to sink topics."),

    JOB_RUNNING("velo_streams_job_running", Kind.GAUGE, List.of("job"), "1 while the job runs on this pod, else 0."),
    JOB_RECORDS_PROCESSED(
            "velo_streams_job_records_processed_total",
            Kind.COUNTER,
            List.of("job", "query"),
            "Records that the query read from its source topics."),
    JOB_RECORDS_FAILED(
            "velo_streams_job_records_failed_total",
            Kind.COUNTER,
            List.of("job", "query"),
            "Records that the query could not process."),
    JOB_RESULTS_PRODUCED(
            "velo_streams_job_results_produced_total",
            Kind.COUNTER,
            List.of("job", "query"),
            "Rows that the query wrote to its sink topic."),
    JOB_LATE_DROPPED(
            "velo_streams_job_late_data_dropped_total",
            Kind.COUNTER,
            List.of("job", "query"),
            "Records of the query that came after their window had closed."),
    JOB_WATERMARK_LAG(
            "velo_streams_job_watermark_lag_seconds",
            Kind.GAUGE,
            List.of("job", "query"),
            "Seconds that the query's watermark is behind the clock."),
    JOB_BACKLOG(
            "velo_streams_job_backlog_size",
            Kind.GAUGE,
            List.of("job", "query"),
            "Unread records of the query's source topics in the partitions of this pod."),
    JOB_STATE_BYTES(
            "velo_streams_job_state_bytes",
            Kind.GAUGE,
            List.of("job", "query"),
            "Bytes of the query's live state in the memory of this pod."),
    JOB_STATE_GROUPS(
            "velo_streams_job_state_groups",
            Kind.GAUGE,
            List.of("job", "query"),
            "Groups in the query's live state on this pod, in memory and on disk."),
    JOB_STATE_SPILLED_GROUPS(
            "velo_streams_job_state_spilled_groups",
            Kind.GAUGE,
            List.of("job", "query"),
            "Groups of the query's live state on this pod that are on disk, since they do not fit into memory.");

    /** What Prometheus takes a series for. */
    enum Kind {
        GAUGE,
        COUNTER
    }

    private static final String OURS = "velo_streams_";
    private static final String OF_JOBS = "velo_streams_job_";
    private static final Set<String> KEPT_OF_JOBS = Set.of(
            JOB_RECORDS_PROCESSED.series,
            JOB_RECORDS_FAILED.series,
            JOB_RESULTS_PRODUCED.series,
            JOB_BACKLOG.series,
            JOB_STATE_BYTES.series);

    private final String series;
    private final Kind kind;
    private final List<String> labels;
    private final String description;

    EngineMetric(String series, Kind kind, List<String> labels, String description) {
        this.series = series;
        this.kind = kind;
        this.labels = labels;
        this.description = description;
    }

    /** Whether the history keeps the series of a name: there may be many jobs, so not all that is theirs. */
    static boolean isKept(String name) {
        return name.startsWith(OURS) && (!name.startsWith(OF_JOBS) || KEPT_OF_JOBS.contains(name));
    }

    String series() {
        return series;
    }

    Kind kind() {
        return kind;
    }

    List<String> labels() {
        return labels;
    }

    String description() {
        return description;
    }
}
