package io.velostream.engine.stats.history;

/** What the weekly report looks at, of the pod as a whole. */
public enum Figure {
    THROUGHPUT("throughput_records_per_second", "velo_streams_throughput_records_per_second", "", ""),
    LATENCY("processing_latency_ms", "velo_streams_processing_latency_ms", "operation", "record_processing"),
    MEMORY("memory_percent", "velo_streams_resource_utilization_percent", "resource", "memory"),
    CPU("cpu_percent", "velo_streams_resource_utilization_percent", "resource", "cpu"),
    WATERMARK_LAG("watermark_lag_seconds", "velo_streams_watermark_lag_seconds", "", ""),
    BACKLOG("backlog_records", "velo_streams_backlog_size", "", "");

    private final String key;
    private final String metric;
    private final String label;
    private final String value;

    Figure(String key, String metric, String label, String value) {
        this.key = key;
        this.metric = metric;
        this.label = label;
        this.value = value;
    }

    /** Its name in reports. */
    public String key() {
        return key;
    }

    /** Whether a series is part of it; those of several topics add up. */
    boolean isMadeOf(SeriesName series) {
        return series.metric().equals(metric)
                && (label.isEmpty() || series.label(label).equals(value));
    }
}
