package io.velostream.engine.runtime.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Joins, tables and subqueries give the same rows whether they are restarted from their changelogs or not. */
class JoinStateTest {

    private static final String STREAMS = """
            CREATE STREAM out AS
            SELECT a.id AS aid, b.id AS bid FROM a %s JOIN b ON a.k = b.k WITHIN 10 SECONDS GRACE PERIOD 2 SECONDS;
            """;
    private static final String TABLES = """
            CREATE TABLE a (id BIGINT PRIMARY KEY, k STRING, v BIGINT) WITH ('topic' = 'a');
            CREATE TABLE b (id BIGINT PRIMARY KEY, k STRING, v BIGINT) WITH ('topic' = 'b');
            """;

    @ParameterizedTest
    @ValueSource(strings = {"INNER", "LEFT", "RIGHT", "FULL"})
    void joinOfStreamsIsRightOverRestarts(String kind) {
        for (int seed = 0; seed < 40; seed++) {
            List<Event> events = streams(new Random(seed));
            QueryUnderTest undisturbed = run(STREAMS.formatted(kind), events, 0, seed);
            QueryUnderTest restarted = run(STREAMS.formatted(kind), events, 5, seed);

            assertThat(restarted.rows()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(undisturbed.rows());
            assertThat(undisturbed.rows())
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(expected(kind, events));
        }
    }

    @Test
    void writesAloneWhatIsOverWhenARestartedTaskFirstHearsOfTimeOnly() {
        QueryUnderTest query = new QueryUnderTest("""
                CREATE STREAM out AS SELECT a.id AS aid, b.id AS bid FROM a LEFT JOIN b ON a.k = b.k WITHIN 10 SECONDS
                WHERE a.id >= 0;
                """);
        query.feed("a", null, 100_000, "{'id': 1, 'k': 'x'}");
        query.feed("b", null, 200_000, "{'id': 2, 'k': 'y'}");
        query.restart();

        query.feed("a", null, 200_000, "{'id': -1, 'k': 'y'}");

        assertThat(query.rows()).containsExactly("null: {'aid':1,'bid':null}");
    }

    @Test
    void standbyFollowsAfterItWasCopied() {
        QueryUnderTest query = new QueryUnderTest(STREAMS.formatted("FULL"));
        StageState standby = query.standby("out-2");
        for (int i = 0; i < 60; i++) {
            query.feed("a", null, i * 1_000L, "{'id': %d, 'k': 'k%d'}".formatted(i, i % 5));
            query.feed("b", null, i * 1_000L, "{'id': %d, 'k': 'k%d'}".formatted(i, i % 7));
            query.commitInto("out-2", standby);
            standby.all((key, value) -> {});
        }

        Changelog active = new Changelog();
        Changelog copy = new Changelog();
        query.state("out-2").all(active);
        standby.all(copy);
        assertThat(standby.groups()).isEqualTo(query.state("out-2").groups()).isPositive();
        assertThat(copy.entries.keySet()).isEqualTo(active.entries.keySet());
    }

    @Test
    void stateOfAJoinOfStreamsIsGoneOnceItsTimeIsOver() {
        QueryUnderTest query = new QueryUnderTest(STREAMS.formatted("FULL"));
        for (int i = 0; i < 5_000; i++) {
            query.feed("a", null, i * 1_000L, "{'id': %d, 'k': 'k%d'}".formatted(i, i % 50));
            query.feed("b", null, i * 1_000L, "{'id': %d, 'k': 'k%d'}".formatted(i, i % 50));
            if (i % 20 == 0) {
                query.commit();
            }
        }
        query.commit();

        assertThat(query.entries()).isLessThan(20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE out AS SELECT k, COUNT(*) AS n, SUM(v) AS s, MIN(v) AS least FROM a GROUP BY k;",
                "CREATE TABLE out AS SELECT k, COUNT(*) AS n FROM a GROUP BY k HAVING COUNT(*) > 2;",
                "CREATE TABLE out AS SELECT COUNT(*) AS n, MAX(v) AS most FROM a;",
                "CREATE TABLE out AS SELECT a.id PRIMARY KEY, b.id PRIMARY KEY, a.v FROM a JOIN b ON a.k = b.k;",
                "CREATE TABLE out AS SELECT a.id AS x PRIMARY KEY, b.id AS y PRIMARY KEY FROM a FULL JOIN b"
                        + " ON a.k = b.k AND a.v < b.v;",
                "CREATE TABLE out AS SELECT id PRIMARY KEY, v FROM a WHERE v > 50;",
            })
    void tablesAreRightOverRestarts(String query) {
        String sql = TABLES
                + query.replace("a.id PRIMARY KEY, b.id PRIMARY KEY", "a.id AS x PRIMARY KEY, b.id AS y PRIMARY KEY");
        for (int seed = 0; seed < 30; seed++) {
            List<Event> events = tables(new Random(seed));
            QueryUnderTest undisturbed = run(sql, events, 0, seed);
            QueryUnderTest restarted = run(sql, events, 7, seed);

            assertThat(last(restarted)).as("seed %d", seed).isEqualTo(last(undisturbed));
            assertThat(last(undisturbed)).as("seed %d", seed).isEqualTo(last(fresh(sql, events, seed)));
        }
    }

    /** A table is what its last rows make it, whatever was there before. */
    private static QueryUnderTest fresh(String sql, List<Event> events, int seed) {
        Map<String, Event> last = new HashMap<>();
        events.forEach(event -> last.put(event.topic() + event.key(), event));
        List<Event> left = events.stream()
                .filter(event -> last.get(event.topic() + event.key()) == event && event.json() != null)
                .toList();
        return run(sql, left, 0, seed);
    }

    private static Map<String, String> last(QueryUnderTest query) {
        Map<String, String> last = new HashMap<>();
        query.rows().forEach(row -> {
            int colon = row.indexOf(": ");
            last.put(row.substring(0, colon), row.substring(colon + 2));
        });
        // Without rows the only group still is a row; a table that never had one has none.
        last.values().removeIf(value -> value.equals("null"));
        return last;
    }

    @Test
    void lookupsAreRightOverRestarts() {
        String sql = TABLES + """
                CREATE STREAM s (id BIGINT, k STRING, v BIGINT) WITH ('topic' = 's');
                CREATE STREAM out AS SELECT s.id, a.v, (SELECT MAX(b.v) FROM b WHERE b.k = s.k) AS most,
                  s.v IN (SELECT b.v FROM b) AS has
                FROM s LEFT JOIN a ON s.k = a.k;
                """;
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            List<Event> events = new ArrayList<>();
            for (Event event : tables(random)) {
                events.add(event);
                events.add(new Event(
                        "s",
                        null,
                        event.time(),
                        "{'id': %d, 'k': 'k%d', 'v': %d}"
                                .formatted(events.size(), random.nextInt(4), random.nextInt(100))));
            }
            QueryUnderTest undisturbed = run(sql, events, 0, seed);
            QueryUnderTest restarted = run(sql, events, 7, seed);

            assertThat(restarted.rows().stream().sorted())
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(
                            undisturbed.rows().stream().sorted().toList());
        }
    }

