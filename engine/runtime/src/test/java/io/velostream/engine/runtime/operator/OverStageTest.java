package io.velostream.engine.runtime.operator;

import static io.velostream.engine.runtime.operator.Plans.slot;
import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.plan.physical.OverCall;
import io.velostream.engine.plan.physical.OverMemory;
import io.velostream.engine.plan.physical.OverWindow;
import io.velostream.engine.runtime.over.PartitionRows;
import io.velostream.engine.runtime.over.WindowFunctions;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.GroupTable;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OverStageTest {

    private static final long BASE = 1700002800000L;
    private static final String DECLARED =
            "CREATE STREAM t (k STRING, v BIGINT, d DOUBLE, m DECIMAL(10, 2), s STRING) WITH ('topic' = 't');\n";
    private static final String BUFFER = "ROWS WINDOW BUFFER 100 ROWS PARTITION BY k ORDER BY _event_time";

    private static Pipeline select(String items) {
        return Pipeline.of(DECLARED + "CREATE STREAM out AS SELECT " + items + " FROM t EMIT CHANGES;");
    }

    /** One row of key a each second, with these values. */
    private static Records values(String... values) {
        Records records = new Records();
        for (int i = 0; i < values.length; i++) {
            records.json(BASE + i * 1_000L, "{'k': 'a', 'v': %s}".formatted(values[i]));
        }
        return records;
    }

    private static List<String> column(Pipeline pipeline) {
        return pipeline.values().stream()
                .map(value -> value.substring(value.indexOf(':') + 1, value.length() - 1))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\u0000', textBlock = """
        LAG(v) OVER (B)                                                 | null 5 5 2 9
        LAG(v, 2, -1) OVER (B)                                          | -1 -1 5 5 2
        LAG(v, 0) OVER (B)                                              | 5 5 2 9 2
        LEAD(v) OVER (B)                                                | null null null null null
        LEAD(v, 1, 0) OVER (B)                                          | 0 0 0 0 0
        ROW_NUMBER() OVER (B)                                           | 1 2 3 4 5
        COUNT(*) OVER (B)                                               | 1 2 3 4 5
        SUM(v) OVER (B)                                                 | 5 10 12 21 23
        MIN(v) OVER (B)                                                 | 5 5 2 2 2
        FIRST_VALUE(v) OVER (B)                                         | 5 5 5 5 5
        LAST_VALUE(v) OVER (B)                                          | 5 5 2 9 2
        NTH_VALUE(v, 3) OVER (B)                                        | null null 2 2 2
        SUM(v) OVER (B ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)        | 5 10 7 11 11
        SUM(v) OVER (B ROWS 2 PRECEDING)                                | 5 10 12 16 13
        SUM(v) OVER (B ROWS BETWEEN 2 PRECEDING AND 1 PRECEDING)        | null 5 10 7 11
        COUNT(*) OVER (B ROWS BETWEEN 1 FOLLOWING AND 2 FOLLOWING)      | 0 0 0 0 0
        SUM(v) OVER (B RANGE BETWEEN INTERVAL '2' SECOND PRECEDING AND CURRENT ROW) | 5 10 12 16 13
        RANK() OVER (V)                                                 | 1 1 1 4 1
        DENSE_RANK() OVER (V)                                           | 1 1 1 3 1
        RANK() OVER (W)                                                 | 1 1 3 1 4
        DENSE_RANK() OVER (W)                                           | 1 1 2 1 3
        PERCENT_RANK() OVER (V)                                         | 0.0 0.0 0.0 1.0 0.0
        CUME_DIST() OVER (V)                                            | 1.0 1.0 0.3333333333333333 1.0 0.4
        NTILE(2) OVER (B)                                               | 1 2 2 2 2
        COUNT(DISTINCT v) OVER (B)                                      | 1 1 2 3 3
        AVG(v) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY k)          | 5.0 5.0 3.5 5.5 5.5
        AVG(CAST(v AS DOUBLE)) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY k) | 5.0 5.0 3.5 5.5 5.5
        SUM(CAST(NULLIF(v, 9) AS DOUBLE)) OVER (ROWS WINDOW BUFFER 3 ROWS PARTITION BY k) | 5.0 10.0 12.0 7.0 4.0
        SUM(CAST(NULLIF(v, v) AS DOUBLE)) OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY k) | null null null null null
        ROW_NUMBER() OVER (ROWS WINDOW BUFFER 2 ROWS PARTITION BY k ORDER BY _event_time) | 1 2 2 2 2
        SUM(v) OVER (PARTITION BY k ORDER BY _event_time)               | 5 10 12 21 23
        SUM(v) OVER (PARTITION BY k)                                    | 5 10 12 21 23
        ROW_NUMBER() OVER (PARTITION BY k ORDER BY _event_time)         | 1 2 3 4 5
        ROW_NUMBER() OVER (PARTITION BY k ORDER BY v)                   | 1 2 1 4 2
        ROW_NUMBER() OVER (PARTITION BY k ORDER BY v DESC)              | 1 2 3 1 5
        LAG(v) OVER (PARTITION BY k ORDER BY _event_time)               | null 5 5 2 9
        FIRST_VALUE(v) OVER (PARTITION BY k ORDER BY _event_time)       | 5 5 5 5 5
        NTH_VALUE(v, 2) OVER (PARTITION BY k ORDER BY _event_time)      | null 5 5 5 5
        SUM(v) OVER (ORDER BY _event_time ROWS 1 PRECEDING)             | 5 10 7 11 11
        RANK() OVER (PARTITION BY k ORDER BY v)                         | 1 1 1 4 1
        COUNT(*) OVER (ROWS WINDOW BUFFER 3 ROWS PARTITION BY k ORDER BY v RANGE BETWEEN 3 PRECEDING AND CURRENT ROW) | 1 2 1 1 2
        """)
    void computesEachFunctionForTheRowThatCame(String call, String expected) {
        String sql = call.replace("OVER (B", "OVER (" + BUFFER)
                .replace("OVER (V)", "OVER (ROWS WINDOW BUFFER 100 ROWS PARTITION BY k ORDER BY v)")
                .replace("OVER (W)", "OVER (ROWS WINDOW BUFFER 100 ROWS PARTITION BY k ORDER BY v DESC)");

        Pipeline pipeline = select(sql + " AS x").feed(values("5", "5", "2", "9", "2"));

        assertThat(column(pipeline)).containsExactly(expected.split(" "));
    }

    @Test
    void aRowThatComesAfterLaterOnesSeesThemBehindIt() {
        Pipeline pipeline = select("v, LAG(v) OVER (%s) AS p, LEAD(v) OVER (%s) AS f, SUM(v) OVER (%s) AS s"
                .formatted(BUFFER, BUFFER, BUFFER));

        pipeline.feed(new Records()
                .json(BASE, "{'k': 'a', 'v': 1}")
                .json(BASE + 2_000, "{'k': 'a', 'v': 4}")
                .json(BASE + 1_000, "{'k': 'a', 'v': 2}")
                .json(BASE + 3_000, "{'k': 'a', 'v': 8}"));

        assertThat(pipeline.values())
                .containsExactly(
                        "{'v':1,'p':null,'f':null,'s':1}",
                        "{'v':4,'p':1,'f':null,'s':5}",
                        "{'v':2,'p':1,'f':4,'s':3}",
                        "{'v':8,'p':4,'f':null,'s':15}");
    }

    @Test
    void nullsSortBehindEverythingUnlessToldOtherwise() {
        String calls = """
            ROW_NUMBER() OVER (ROWS WINDOW BUFFER 9 ROWS ORDER BY v) AS up,
            ROW_NUMBER() OVER (ROWS WINDOW BUFFER 9 ROWS ORDER BY v DESC) AS down,
            ROW_NUMBER() OVER (ROWS WINDOW BUFFER 9 ROWS ORDER BY v NULLS FIRST) AS first\
            """;

        Pipeline pipeline = select(calls).feed(values("3", "null", "1"));

        assertThat(pipeline.values())
                .containsExactly(
                        "{'up':1,'down':1,'first':1}", "{'up':2,'down':1,'first':1}", "{'up':1,'down':3,'first':2}");
    }

    @Test
    void aPartitionForgetsItsRowsAfterTheTimeOfInactivity() {
        Pipeline pipeline =
                select("LAG(v) OVER (%s EXPIRE AFTER INTERVAL '5' SECOND INACTIVITY) AS x".formatted(BUFFER));

        pipeline.feed(new Records()
                .json(BASE, "{'k': 'a', 'v': 1}")
                .json(BASE + 5_000, "{'k': 'a', 'v': 2}")
                .json(BASE + 10_001, "{'k': 'a', 'v': 3}"));

        assertThat(column(pipeline)).containsExactly("null", "1", "null");
    }

    @Test
    void aSilentPartitionIsDroppedWhenTimeHasGoneOn() {
        Pipeline pipeline = select("LAG(v) OVER (%s) AS x".formatted(BUFFER));

        pipeline.feed(new Records().json(BASE, "{'k': 'a', 'v': 1}").json(BASE + 1, "{'k': 'b', 'v': 1}"))
                .restart();
        assertThat(pipeline.entries()).isEqualTo(2);
        pipeline.feed(new Records().json(BASE + 60_001, "{'k': 'c', 'v': 1}")).restart();

        assertThat(pipeline.groups()).isEqualTo(2);
        assertThat(pipeline.entries()).isEqualTo(2);
    }

    @Test
    void aFullBufferWritesWhenToldSo() {
        Pipeline pipeline = select("SUM(v) OVER (ROWS WINDOW BUFFER 3 ROWS PARTITION BY k EMIT ON BUFFER_FULL) AS x");

        pipeline.feed(values("1", "2", "4", "8"));

        assertThat(column(pipeline)).containsExactly("7", "14");
    }

    @Test
    void aRowWithoutAValueLeavesThePartitionAsItWas() {
        Pipeline pipeline = Pipeline.of("CREATE STREAM out AS SELECT SUM(v) OVER (%s) AS x FROM u;".formatted(BUFFER));

        pipeline.feed(values("1", "'x'", "2"));

        assertThat(pipeline.collected.failures).hasSize(1);
        assertThat(column(pipeline)).containsExactly("1", "3");
    }

    @Test
    void everyFieldAndTheRecordsMetadataGoOnBehindWindowFunctions() {
        Pipeline pipeline = Pipeline.of("CREATE STREAM out AS SELECT *, _offset AS o, _key AS key,"
                + " LAG(v) OVER (%s) AS p FROM u;".formatted(BUFFER));

        pipeline.feed(new Records()
                .json("x", BASE, "{ 'k': 'a', 'v': 1, 'other': [1, 2] }")
                .json("y", BASE + 1, "{'k': 'a', 'v': 2}"));

        assertThat(pipeline.values())
                .containsExactly(
                        "{'k': 'a', 'v': 1, 'other': [1, 2],'o':0,'key':'x','p':null}",
                        "{'k': 'a', 'v': 2,'o':1,'key':'y','p':1}");
    }

    @Test
    void partitioningsFollowEachOther() {
        Pipeline pipeline = select("k, s, COUNT(*) OVER (PARTITION BY k) AS ks, COUNT(*) OVER (PARTITION BY s) AS ss,"
                + " COUNT(*) OVER () AS c, _offset AS o");

        pipeline.feed(new Records()
                .json(BASE, "{'k': 'a', 's': 'x'}")
                .json(BASE, "{'k': 'a', 's': 'y'}")
                .json(BASE, "{'k': 'b', 's': 'y'}"));

        assertThat(pipeline.values())
                .containsExactly(
                        "{'k':'a','s':'x','ks':1,'ss':1,'c':1,'o':0}",
                        "{'k':'a','s':'y','ks':2,'ss':1,'c':2,'o':1}",
                        "{'k':'b','s':'y','ks':1,'ss':2,'c':3,'o':2}");
    }

    @Test
    void windowFunctionsSeeTheRowsOfGroups() {
        Pipeline pipeline = Pipeline.of(DECLARED + """
            CREATE TABLE out AS
            SELECT k, SUM(v) AS s, SUM(v) - LAG(SUM(v)) OVER (PARTITION BY k ORDER BY _window_start) AS diff
            FROM t GROUP BY k WINDOW TUMBLING(1m) EMIT FINAL;
            """);

        pipeline.feed(new Records()
                .json(BASE, "{'k': 'a', 'v': 1}")
                .json(BASE + 60_000, "{'k': 'a', 'v': 5}")
                .json(BASE + 120_000, "{'k': 'a', 'v': 7}"));

        assertThat(pipeline.values()).containsExactly("{'k':'a','s':1,'diff':null}", "{'k':'a','s':5,'diff':4}");
    }

    @Test
    void windowFunctionsOverRecordsShowTheLastRecordOfAGroup() {
        Pipeline pipeline = Pipeline.of(DECLARED + """
                CREATE TABLE out AS
                SELECT k, COUNT(*) AS n, AVG(v) OVER (%s) AS mean, MAX(v) - AVG(v) OVER (%s) AS above,
                       ROW_NUMBER() OVER (PARTITION BY k ORDER BY _window_start) AS nth
                FROM t GROUP BY k WINDOW TUMBLING(1m) EMIT FINAL;
                """.formatted(BUFFER, BUFFER));

        pipeline.feed(new Records()
                .json(BASE, "{'k': 'a', 'v': 1}")
                .json(BASE + 1, "{'k': 'a', 'v': 5}")
                .json(BASE + 60_000, "{'k': 'a', 'v': 6}")
                .json(BASE + 120_000, "{'k': 'zz', 'v': 7}"));

        assertThat(pipeline.values())
                .containsExactly(
                        "{'k':'a','n':2,'mean':3.0,'above':2.0,'nth':1}",
                        "{'k':'a','n':1,'mean':4.0,'above':2.0,'nth':2}");
    }

    private static final String EVERYTHING = """
        k,
        LAG(s, 2, 'none') OVER (ROWS WINDOW BUFFER 5 ROWS PARTITION BY k ORDER BY _event_time) AS a,
        SUM(m) OVER (ROWS WINDOW BUFFER 5 ROWS PARTITION BY k ORDER BY _event_time) AS b,
        AVG(d) OVER (ROWS WINDOW BUFFER 7 ROWS PARTITION BY k ORDER BY v DESC) AS c,
        RANK() OVER (ROWS WINDOW BUFFER 7 ROWS PARTITION BY k ORDER BY v DESC) AS r,
        COUNT(DISTINCT s) OVER (PARTITION BY k ORDER BY _event_time) AS e,
        ROW_NUMBER() OVER (PARTITION BY k) AS f,
        MAX(m) OVER (PARTITION BY k ORDER BY _event_time ROWS 3 PRECEDING) AS g,
        LAST_VALUE(s) OVER (PARTITION BY k ORDER BY _event_time RANGE BETWEEN INTERVAL '9' SECOND PRECEDING AND
            INTERVAL '3' SECOND PRECEDING) AS h
        """;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void goesOnAfterRestarts(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Pipeline straight = select(EVERYTHING);
        Pipeline broken = select(EVERYTHING);
        List<Integer> batches = new ArrayList<>(List.of(1, 3, 10));

        for (int i = 0; i < 40; i++) {
            Records one = new Records();
            Records other = new Records();
            for (int j = 0; j < 5; j++) {
                long time = BASE + (i * 5 + j) * 700L - random.nextInt(3) * 1_000L;
                String json = "{'k': 'k%d', 'v': %d, 'd': %s, 'm': %d.%02d, 's': 's%d'}"
                        .formatted(
                                random.nextInt(4),
                                random.nextInt(6),
                                random.nextInt(5) == 0 ? "null" : random.nextInt(100) * 0.25,
                                random.nextInt(9),
                                random.nextInt(100),
                                random.nextInt(5));
                one.json(time, json);
                other.json(time, json);
            }
            straight.feed(one);
            broken.feed(other, batches.get(i % 3));
            if (random.nextInt(4) == 0) {
                broken.restart();
            }
        }

        assertThat(straight.collected.failures).isEmpty();
        assertThat(straight.values()).hasSize(200);
        assertThat(broken.values()).containsExactlyElementsOf(straight.values());
    }

    /** Against a model that keeps every row. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void keepsTheFirstRowsOfAnOrderAndNoOthers(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Pipeline pipeline = Pipeline.of(DECLARED + """
            CREATE STREAM out AS
            SELECT k, v, n FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY v DESC) AS n FROM t) ranked
            WHERE 3 >= n AND v >= 0;
            """);
        Map<String, List<Integer>> all = new HashMap<>();
        List<String> expected = new ArrayList<>();

        for (int i = 0; i < 300; i++) {
            String key = "k" + random.nextInt(4);
            int value = random.nextInt(1_000);
            List<Integer> values = all.computeIfAbsent(key, any -> new ArrayList<>());
            long place = values.stream().filter(other -> other >= value).count() + 1;
            values.add(value);
            if (place <= 3) {
                expected.add("{'k':'%s','v':%d,'n':%d}".formatted(key, value, place));
            }
            pipeline.feed(new Records().json(BASE + i, "{'k': '%s', 'v': %d}".formatted(key, value)));
            if (random.nextInt(10) == 0) {
                pipeline.restart();
            }
        }

        assertThat(pipeline.values()).containsExactlyElementsOf(expected);
        assertThat(pipeline.restart().entries()).isLessThanOrEqualTo(4 * 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 100, 1000})
    void aPartitionTakesNoMoreMemoryThanExplainSays(int rows) {
        OverWindow window = new OverWindow(
                List.of(new OverWindow.SortKey(slot(0, Simple.BIGINT), false, false)),
                Optional.of((long) rows),
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                List.of(new OverCall.Offset(slot(1, Simple.DOUBLE), 1, Optional.empty(), Simple.DOUBLE)));
        Origin origin = new Origin();
        WindowFunctions functions = new WindowFunctions(window, origin, 0, 0);
        PartitionRows partition = functions.partition();
        GroupTable table = new GroupTable(0, 0);
        int group = table.findOrAdd(new byte[0], 0, 0);
        Row row = new Row(2, origin);

        for (int i = 0; i < rows * 5; i++) {
            row.setLong(0, i);
            row.setDouble(1, i);
            functions.prepare(row, partition, table, group);
            functions.take(partition, table, group);
        }

        assertThat(partition.rows().size()).isEqualTo(rows);
        assertThat(partition.rows().bytes())
                .isLessThanOrEqualTo(OverMemory.bytes(window).orElseThrow());
    }

    @Test
    void aBufferTakesAsManyEntriesAsItHasPlaces() {
        Pipeline pipeline = select("SUM(v) OVER (ROWS WINDOW BUFFER 3 ROWS PARTITION BY k) AS x");

        for (int i = 0; i < 30; i++) {
            pipeline.feed(new Records().json(BASE + i, "{'k': 'a', 'v': 1}")).restart();
        }

        // One place more than rows: the new row lies beside the one that goes.
        assertThat(pipeline.entries()).isBetween(3L, 4L);
        assertThat(column(pipeline).getLast()).isEqualTo("3");
    }
}
