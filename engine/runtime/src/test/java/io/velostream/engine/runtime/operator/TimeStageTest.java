package io.velostream.engine.runtime.operator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Watermark strategies, lateness and grace, from the text on. */
class TimeStageTest {

    private static final long BASE = 1700002800000L;

    private static Pipeline counts(String window, String properties) {
        return Pipeline.of("""
                CREATE TABLE out AS
                SELECT k, COUNT(*) AS n, _window_start - 1700002800000 AS ws FROM t GROUP BY k
                WINDOW %s EMIT FINAL WITH ('out.topic' = 'out', %s);
                """.formatted(window, properties));
    }

    private static Records at(long... seconds) {
        Records records = new Records();
        for (long second : seconds) {
            records.json(BASE + second * 1_000, "{'k': 'a', 'mark': %s}".formatted(second % 100 == 0));
        }
        return records;
    }

    @Test
    void boundedDisorderWaits() {
        Pipeline pipeline = counts("TUMBLING(1m)", "'t.watermark.max_out_of_orderness' = '10s'");

        pipeline.feed(at(0, 69, 59, 70));

        assertThat(pipeline.values()).containsExactly("{'k':'a','n':2,'ws':0}");
        assertThat(pipeline.collected.violations).isEmpty();
    }

    @Test
    void ascendingTimeDoesNotWait() {
        Pipeline pipeline = counts(
                "TUMBLING(1m)", "'t.watermark.strategy' = 'ascending', 't.watermark.max_out_of_orderness' = '10s'");

        pipeline.feed(at(0, 60));

        assertThat(pipeline.values()).containsExactly("{'k':'a','n':1,'ws':0}");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1000})
    void punctuatedTimeMovesWithMarkedRecordsOnly(int batchSize) {
        Pipeline pipeline = counts(
                "TUMBLING(1m)", "'t.watermark.strategy' = 'punctuated', 't.watermark.punctuation.field' = 'mark'");

        pipeline.feed(at(0, 70, 250, 59), batchSize);
        assertThat(pipeline.values()).isEmpty();
        pipeline.feed(at(100), batchSize);

        assertThat(pipeline.values()).containsExactly("{'k':'a','n':2,'ws':0}");
    }

    @Test
    void graceKeepsTheWindowOpen() {
        Pipeline pipeline = counts("TUMBLING (SIZE 1 MINUTES, GRACE PERIOD 30 SECONDS)", "'t.format' = 'json'");

        pipeline.feed(at(0, 89, 30, 90, 31));

        assertThat(pipeline.values()).containsExactly("{'k':'a','n':2,'ws':0}");
        assertThat(pipeline.collected.violations).containsExactly(BASE + 31_000 + " refused");
        assertThat(pipeline.counters().lateDropped).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1000})
    void allowedLatenessCorrectsAClosedWindowWhateverTheStrategy(int batchSize) {
        Pipeline pipeline = counts("TUMBLING(1m)", "'t.allowed_lateness_ms' = '5000'");

        pipeline.feed(at(0, 64, 1, 65, 2, 200), batchSize);

        assertThat(pipeline.values())
                .containsExactly("{'k':'a','n':1,'ws':0}", "{'k':'a','n':2,'ws':0}", "{'k':'a','n':2,'ws':60000}");
        assertThat(pipeline.collected.violations).containsExactly(BASE + 1_000 + " counted", BASE + 2_000 + " refused");
    }

    @Test
    void theOlderFormOfWindowsIsTheSame() {
        Pipeline pipeline = Pipeline.of("""
                CREATE TABLE out AS
                SELECT k, COUNT(*) AS n, CAST(TUMBLE_START(_event_time, INTERVAL '1' MINUTE) AS BIGINT) - 1700002800000 AS ws
                FROM t GROUP BY k, TUMBLE(_event_time, INTERVAL '1' MINUTE) EMIT FINAL;
                """);

        pipeline.feed(at(0, 59, 60));

        assertThat(pipeline.values()).containsExactly("{'k':'a','n':2,'ws':0}");
    }

    @Test
    void theWindowOfAMomentIsAFunctionElsewhere() {
        Pipeline pipeline = Pipeline.of("""
                CREATE STREAM out AS
                SELECT CAST(TUMBLE_START(_event_time, INTERVAL '1' MINUTE) AS BIGINT) - 1700002800000 AS s,
                       CAST(TUMBLE_END(_event_time, INTERVAL '1' MINUTE) AS BIGINT) - 1700002800000 AS e FROM t;
                """);

        pipeline.feed(at(59, 60, -1));

        assertThat(pipeline.values())
                .containsExactly("{'s':0,'e':60000}", "{'s':60000,'e':120000}", "{'s':-60000,'e':0}");
    }

    @Test
    void theOutputsTimestampIsTheEventTimeThatTheQuerySets() {
        Pipeline pipeline = Pipeline.of("CREATE STREAM out AS SELECT k, _event_time + 5 AS _EVENT_TIME FROM t;");

        pipeline.feed(at(1));

        assertThat(pipeline.collected.timestamps()).containsExactly(BASE + 1_005);
    }
}
