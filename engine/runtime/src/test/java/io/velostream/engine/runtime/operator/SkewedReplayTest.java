package io.velostream.engine.runtime.operator;

import static io.velostream.engine.runtime.operator.Plans.call;
import static io.velostream.engine.runtime.operator.Plans.slot;
import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.SourceSpec.LateData;
import io.velostream.engine.plan.physical.StageInput;
import io.velostream.engine.plan.physical.StageOperator.Emit;
import io.velostream.engine.plan.physical.StageOperator.Window;
import io.velostream.engine.plan.physical.StageOutput;
import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Twelve partitions are read back at very different speeds into four tasks, with a restart of a task from its changelog
 * in the middle: no record is late and every window has all of its records.
 */
class SkewedReplayTest {

    private static final int SOURCES = 12;
    private static final int TASKS = 4;
    private static final int RECORDS = 400;
    private static final long BASE = 1700002800000L;
    private static final List<Expression> COLUMNS = List.of(slot(0, Simple.STRING), slot(1, Simple.BIGINT));

    private static Stage source(int partition) {
        Plans plan = Plans.stage()
                .field("k", Simple.STRING)
                .field("v", Simple.BIGINT)
                .disorder(Duration.ofSeconds(2));
        StageOutput.Repartition output =
                new StageOutput.Repartition("r", COLUMNS.subList(0, 1), COLUMNS, Plans.layout(COLUMNS));
        return new StageCompiler()
                .compile(
                        new StagePlan("s-0", plan.input(), List.of(), output),
                        new StageSettings(partition, 0, 0, false));
    }

    private static Stage totals(int partition, Window window) {
        Plans plan = Plans.stage()
                .column("k", slot(0, Simple.STRING))
                .column("n", slot(1, Simple.BIGINT))
                .column("ws", slot(2, Simple.BIGINT));
        return new StageCompiler()
                .compile(
                        new StagePlan(
                                "s-1",
                                new StageInput.Repartition(
                                        "r", Plans.layout(COLUMNS), Duration.ofSeconds(30), LateData.DROP),
                                List.of(Plans.aggregateOperator(
                                        Emit.FINAL,
                                        COLUMNS.subList(0, 1),
                                        Optional.of(window),
                                        call("COUNT", Simple.BIGINT))),
                                plan.sink()),
                        new StageSettings(partition, SOURCES, 0, false));
    }

    private static List<RecordBatch> log(SplittableRandom random, Map<String, Long> expected, Window window) {
        Records records = new Records();
        long time = BASE;
        for (int i = 0; i < RECORDS; i++) {
            time += random.nextInt(0, 500);
            long eventTime = time - random.nextInt(0, 2000);
            String key = "k" + random.nextInt(20);
            records.json(eventTime, "{'k':'%s','v':1}".formatted(key));
            long start = eventTime / 10_000 * 10_000;
            expected.merge("{'k':'%s','n':#,'ws':%d}".formatted(key, start), 1L, Long::sum);
            if (window instanceof Window.Sliding) {
                expected.merge("{'k':'%s','n':#,'ws':%d}".formatted(key, start - 10_000), 1L, Long::sum);
            }
        }
        // Closes every window of the partition.
        records.json(BASE + 10_000_000, "{'k':'end','v':0}");
        return records.batches(random.nextInt(1, 40));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void losesNoRecord(int seed) {
        losesNoRecord(seed, new Window.Tumbling(Duration.ofSeconds(10), Duration.ZERO));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void losesNoRecordInWindowsThatOverlap(int seed) {
        losesNoRecord(seed, new Window.Sliding(Duration.ofSeconds(20), Duration.ofSeconds(10), Duration.ZERO));
    }

    private static void losesNoRecord(int seed, Window window) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, Long> expected = new HashMap<>();
        List<Stage> sources = new ArrayList<>();
        List<List<RecordBatch>> logs = new ArrayList<>();
        for (int partition = 0; partition < SOURCES; partition++) {
            sources.add(source(partition));
            logs.add(new ArrayList<>(log(random, expected, window)));
        }
        List<Stage> tasks = new ArrayList<>();
        for (int partition = 0; partition < TASKS; partition++) {
            tasks.add(totals(partition, window));
        }
        Changelog changelog = new Changelog();
        Collected rows = new Collected();
        Collected sent = new Collected();
        int steps = 0;
        while (logs.stream().anyMatch(log -> !log.isEmpty())) {
            int partition = skewed(random, logs);
            sources.get(partition).process(logs.get(partition).removeFirst(), sent);
            deliver(sent, tasks, rows);
            if (++steps % 25 == 0) {
                tasks.getFirst().state().orElseThrow().flush(changelog);
                tasks.set(0, totals(0, window));
                changelog.into(tasks.getFirst().state().orElseThrow());
            }
        }

        List<String> wanted = new ArrayList<>();
        expected.forEach((row, count) -> wanted.add(row.replace("#", count.toString())));
        assertThat(rows.failures).isEmpty();
        assertThat(tasks)
                .allSatisfy(task -> assertThat(task.counters().lateDropped).isZero());
        assertThat(rows.values()).containsExactlyInAnyOrderElementsOf(wanted);
    }

    /** Mostly the partition of the lowest number, so that the others lag far behind. */
    private static int skewed(SplittableRandom random, List<List<RecordBatch>> logs) {
        for (int partition = 0; partition < SOURCES; partition++) {
            if (!logs.get(partition).isEmpty() && random.nextInt(3) > 0) {
                return partition;
            }
        }
        for (int partition = 0; partition < SOURCES; partition++) {
            if (!logs.get(partition).isEmpty()) {
                return partition;
            }
        }
        throw new IllegalStateException("nothing is left");
    }

    private static void deliver(Collected sent, List<Stage> tasks, Collected rows) {
        List<Records> inbox = new ArrayList<>();
        tasks.forEach(task -> inbox.add(new Records()));
        for (int row = 0; row < sent.output.size(); row++) {
            byte @Nullable [] key = sent.key(row);
            for (int task = 0; task < TASKS; task++) {
                if (key == null || Math.floorMod(Arrays.hashCode(key), TASKS) == task) {
                    inbox.get(task).raw(key, sent.value(row), sent.output.timestamp(row));
                }
            }
        }
        sent.output.clear();
        for (int task = 0; task < TASKS; task++) {
            Stage stage = tasks.get(task);
            inbox.get(task).batches(1000).forEach(batch -> stage.process(batch, rows));
        }
    }
}
