package io.velostream.bench.run;

import io.velostream.bench.oracle.Verdict;
import io.velostream.bench.query.BenchQuery;
import io.velostream.bench.system.SystemUnderTest;
import java.util.Optional;

/**
 * One run of one system.
 *
 * @param measurement empty when the run did not come to an end
 * @param verdict on its output
 */
public record RunResult(
        BenchQuery query,
        SystemUnderTest system,
        int repetition,
        long records,
        Optional<Measurement> measurement,
        Verdict verdict) {

    /** Whether its figures count: it ran to its end and its output is right. */
    public boolean isValid() {
        return measurement.isPresent() && verdict.verified();
    }

    static RunResult failed(BenchQuery query, SystemUnderTest system, int repetition, long records, String message) {
        return new RunResult(query, system, repetition, records, Optional.empty(), new Verdict(false, 0, 0, message));
    }
}
