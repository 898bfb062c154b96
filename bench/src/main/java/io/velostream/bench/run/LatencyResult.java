package io.velostream.bench.run;

import io.velostream.bench.query.BenchQuery;
import io.velostream.bench.system.SystemUnderTest;

/**
 * How long a row takes at a steady load: from the moment at which its input record was due to be sent to the moment at which a
 * reader of committed records has it, in milliseconds.
 *
 * @param load share of the system's own rate
 * @param recordsPerSecond the rate at which records were due
 * @param keptUp whether the system worked the records off as fast as they came; otherwise the figures only tell how long it ran
 */
public record LatencyResult(
        BenchQuery query,
        SystemUnderTest system,
        double load,
        long recordsPerSecond,
        double median,
        double p99,
        boolean keptUp) {}
