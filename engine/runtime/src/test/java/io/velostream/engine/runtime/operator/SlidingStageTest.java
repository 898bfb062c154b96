package io.velostream.engine.runtime.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    /** Against a model that puts each record into its windows. */
    @ParameterizedTest
    @CsvSource({"10, 10, 1", "60, 7, 2", "45, 30, 3", "20, 1, 4", "100, 60, 5"})
    void anySizeAndAdvanceGivesTheSameWindows(int size, int advance, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Pipeline pipeline = Pipeline.of("""
                CREATE TABLE out AS SELECT k, COUNT(*) AS n, SUM(v) AS s, MAX(v) AS m, _window_start AS ws
                FROM t GROUP BY k WINDOW SLIDING(%ds, %ds) EMIT FINAL
                WITH ('out.topic' = 'out', 't.watermark.max_out_of_orderness' = '20s');
                """.formatted(size, advance));
        Map<String, long[]> windows = new TreeMap<>();
        long time = BASE;
        for (int i = 0; i < 500; i++) {
            time += random.nextInt(100) == 0 ? 500_000 : random.nextInt(2_000);
            long event = time - random.nextInt(20_000);
            String key = "k" + random.nextInt(3);
            int value = random.nextInt(1_000);
            pipeline.feed(new Records().json(event, "{'k': '%s', 'v': %d}".formatted(key, value)));
            count(windows, key, event, value, size * 1_000L, advance * 1_000L);
            if (i % 60 == 59) {
                pipeline.restart();
            }
        }
        pipeline.feed(new Records().json(time + 10_000_000, "{'k': 'zz', 'v': 0}"));

        assertThat(pipeline.counters().lateDropped).isZero();
        assertThat(pipeline.values())
                .containsExactlyInAnyOrderElementsOf(windows.entrySet().stream()
                        .map(window -> {
                            String[] place = window.getKey().split("@", 2);
                            long[] sums = window.getValue();
                            return "{'k':'%s','n':%d,'s':%d,'m':%d,'ws':%s}"
                                    .formatted(place[0], sums[0], sums[1], sums[2], place[1]);
                        })
                        .toList());
    }

    private static void count(Map<String, long[]> windows, String key, long event, int value, long size, long advance) {
        for (long start = event / advance * advance; start > event - size; start -= advance) {
            long[] sums = windows.computeIfAbsent(key + "@" + start, window -> new long[3]);
            sums[0]++;
            sums[1] += value;
            sums[2] = Math.max(sums[2], value);
        }
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
