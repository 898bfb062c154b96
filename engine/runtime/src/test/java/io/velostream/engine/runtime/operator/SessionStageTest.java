package io.velostream.engine.runtime.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionStageTest {

    private static final long BASE = 1700002800000L;

    private static Pipeline sessions(String emit, String properties) {
        return Pipeline.of("""
            CREATE TABLE out AS
            SELECT k, COUNT(*) AS n, STRING_AGG(v, '') AS vs, MAX(v) AS m,
                   _window_start - 1700002800000 AS ws, _window_end - 1700002800000 AS we
            FROM t GROUP BY k WINDOW SESSION(30s) EMIT %s WITH ('out.topic' = 'out'%s);
            """.formatted(emit, properties));
    }

    private static String row(String key, int count, String values, String max, long start, long end) {
        return "{'k':'%s','n':%d,'vs':'%s','m':'%s','ws':%d,'we':%d}".formatted(key, count, values, max, start, end);
    }

    private static Records event(Records records, long at, String key, String value) {
        return records.json(BASE + at, "{'k': '%s', 'v': '%s'}".formatted(key, value));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1000})
    void aSessionEndsWhenTheGapIsExceeded(int batchSize) {
        Pipeline pipeline = sessions("FINAL", "");
        Records records = new Records();
        event(records, 0, "a", "1");
        event(records, 30_000, "a", "2");
        event(records, 60_001, "a", "3");
        event(records, 500_000, "zz", "0");

        pipeline.feed(records, batchSize);

        assertThat(pipeline.values())
                .containsExactly(row("a", 2, "12", "2", 0, 60_000), row("a", 1, "3", "3", 60_001, 90_001));
    }

    @Test
    void aRowBetweenTwoSessionsMakesOneOfThem() {
        Pipeline pipeline = sessions("CHANGES", ", 't.watermark.max_out_of_orderness' = '1m'");
        Records records = new Records();
        event(records, 0, "a", "1");
        event(records, 50_000, "a", "3");
        event(records, 25_000, "a", "2");

        pipeline.feed(records);

        assertThat(pipeline.values())
                .containsExactly(
                        row("a", 1, "1", "1", 0, 30_000),
                        row("a", 1, "3", "3", 50_000, 80_000),
                        row("a", 3, "132", "3", 0, 80_000));
        assertThat(pipeline.groups()).isEqualTo(1);
    }

    @Test
    void sessionsThatCloseAtOnceAreWrittenInTheOrderOfTheirEnds() {
        Pipeline pipeline = sessions("FINAL", ", 't.watermark.max_out_of_orderness' = '10m'");
        Records records = new Records();
        event(records, 0, "grows", "1");
        event(records, 10_000, "b", "1");
        event(records, 20_000, "grows", "2");
        event(records, 15_000, "c", "1");
        event(records, 5_000_000, "zz", "0");

        pipeline.feed(records);

        assertThat(pipeline.values())
                .containsExactly(
                        row("b", 1, "1", "1", 10_000, 40_000),
                        row("c", 1, "1", "1", 15_000, 45_000),
                        row("grows", 2, "12", "2", 0, 50_000));
    }

    @Test
    void aRowThatIsTooLateForItsOwnSessionIsDropped() {
        Pipeline pipeline = sessions("FINAL", "");
        Records records = new Records();
        event(records, 0, "a", "1");
        event(records, 100_000, "b", "1");
        event(records, 10_000, "a", "2");
        event(records, 500_000, "zz", "0");

        pipeline.feed(records);

        assertThat(pipeline.values())
                .containsExactly(row("a", 1, "1", "1", 0, 30_000), row("b", 1, "1", "1", 100_000, 130_000));
        assertThat(pipeline.counters().lateDropped).isEqualTo(1);
    }

    @Test
    void aLateRowOpensNoNewSessionWhereAnOpenOneTakesIt() {
        Pipeline pipeline = sessions("FINAL", "");
        Records records = new Records();
        event(records, 0, "a", "1");
        event(records, 25_000, "a", "2");
        event(records, 54_000, "b", "1");
        event(records, 1_000, "a", "3");
        event(records, 500_000, "zz", "0");

        pipeline.feed(records);

        assertThat(pipeline.values()).startsWith(row("a", 3, "123", "3", 0, 55_000));
        assertThat(pipeline.counters().lateDropped).isZero();
    }

    @Test
    void aLateRowCorrectsTheSessionThatHasClosed() {
        Pipeline pipeline = sessions("FINAL", ", 't.late.data.strategy' = 'update_previous'");
        Records records = new Records();
        event(records, 0, "a", "1");
        event(records, 40_000, "b", "1");
        event(records, 5_000, "a", "2");
        event(records, 500_000, "zz", "0");

        pipeline.feed(records);

        assertThat(pipeline.values())
                .containsExactly(
                        row("a", 1, "1", "1", 0, 30_000),
                        row("a", 2, "12", "2", 0, 35_000),
                        row("b", 1, "1", "1", 40_000, 70_000));
    }

    @Test
    void aLateRowCountsAtTheEarliestMomentThatIsOpen() {
        Pipeline pipeline = sessions("FINAL", ", 't.late.data.strategy' = 'include_in_next_window'");
        Records records = new Records();
        event(records, 0, "a", "1");
        event(records, 100_000, "b", "1");
        event(records, 10_000, "a", "2");
        event(records, 500_000, "zz", "0");

        pipeline.feed(records);

        assertThat(pipeline.values()).contains(row("a", 1, "2", "2", 100_000, 130_000));
    }

    @Test
    void theWindowIsPartOfTheKeyWhereItIsWanted() {
        Pipeline pipeline = sessions("CHANGES", ", 'key.window' = 'true'");

        pipeline.feed(event(new Records(), 0, "a|b", "1"));

        assertThat(pipeline.collected.keys()).containsExactly("a\\|b|" + BASE + "|" + (BASE + 30_000));
    }

    @Test
    void anEndedSessionLeavesTheChangelog() {
        Pipeline pipeline = sessions("FINAL", "");
        Records records = new Records();
        event(records, 0, "a", "1");
        event(records, 20_000, "b", "1");

        pipeline.feed(records).restart();
        assertThat(pipeline.entries()).isEqualTo(2);
        pipeline.feed(event(new Records(), 45_000, "b", "2")).restart();

        assertThat(pipeline.entries()).isEqualTo(1);
        assertThat(pipeline.groups()).isEqualTo(1);
    }

    /** Against a model that sorts all events of a key and cuts where the gap is exceeded. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void anyOrderWithinTheDisorderGivesTheSameSessions(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Pipeline pipeline = sessions("FINAL", ", 't.watermark.max_out_of_orderness' = '100s'");
        Map<String, TreeSet<Long>> events = new HashMap<>();
        long time = 200_000;
        for (int i = 0; i < 600; i++) {
            time += random.nextInt(6_000);
            long event = time - random.nextInt(100_000);
            String key = "k" + random.nextInt(6);
            if (events.computeIfAbsent(key, k -> new TreeSet<>()).add(event)) {
                pipeline.feed(event(new Records(), event, key, "1"));
            }
            if (i % 50 == 49) {
                pipeline.restart();
            }
        }
        pipeline.feed(event(new Records(), time + 10_000_000, "zz", "0"));

        List<String> expected = new ArrayList<>();
        events.forEach((key, moments) -> expected.addAll(cut(key, moments)));
        assertThat(pipeline.counters().lateDropped).isZero();
        assertThat(pipeline.values()).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static List<String> cut(String key, TreeSet<Long> moments) {
        List<String> rows = new ArrayList<>();
        long first = moments.first();
        long last = first;
        int count = 0;
        for (long moment : moments) {
            if (moment - last > 30_000) {
                rows.add(row(key, count, "1".repeat(count), "1", first, last + 30_000));
                first = moment;
                count = 0;
            }
            last = moment;
            count++;
        }
        rows.add(row(key, count, "1".repeat(count), "1", first, last + 30_000));
        return rows;
    }
}
