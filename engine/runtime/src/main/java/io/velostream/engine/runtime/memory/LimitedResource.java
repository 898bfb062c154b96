package io.velostream.engine.runtime.memory;

/** What is limited; the names are the values of the label {@code resource} in the metrics. */
public enum LimitedResource {
    /** Bytes of state ({@code max_total_memory}, {@code max_operator_memory}). */
    MEMORY,
    /** Groups of an aggregation ({@code max_aggregation_groups}). */
    AGGREGATION_GROUPS,
    /** Windows of one key ({@code max_windows_per_key}). */
    WINDOWS_PER_KEY
}
