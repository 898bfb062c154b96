package io.velostream.engine.runtime.operator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlidingStageTest {

    private static final long BASE = 1700002800000L;
    private static final String COUNTS = """
        CREATE TABLE out AS
        SELECT k, COUNT(*) AS n, SUM(v) AS s, (_window_start - 1700002800000) / 1000 AS ws
        FROM t GROUP BY k WINDOW SLIDING(2m, 1m) EMIT %s WITH (%s);
        """;

    private static Pipeline counts(String emit, String properties) {
        return Pipeline.of(COUNTS.formatted(emit, "'out.topic' = 'out'" + properties));
    }

    private static String row(String key, int count, int sum, int start) {
        return "{'k':'%s','n':%d,'s':%d,'ws':%s}".formatted(key, count, sum, start + ".0");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1000})
    void aRowCountsInEachWindowThatItsMomentFallsInto(int batchSize) {
        Pipeline pipeline = counts("FINAL", "");

        pipeline.feed(
                new Records()
                        .json(BASE + 90_000, "{'k': 'a', 'v': 1}")
                        .json(BASE + 130_000, "{'k': 'a', 'v': 2}")
                        .json(BASE + 600_000, "{'k': 'zz', 'v': 0}"),
                batchSize);

        assertThat(pipeline.values()).containsExactly(row("a", 1, 1, 0), row("a", 2, 3, 60), row("a", 1, 2, 120));
    }

    @Test
    void changesAreWrittenForEachWindowTheEarliestFirst() {
        Pipeline pipeline = counts("CHANGES", "");

        pipeline.feed(
                new Records().json(BASE + 60_000, "{'k': 'a', 'v': 1}").json(BASE + 60_001, "{'k': 'a', 'v': 2}"));

        assertThat(pipeline.values())
                .containsExactly(row("a", 1, 1, 0), row("a", 1, 1, 60), row("a", 2, 3, 0), row("a", 2, 3, 60));
    }

    private static Records withLateRecords() {
        return new Records()
                .json(BASE + 90_000, "{'k': 'a', 'v': 1}")
                .json(BASE + 170_000, "{'k': 'b', 'v': 1}")
                // Late for the window from 0, in time for the one from 60.
                .json(BASE + 100_000, "{'k': 'a', 'v': 10}")
                .json(BASE + 290_000, "{'k': 'b', 'v': 2}")
                // Late for all of its windows, 0 and 60.
                .json(BASE + 110_000, "{'k': 'a', 'v': 100}")
                .json(BASE + 900_000, "{'k': 'zz', 'v': 0}");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 1000})
    void aRowThatIsLateForSomeWindowsCountsInTheOthers(int batchSize) {
        Pipeline pipeline = counts("FINAL", "");

        pipeline.feed(withLateRecords(), batchSize);

        assertThat(pipeline.values())
                .containsExactly(
                        row("a", 1, 1, 0),
                        row("a", 2, 11, 60),
                        row("b", 1, 1, 60),
                        row("b", 1, 1, 120),
                        row("b", 1, 2, 180),
                        row("b", 1, 2, 240));
        assertThat(pipeline.counters().lateDropped).isEqualTo(1);
    }

    @Test
    void aLateRowCountsInTheWindowsThatAreOpen() {
        Pipeline pipeline = counts("FINAL", ", 't.late.data.strategy' = 'include_in_next_window'");

        pipeline.feed(withLateRecords());

        assertThat(pipeline.values())
                .contains(row("a", 1, 100, 180), row("a", 1, 100, 240))
                .doesNotContain(row("a", 3, 111, 60));
        assertThat(pipeline.counters().lateProcessed).isEqualTo(1);
    }

    @Test
    void aLateRowCorrectsTheWindowsThatHaveClosed() {
        Pipeline pipeline = counts("FINAL", ", 't.late.data.strategy' = 'update_previous'");

        pipeline.feed(withLateRecords());

        assertThat(pipeline.values())
                .startsWith(row("a", 1, 1, 0), row("a", 2, 11, 0))
                .contains(row("a", 2, 11, 60), row("a", 3, 111, 60));
    }

    @Test
    void aLateRowIsDeadLetteredAsTheRecordThatItWas() {
        Pipeline pipeline = counts("FINAL", ", 't.late.data.strategy' = 'dead_letter'");

        pipeline.feed(withLateRecords());

        assertThat(pipeline.collected.late).containsExactly("t-0@4 null {'k': 'a', 'v': 100} at " + (BASE + 290_000));
    }

    @Test
    void goesOnAfterRestarts() {
        Pipeline straight = counts("FINAL", "");
        Pipeline broken = counts("FINAL", "");

        for (int i = 0; i < 60; i++) {
            String json = "{'k': 'k%d', 'v': %d}".formatted(i % 3, i);
            straight.feed(new Records().json(BASE + i * 7_000L, json));
            broken.feed(new Records().json(BASE + i * 7_000L, json));
            if (i % 9 == 0) {
                broken.restart();
            }
        }

        assertThat(straight.values()).hasSizeGreaterThan(10);
        assertThat(broken.values()).containsExactlyElementsOf(straight.values());
        assertThat(broken.restart().entries()).isEqualTo(broken.groups());
    }
}
