package io.velostream.engine.runtime.operator;

import static io.velostream.engine.runtime.operator.Plans.call;
import static io.velostream.engine.runtime.operator.Plans.slot;
import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.config.ExhaustionPolicy;
import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.StageOperator.AggregateCall;
import io.velostream.engine.plan.physical.StageOperator.Emit;
import io.velostream.engine.plan.physical.StageOperator.Window;
import io.velostream.engine.runtime.memory.LimitedResource;
import io.velostream.engine.runtime.memory.MemoryBudget;
import io.velostream.engine.runtime.memory.MemoryLimits;
import io.velostream.engine.runtime.memory.ScratchSpace;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** State that does not fit into its share of memory gives the same rows as state that does. */
class SpillingStageTest {

    private static final long BASE = 1700002800000L;
    private static final int RECORDS = 6_000;
    private static final int KEYS = 700;
    private static final long LIMIT = 24_000;
    private static final Window TUMBLING = new Window.Tumbling(Duration.ofMinutes(1), Duration.ZERO);
    private static final Window SLIDING =
            new Window.Sliding(Duration.ofMinutes(2), Duration.ofMinutes(1), Duration.ZERO);

    @TempDir
    Path folder;

    private ScratchSpace disk;

    enum Shape {
        UNBOUNDED(Emit.CHANGES, null),
        TUMBLING_CHANGES(Emit.CHANGES, TUMBLING),
        TUMBLING_FINAL(Emit.FINAL, TUMBLING),
        SLIDING_CHANGES(Emit.CHANGES, SLIDING),
        SLIDING_FINAL(Emit.FINAL, SLIDING);

        private final Emit emit;
        private final Optional<Window> window;

        Shape(Emit emit, @Nullable Window window) {
            this.emit = emit;
            this.window = Optional.ofNullable(window);
        }
    }

    @BeforeEach
    void openDisk() {
        disk = new ScratchSpace(folder.resolve("spill"), 8 << 20);
    }

    @AfterEach
    void closeDisk() {
        disk.close();
    }

    static Stream<Arguments> shapesAndBatches() {
        return Stream.of(Shape.values()).flatMap(shape -> Stream.of(1, 7, 1000).map(size -> Arguments.of(shape, size)));
    }

    private static Plans plan(Shape shape) {
        Plans plan = Plans.stage()
                .field("k", Simple.STRING)
                .field("i", Simple.BIGINT)
                .field("s", Simple.STRING);
        AggregateCall[] calls = {
            call("COUNT", Simple.BIGINT),
            call("SUM", new SqlType.Decimal(38, 0), plan.slot(1)),
            call("MAX", Simple.STRING, plan.slot(2)),
            call("LAST", Simple.STRING, plan.slot(2)),
            call("MEDIAN", Simple.DOUBLE, plan.slot(1))
        };
        List<Expression> keys = List.of(plan.slot(0));
        plan.aggregate(shape.emit, keys, shape.window, calls);
        plan.column("k", slot(0, Simple.STRING));
        for (int i = 0; i < calls.length; i++) {
            plan.column("c" + i, slot(1 + i, calls[i].type()));
        }
        return plan;
    }

    /** Some keys are hot, most come a few times; time goes on with some disorder. */
    private static Records input(SplittableRandom random) {
        Records records = new Records();
        for (int i = 0; i < RECORDS; i++) {
            int key = random.nextInt(4) == 0 ? random.nextInt(5) : random.nextInt(KEYS);
            records.json(
                    BASE + i * 40L + random.nextInt(2_000),
                    "{'k': 'key-%d', 'i': %d, 's': 'text %d'}".formatted(key, random.nextInt(1000), i % 97));
        }
        return records;
    }

    private MemoryBudget budget(long bytes) {
        return new MemoryBudget(
                new MemoryLimits(bytes, bytes, Long.MAX_VALUE, Integer.MAX_VALUE, ExhaustionPolicy.SPILL),
                Optional.of(disk));
    }

