package io.velostream.engine.runtime.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.config.ExhaustionPolicy;
import io.velostream.engine.runtime.memory.MemoryBudget;
import io.velostream.engine.runtime.memory.MemoryLimits;
import io.velostream.engine.runtime.memory.ScratchSpace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables and GROUP BY over them whose state does not fit into memory give the same rows as if it did. */
class SpillingTableTest {

    private static final String TABLES = """
            CREATE TABLE a (id BIGINT PRIMARY KEY, k STRING, v BIGINT) WITH ('topic' = 'a');
            CREATE TABLE b (id BIGINT PRIMARY KEY, k STRING, v BIGINT) WITH ('topic' = 'b');
            CREATE STREAM s (id BIGINT, k STRING, v BIGINT) WITH ('topic' = 's');
            """;

    @TempDir
    Path folder;

    private record Event(
            String topic, @Nullable String key, @Nullable String json) {}

    private static List<Event> events(Random random) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            int id = random.nextInt(500);
            String topic = List.of("a", "b", "s").get(random.nextInt(3));
            boolean deletes = !topic.equals("s") && random.nextInt(6) == 0;
            String key = random.nextInt(20) == 0 ? "null" : "'k" + random.nextInt(150) + "'";
            events.add(new Event(
                    topic,
                    topic.equals("s") ? null : "" + id,
                    deletes ? null : "{'id': %d, 'k': %s, 'v': %d}".formatted(id, key, random.nextInt(100))));
        }
        return events;
    }

    private static QueryUnderTest run(String query, MemoryBudget budget, int restarts) {
        QueryUnderTest run = new QueryUnderTest(TABLES + query, budget);
        Random random = new Random(2);
        long time = 0;
        for (Event event : events(new Random(1))) {
            run.feed(event.topic(), event.key(), time += 1_000, event.json());
            run.relieve();
            if (random.nextInt(3_000) < restarts) {
                run.restart();
            } else if (random.nextInt(10) == 0) {
                run.commit();
            }
        }
        return run;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE out AS SELECT id PRIMARY KEY, v FROM a WHERE v > 50;",
                "CREATE TABLE out AS SELECT k, COUNT(*) AS n, SUM(v) AS s FROM a GROUP BY k;",
            })
    void givesTheSameRowsAsWithoutALimit(String query) {
        QueryUnderTest unlimited = run(query, MemoryBudget.unlimited(), 0);
        try (ScratchSpace disk = new ScratchSpace(folder.resolve("spill"), 8 << 20)) {
            MemoryLimits limits =
                    new MemoryLimits(24_000, 12_000, Long.MAX_VALUE, Integer.MAX_VALUE, ExhaustionPolicy.SPILL);

            QueryUnderTest spilling = run(query, new MemoryBudget(limits, Optional.of(disk)), 0);
            QueryUnderTest restarted = run(query, new MemoryBudget(limits, Optional.of(disk)), 6);

            assertThat(spilling.mostSpilled()).isGreaterThan(50);
            assertThat(unlimited.rows()).hasSizeGreaterThan(300);
            assertThat(spilling.rows()).containsExactlyElementsOf(unlimited.rows());
            // A changelog does not keep the order in which the rows of a key came.
            assertThat(restarted.rows()).containsExactlyInAnyOrderElementsOf(unlimited.rows());
            restarted.close();
            spilling.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE out AS SELECT k, COUNT(*) AS n, AVG(v) AS mean FROM a GROUP BY k;",
            })
    void writesTheSameChangelogAndSnapshot(String query) {
        QueryUnderTest unlimited = run(query, MemoryBudget.unlimited(), 0);
        try (ScratchSpace disk = new ScratchSpace(folder.resolve("spill"), 8 << 20)) {
            MemoryLimits limits =
                    new MemoryLimits(24_000, 12_000, Long.MAX_VALUE, Integer.MAX_VALUE, ExhaustionPolicy.SPILL);
            QueryUnderTest spilling = run(query, new MemoryBudget(limits, Optional.of(disk)), 0);
            spilling.commit();
            unlimited.commit();

            assertThat(spilling.mostSpilled()).isGreaterThan(50);
            assertThat(spilling.changelogs()).isEqualTo(unlimited.changelogs());
            assertThat(spilling.snapshots()).isEqualTo(unlimited.snapshots());
            spilling.close();
        }
    }
}
