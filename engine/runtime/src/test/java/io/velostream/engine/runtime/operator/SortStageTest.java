package io.velostream.engine.runtime.operator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ORDER BY and LIMIT of windows, and DISTINCT. */
class SortStageTest {

    private static final long BASE = 1700002800000L;
    private static final String TOP = """
        CREATE TABLE top AS
        SELECT k, COUNT(*) AS n, _window_start - 1700002800000 AS ws FROM t GROUP BY k
        WINDOW TUMBLING(1m) ORDER BY n DESC, k LIMIT 2 EMIT FINAL;
        """;

    private static Records keys(long from, String... keys) {
        Records records = new Records();
        for (int i = 0; i < keys.length; i++) {
            records.json(BASE + from + i, "{'k': '%s'}".formatted(keys[i]));
        }
        return records;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1000})
    void theFirstRowsOfEachWindowInTheirOrder(int batchSize) {
        Pipeline pipeline = Pipeline.of(TOP);

        pipeline.feed(keys(0, "a", "b", "c", "b", "c", "b", "d", "e"), batchSize)
                .feed(keys(60_000, "z", "y", "y"), batchSize)
                .feed(keys(120_000, "x"), batchSize);

        assertThat(pipeline.values())
                .containsExactly(
                        "{'k':'b','n':3,'ws':0}",
                        "{'k':'c','n':2,'ws':0}",
                        "{'k':'y','n':2,'ws':60000}",
                        "{'k':'z','n':1,'ws':60000}");
        assertThat(pipeline.collected.timestamps())
                .containsExactly(BASE + 59_999, BASE + 59_999, BASE + 119_999, BASE + 119_999);
    }

    @Test
    void goesOnAfterRestarts() {
        Pipeline pipeline = Pipeline.of(TOP);

        for (String key : new String[] {"a", "b", "c", "b", "c", "b"}) {
            pipeline.feed(keys(0, key)).restart();
        }
        pipeline.feed(keys(60_000, "z")).restart().feed(keys(120_000, "x")).restart();

        assertThat(pipeline.values())
                .containsExactly("{'k':'b','n':3,'ws':0}", "{'k':'c','n':2,'ws':0}", "{'k':'z','n':1,'ws':60000}");
    }

    @Test
    void ordersByWhatIsNotWritten() {
        Pipeline pipeline = Pipeline.of("CREATE TABLE top AS SELECT k FROM t GROUP BY k"
                + " WINDOW SLIDING(2m, 1m) ORDER BY MAX(v) DESC NULLS LAST EMIT FINAL;");

        pipeline.feed(new Records()
                .json(BASE, "{'k': 'a', 'v': 1}")
                .json(BASE, "{'k': 'b', 'v': null}")
                .json(BASE, "{'k': 'c', 'v': 3}")
                .json(BASE + 60_000, "{'k': 'd', 'v': 0}"));

        assertThat(pipeline.values()).containsExactly("{'k':'c'}", "{'k':'a'}", "{'k':'b'}");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1000})
    void distinctLetsEachCombinationPassOnce(int batchSize) {
        Pipeline pipeline = Pipeline.of("CREATE STREAM out AS SELECT DISTINCT k, v % 2 AS odd FROM t;");

        pipeline.feed(
                        new Records()
                                .json(BASE, "{'k': 'a', 'v': 1}")
                                .json(BASE, "{'k': 'a', 'v': 2}")
                                .json(BASE, "{'k': 'a', 'v': 3}")
                                .json(BASE, "{'k': null, 'v': 3}"),
                        batchSize)
                .restart()
                .feed(new Records().json(BASE, "{'v': 5}").json(BASE, "{'k': 'b', 'v': 5}"), batchSize);

        assertThat(pipeline.values())
                .containsExactly("{'k':'a','odd':1}", "{'k':'a','odd':0}", "{'k':null,'odd':1}", "{'k':'b','odd':1}");
    }

    @Test
    void distinctInAWindowLetsEachCombinationPassOncePerWindow() {
        Pipeline pipeline = Pipeline.of("CREATE STREAM out AS"
                + " SELECT DISTINCT k, _window_start - 1700002800000 AS ws FROM t WINDOW TUMBLING(1m) EMIT CHANGES;");

        pipeline.feed(keys(0, "a", "b", "a")).feed(keys(60_000, "b", "b"));

        assertThat(pipeline.values()).containsExactly("{'k':'a','ws':0}", "{'k':'b','ws':0}", "{'k':'b','ws':60000}");
    }

    @Test
    void rowsOfAWindowThatClosesAreInTimeForTheNextWindow() {
        Pipeline pipeline = Pipeline.of(TOP);

        pipeline.feed(keys(0, "a"), 1).feed(keys(200_000, "b"), 1);

        assertThat(pipeline.counters().lateDropped).isZero();
        assertThat(pipeline.values()).containsExactly("{'k':'a','n':1,'ws':0}");
    }
}