    @ParameterizedTest
    @MethodSource("shapesAndBatches")
    void givesTheSameRowsAsWithoutALimit(Shape shape, int batchSize) {
        Collected expected = new Collected();
        Stage unlimited = plan(shape).compile();
        input(new SplittableRandom(5)).batches(batchSize).forEach(batch -> unlimited.process(batch, expected));

        Collected actual = new Collected();
        Changelog changelog = new Changelog();
        MemoryBudget budget = budget(LIMIT);
        Stage stage = plan(shape).compile(budget);
        SplittableRandom random = new SplittableRandom(6);
        long spilled = 0;
        for (RecordBatch batch : input(new SplittableRandom(5)).batches(batchSize)) {
            stage.process(batch, actual);
            if (stage.isOverShare()) {
                stage.state().orElseThrow().flush(changelog);
                stage.relieve();
                assertThat(stage.state().orElseThrow().bytes()).isLessThanOrEqualTo(LIMIT);
            }
            spilled = Math.max(spilled, stage.counters().spilledGroups);
            double chance = batchSize / 1000.0;
            if (random.nextDouble() < chance) {
                stage.state().orElseThrow().flush(changelog);
            }
            if (random.nextDouble() < chance) {
                stage = restarted(shape, stage, changelog, budget);
            }
        }

        assertThat(spilled).as("groups on disk at once").isGreaterThan(100);
        assertThat(expected.values()).hasSizeGreaterThan(KEYS);
        assertThat(actual.failures).isEmpty();
        assertThat(actual.values()).containsExactlyElementsOf(expected.values());
        assertThat(actual.timestamps()).containsExactlyElementsOf(expected.timestamps());
        stage.close();
        assertThat(budget.bytes()).isZero();
    }

    private static Stage restarted(Shape shape, Stage stage, Changelog changelog, MemoryBudget budget) {
        stage.state().orElseThrow().flush(changelog);
        stage.close();
        Stage next = plan(shape).compile(budget);
        StageState state = next.state().orElseThrow();
        int[] restored = {0};
        changelog.entries.forEach((key, value) -> {
            state.restore(key.array(), value);
            if (++restored[0] % 100 == 0) {
                next.relieve();
            }
        });
        next.relieve();
        return next;
    }

    @ParameterizedTest
    @MethodSource("shapesAndBatches")
    void removesWhatAClosedWindowLeftInTheChangelog(Shape shape, int batchSize) {
        Changelog plain = new Changelog();
        Stage unlimited = plan(shape).compile();
        input(new SplittableRandom(5)).batches(batchSize).forEach(batch -> {
            unlimited.process(batch, new Collected());
            unlimited.state().orElseThrow().flush(plain);
        });

        Changelog spilling = new Changelog();
        Stage stage = plan(shape).compile(budget(LIMIT));
        for (RecordBatch batch : input(new SplittableRandom(5)).batches(batchSize)) {
            stage.process(batch, new Collected());
            stage.state().orElseThrow().flush(spilling);
            stage.relieve();
        }

        assertThat(spilling.entries.keySet()).isEqualTo(plain.entries.keySet());
        spilling.entries.forEach((key, value) -> assertThat(value).isEqualTo(plain.entries.get(key)));
        Changelog all = new Changelog();
        stage.state().orElseThrow().all(all);
        assertThat(all.entries.keySet()).isEqualTo(plain.entries.keySet());
    }

    @Test
    void keepsNoMoreGroupsInMemoryThanAllowed() {
        MemoryBudget budget = new MemoryBudget(
                new MemoryLimits(1 << 30, 1 << 30, 100, Integer.MAX_VALUE, ExhaustionPolicy.SPILL), Optional.of(disk));
        Stage stage = plan(Shape.UNBOUNDED).compile(budget);
        Changelog changelog = new Changelog();

        for (RecordBatch batch : input(new SplittableRandom(5)).batches(10)) {
            stage.process(batch, new Collected());
            if (stage.isOverShare()) {
                stage.state().orElseThrow().flush(changelog);
                assertThat(stage.relieve()).isEqualTo(Stage.Relief.SPILLED);
            }
            assertThat(stage.state().orElseThrow().groups()).isLessThanOrEqualTo(100);
        }

        Stage unlimited = plan(Shape.UNBOUNDED).compile();
        input(new SplittableRandom(5)).batches(1000).forEach(batch -> unlimited.process(batch, new Collected()));
        assertThat(stage.counters().stateGroups)
                .isEqualTo(unlimited.counters().stateGroups)
                .isGreaterThan(KEYS / 2);
        assertThat(budget.violations(LimitedResource.AGGREGATION_GROUPS)).isPositive();
        stage.close();
    }
}