    private record Event(String topic, String key, long time, String json) {}

    private static QueryUnderTest run(String sql, List<Event> events, int restarts, int seed) {
        QueryUnderTest query = new QueryUnderTest(sql);
        Random random = new Random(seed + 1_000);
        for (Event event : events) {
            query.feed(event.topic(), event.key(), event.time(), event.json());
            if (restarts > 0 && random.nextInt(events.size()) < restarts) {
                query.restart();
            } else if (random.nextInt(10) == 0) {
                query.commit();
            }
        }
        return query;
    }

    private static List<Event> streams(Random random) {
        List<Event> events = new ArrayList<>();
        long time = 100_000;
        for (int id = 0; id < 120; id++) {
            time += random.nextInt(1_500);
            String key = random.nextInt(10) == 0 ? "null" : "'k" + random.nextInt(5) + "'";
            events.add(
                    new Event(random.nextBoolean() ? "a" : "b", null, time, "{'id': %d, 'k': %s}".formatted(id, key)));
        }
        events.add(new Event("a", null, time + 100_000, "{'id': -1, 'k': 'end-a'}"));
        events.add(new Event("b", null, time + 100_000, "{'id': -1, 'k': 'end-b'}"));
        return events;
    }

    /** By the definition: every pair, then what met nobody. The closing rows stay open. */
    private static List<String> expected(String kind, List<Event> events) {
        List<String> rows = new ArrayList<>();
        for (Event event : events) {
            boolean isLeft = event.topic().equals("a");
            boolean met = false;
            for (Event other : events) {
                if (!other.topic().equals(event.topic())
                        && key(other).equals(key(event))
                        && !key(event).equals("null")
                        && Math.abs(other.time() - event.time()) <= 10_000) {
                    met = true;
                    if (isLeft) {
                        rows.add("null: {'aid':%s,'bid':%s}".formatted(id(event), id(other)));
                    }
                }
            }
            boolean kept = kind.equals("FULL") || kind.equals(isLeft ? "LEFT" : "RIGHT");
            if (!met && kept && !id(event).equals("-1")) {
                rows.add(
                        isLeft
                                ? "null: {'aid':%s,'bid':null}".formatted(id(event))
                                : "null: {'aid':null,'bid':%s}".formatted(id(event)));
            }
        }
        return rows;
    }

    private static String id(Event event) {
        return event.json().replaceAll(".*'id': (-?\\d+).*", "$1");
    }

    private static String key(Event event) {
        return event.json().replaceAll(".*'k': ([^}]*)}.*", "$1");
    }

    private static List<Event> tables(Random random) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int id = random.nextInt(8);
            String json = random.nextInt(5) == 0
                    ? null
                    : "{'id': %d, 'k': %s, 'v': %d}"
                            .formatted(
                                    id,
                                    random.nextInt(6) == 0 ? "null" : "'k" + random.nextInt(3) + "'",
                                    random.nextInt(100));
            events.add(new Event(random.nextInt(3) == 0 ? "b" : "a", "" + id, i * 1_000L, json));
        }
        return events;
    }
}
