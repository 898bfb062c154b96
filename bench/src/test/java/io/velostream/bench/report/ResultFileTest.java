package io.velostream.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.velostream.bench.oracle.Verdict;
import io.velostream.bench.query.BenchQuery;
import io.velostream.bench.run.Measurement;
import io.velostream.bench.run.RunResult;
import io.velostream.bench.system.SystemUnderTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFileTest {
    @TempDir
    private Path directory;

    private static RunResult run(SystemUnderTest system, int repetition, double rate, boolean verified) {
        return new RunResult(
                BenchQuery.Q1S,
                system,
                repetition,
                5000,
                Optional.of(new Measurement(rate, rate * 2, 1000, 500, 100, 1 << 20, 2)),
                new Verdict(verified, 490, 490, "ok"));
    }

    @Test
    void writesMediansUnderTheAgreedNames() throws IOException {
        Path file = directory.resolve("new/results.json");
        List<RunResult> results = List.of(
                run(SystemUnderTest.VELOSTREAM, 1, 100, true),
                run(SystemUnderTest.CEILING, 1, 500, true),
                run(SystemUnderTest.VELOSTREAM, 2, 300, true),
                run(SystemUnderTest.VELOSTREAM, 3, 200, true));

        ResultFile.write(file, Summary.of(results));

        JsonNode all = new ObjectMapper().readTree(file.toFile());
        assertThat(all.size()).isEqualTo(2);
        List<String> names = new ArrayList<>();
        all.get(0).fieldNames().forEachRemaining(names::add);
        assertThat(names)
                .containsExactly(
                        "query",
                        "system",
                        "records",
                        "records_per_second",
                        "cpu_ns_per_record",
                        "warm_cpu_ns_per_record",
                        "verified");
        assertThat(all.get(0).get("query").textValue()).isEqualTo("Q1s");
        assertThat(all.get(0).get("system").textValue()).isEqualTo("velostream");
        assertThat(all.get(0).get("records_per_second").doubleValue()).isEqualTo(200);
        assertThat(all.get(0).get("warm_cpu_ns_per_record").doubleValue()).isEqualTo(500);
        assertThat(all.get(0).get("verified").booleanValue()).isTrue();
    }

    @Test
    void callsASystemVerifiedOnlyIfEachRepetitionIs() throws IOException {
        Path file = directory.resolve("results.json");
        List<RunResult> results =
                List.of(run(SystemUnderTest.FLINK_SQL, 1, 100, true), run(SystemUnderTest.FLINK_SQL, 2, 100, false));

        ResultFile.write(file, Summary.of(results));

        assertThat(new ObjectMapper()
                        .readTree(file.toFile())
                        .get(0)
                        .get("verified")
                        .booleanValue())
                .isFalse();
    }
}
