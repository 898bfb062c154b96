package io.velostream.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.bench.oracle.Verdict;
import io.velostream.bench.query.BenchQuery;
import io.velostream.bench.run.Measurement;
import io.velostream.bench.run.RunResult;
import io.velostream.bench.system.SystemUnderTest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PairedRatioTest {
    private static RunResult run(SystemUnderTest system, int repetition, double cpu, long rows, boolean verified) {
        Measurement measurement = new Measurement(1e9 / cpu, 1e9 / cpu, cpu, cpu, 0, 0, 1);
        return new RunResult(
                BenchQuery.Q1,
                system,
                repetition,
                1000,
                Optional.of(measurement),
                new Verdict(verified, rows, 1000, ""));
    }

    private static RunResult flink(int repetition, double cpu) {
        return run(SystemUnderTest.FLINK_SQL, repetition, cpu, 1000, true);
    }

    private static RunResult velostream(int repetition, double cpu) {
        return run(SystemUnderTest.VELOSTREAM, repetition, cpu, 1000, true);
    }

    @Test
    void dividesWithinARepetitionBeforeTakingTheMedian() {
        // A machine that is twice as slow in the second repetition changes no ratio.
        List<RunResult> flink = List.of(flink(1, 300), flink(2, 660), flink(3, 310));
        List<RunResult> ours = List.of(velostream(1, 100), velostream(2, 200), velostream(3, 100));

        PairedRatio ratio =
                PairedRatio.of(flink, ours, Measurement::warmCpuNanos).orElseThrow();

        assertThat(ratio).isEqualTo(new PairedRatio(3.1, 3.0, 3.3, 3));
    }

    @Test
    void voidsAPairWithDifferentRowCounts() {
        RunResult fewer = run(SystemUnderTest.FLINK_SQL, 1, 300, 999, true);

        assertThat(PairedRatio.of(List.of(fewer), List.of(velostream(1, 100)), Measurement::cpuNanos))
                .isEmpty();
    }

    @Test
    void voidsAPairWithAWrongOutput() {
        RunResult wrong = run(SystemUnderTest.FLINK_SQL, 1, 300, 1000, false);

        assertThat(PairedRatio.of(
                        List.of(wrong, flink(2, 250)),
                        List.of(velostream(1, 100), velostream(2, 100)),
                        Measurement::cpuNanos))
                .hasValueSatisfying(r -> assertThat(r.pairs()).isEqualTo(1));
    }
}
