package io.velostream.engine.runtime.operator;

import static io.velostream.engine.runtime.operator.Plans.call;
import static io.velostream.engine.runtime.operator.Plans.slot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velostream.engine.config.ExhaustionPolicy;
import io.velostream.engine.plan.physical.StageOperator.Emit;
import io.velostream.engine.plan.physical.StageOperator.Window;
import io.velostream.engine.runtime.memory.LimitedResource;
import io.velostream.engine.runtime.memory.MemoryBudget;
import io.velostream.engine.runtime.memory.MemoryLimits;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens at a limit where state does not go to disk. */
class ResourceLimitsTest {

    private static final long BASE = 1700002800000L;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private static MemoryBudget budget(long bytes, int windowsPerKey, ExhaustionPolicy policy) {
        return new MemoryBudget(
                new MemoryLimits(bytes, bytes, Long.MAX_VALUE, windowsPerKey, policy), Optional.empty());
    }

    private static Stage counts(Window window, MemoryBudget budget) {
        Plans plan = Plans.stage().field("k", Simple.STRING);
        return plan.aggregate(Emit.CHANGES, List.of(plan.slot(0)), Optional.of(window), call("COUNT", Simple.BIGINT))
                .column("k", slot(0, Simple.STRING))
                .column("n", slot(1, Simple.BIGINT))
                .compile(budget);
    }

    private static Window tumbling() {
        return new Window.Tumbling(SECOND, HOUR);
    }

    static List<Window> windows() {
        return List.of(tumbling(), new Window.Session(Duration.ofMillis(100), HOUR));
    }

    @Test
    void refusesRecordsUntilAWindowMakesRoom() {
        MemoryBudget budget = budget(30_000, Integer.MAX_VALUE, ExhaustionPolicy.DEAD_LETTER);
        Stage stage = counts(new Window.Tumbling(HOUR, Duration.ZERO), budget);
        Collected out = new Collected();
        Records many = new Records();
        for (int i = 0; i < 2_000; i++) {
            many.json(BASE, "{'k': 'key-%d'}".formatted(i));
        }
        for (RecordBatch batch : many.batches(50)) {
            stage.process(batch, out);
            if (stage.isOverShare()) {
                assertThat(stage.relieve()).isEqualTo(Stage.Relief.REFUSING);
            }
        }
        int taken = out.values().size();
        assertThat(taken).isBetween(100, 1_000);
        assertThat(out.failures).hasSize(2_000 - taken).allMatch(line -> line.endsWith(" RESOURCE_EXHAUSTED"));
        assertThat(budget.violations(LimitedResource.MEMORY)).isPositive();

        // The record that closes the window is refused, too: it came while there was no room.
        new Records()
                .json(BASE + HOUR.toMillis() * 2, "{'k': 'late'}")
                .batches(1)
                .forEach(batch -> {
                    stage.process(batch, out);
                    stage.state().orElseThrow().flush(new Changelog());
                });
        stage.tick(0, out);
        new Records()
                .json(BASE + HOUR.toMillis() * 2, "{'k': 'again'}")
                .batches(1)
                .forEach(batch -> stage.process(batch, out));

        assertThat(out.values()).last().isEqualTo("{'k':'again','n':1}");
    }

    @Test
    void holdsTheInputBackOrFailsWhereThePolicySaysSo() {
        Stage holding = counts(tumbling(), budget(100, 10, ExhaustionPolicy.BACK_PRESSURE));
        Stage failing = counts(tumbling(), budget(100, 10, ExhaustionPolicy.FAIL));
        for (Stage stage : List.of(holding, failing)) {
            new Records().json(BASE, "{'k': 'a'}").batches(1).forEach(batch -> stage.process(batch, new Collected()));
            assertThat(stage.isOverShare()).isTrue();
        }

        assertThat(holding.relieve()).isEqualTo(Stage.Relief.HOLDING);
        assertThatThrownBy(failing::relieve)
                .isInstanceOf(ResourceExhaustedException.class)
                .hasMessageStartingWith("Resource exhausted");
    }

    @ParameterizedTest
    @MethodSource("windows")
    void letsAKeyHaveNoMoreWindowsThanAllowed(Window window) {
        MemoryBudget budget = budget(1 << 30, 3, ExhaustionPolicy.SPILL);
        Stage stage = counts(window, budget);
        Collected out = new Collected();
        Records records = new Records();
        for (int i = 0; i < 5; i++) {
            records.json(BASE + i * 1_000L, "{'k': 'a'}").json(BASE + i * 1_000L, "{'k': 'key-%d'}".formatted(i));
        }
        records.json(BASE, "{'k': 'a'}");

        records.batches(4).forEach(batch -> stage.process(batch, out));

        assertThat(out.failures).containsExactly("6 TOO_MANY_WINDOWS", "8 TOO_MANY_WINDOWS");
        assertThat(out.values()).last().isEqualTo("{'k':'a','n':2}");
        assertThat(budget.violations(LimitedResource.WINDOWS_PER_KEY)).isEqualTo(2);
    }
}
