package io.velostream.engine.resources;

import java.time.Instant;

/**
 * The pod at one moment.
 *
 * @param memoryBytes see {@code velo_streams_memory_usage_bytes}
 * @param stateBytes live state of all operators, in memory
 * @param cpuPercent of the processors that the pod may use
 * @param recordsPerSecond read from source topics
 * @param backlog records of source topics not yet read
 */
public record ResourceSample(
        Instant at, long memoryBytes, long stateBytes, double cpuPercent, long recordsPerSecond, long backlog) {}
