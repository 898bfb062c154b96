package io.velostream.engine.runtime.operator;

import static io.velostream.engine.runtime.operator.Plans.call;
import static io.velostream.engine.runtime.operator.Plans.slot;
import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.plan.physical.StageOperator.AggregateCall;
import io.velostream.engine.plan.physical.StageOperator.Emit;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StageStateTest {

    private static final long BASE = 1700002800000L;

    private static Plans everyAggregate(Emit emit) {
        Plans plan = Plans.stage()
                .field("k", Simple.STRING)
                .field("i", Simple.BIGINT)
                .field("d", Simple.DOUBLE)
                .field("m", new SqlType.Decimal(10, 2))
                .field("w", new SqlType.Decimal(30, 5))
                .field("s", Simple.STRING)
                .field("a", Simple.ANY);
        List<AggregateCall> calls = new ArrayList<>(List.of(
                call("COUNT", Simple.BIGINT),
                call("COUNT", Simple.BIGINT, plan.slot(1)),
                call("SUM", new SqlType.Decimal(38, 0), plan.slot(1)),
                call("AVG", Simple.DOUBLE, plan.slot(1)),
                call("SUM", Simple.DOUBLE, plan.slot(2)),
                call("AVG", Simple.DOUBLE, plan.slot(2)),
                call("SUM", new SqlType.Decimal(38, 2), plan.slot(3)),
                call("AVG", new SqlType.Decimal(38, 6), plan.slot(3)),
                call("SUM", new SqlType.Decimal(38, 5), plan.slot(4)),
                call("MIN", new SqlType.Decimal(30, 5), plan.slot(4)),
                call("MAX", Simple.STRING, plan.slot(5)),
                call("MIN", Simple.DOUBLE, plan.slot(2)),
                call("SUM", Simple.ANY, plan.slot(6)),
                call("MAX", Simple.ANY, plan.slot(6)),
                call("FIRST", Simple.STRING, plan.slot(5)),
                call("LAST", Simple.ANY, plan.slot(6)),
                call("STDDEV", Simple.DOUBLE, plan.slot(2)),
                call("VAR_POP", Simple.DOUBLE, plan.slot(2)),
                call("DELTA", Simple.BIGINT, plan.slot(1)),
                call("MEDIAN", Simple.DOUBLE, plan.slot(2)),
                call("STRING_AGG", Simple.STRING, plan.slot(5), Plans.literal(","))));
        calls.add(new AggregateCall("COUNT", true, List.of(plan.slot(5)), Simple.BIGINT));
        var array = calls.toArray(AggregateCall[]::new);
        if (emit == Emit.CHANGES) {
            plan.aggregate(emit, List.of(plan.slot(0)), array);
        } else {
            plan.tumbling(Duration.ofMinutes(1), emit, List.of(plan.slot(0)), array);
        }
        plan.column("k", slot(0, Simple.STRING));
        for (int i = 0; i < array.length; i++) {
            plan.column("c" + i, slot(1 + i, array[i].type()));
        }
        return plan;
    }

    private static Records input(int from, int to) {
        Records records = new Records();
        for (int i = from; i < to; i++) {
            records.json(
                    BASE + i * 3_000L,
                    "{'k': 'k%d', 'i': %s, 'd': %s, 'm': %d.%d, 'w': %d123456789012345.5, 's': 'text%d', 'a': %s}"
                            .formatted(
                                    i * 7 % 5,
                                    i % 6 == 0 ? "null" : i * 1000,
                                    i % 4 == 0 ? "null" : i * 0.37,
                                    i,
                                    i % 10,
                                    i + 1,
                                    i % 9,
                                    i % 3 == 0 ? i + ".5" : "" + i));
        }
        return records;
    }

    @ParameterizedTest
    @ValueSource(strings = {"CHANGES", "FINAL"})
    void goesOnAfterARestartAsIfNothingHadHappened(Emit emit) {
        Collected straight = new Collected();
        Stage uninterrupted = everyAggregate(emit).compile();
        Collected broken = new Collected();
        Stage stage = everyAggregate(emit).compile();
        Changelog changelog = new Changelog();

        input(0, 60).batches(7).forEach(batch -> uninterrupted.process(batch, straight));
        for (int from = 0; from < 60; from += 10) {
            for (RecordBatch batch : input(from, from + 10).batches(7)) {
                stage.process(batch, broken);
            }
            stage.state().orElseThrow().flush(changelog);
            stage = everyAggregate(emit).compile();
            changelog.into(stage.state().orElseThrow());
        }

        assertThat(straight.failures).isEmpty();
        assertThat(straight.values()).hasSizeGreaterThanOrEqualTo(10);
        assertThat(broken.values()).containsExactlyElementsOf(straight.values());
    }

    @Test
    void aSnapshotHoldsTheSameAsTheChangelog() {
        Stage stage = everyAggregate(Emit.FINAL).compile();
        Changelog changelog = new Changelog();
        Changelog snapshot = new Changelog();

        input(0, 33).batches(5).forEach(batch -> {
            stage.process(batch, new Collected());
            stage.state().orElseThrow().flush(changelog);
        });
        stage.state().orElseThrow().all(snapshot);

        assertThat(snapshot.entries.keySet()).isEqualTo(changelog.entries.keySet());
        snapshot.entries.forEach(
                (key, value) -> assertThat(changelog.entries.get(key)).isEqualTo(value));
    }

    @Test
    void removesTheGroupsOfAClosedWindowFromTheChangelog() {
        Stage stage = everyAggregate(Emit.FINAL).compile();
        Changelog changelog = new Changelog();
        StageState state = stage.state().orElseThrow();

        input(0, 20).batches(20).forEach(batch -> stage.process(batch, new Collected()));
        state.flush(changelog);
        assertThat(changelog.entries).hasSize(5 + 2);
        input(20, 21).batches(1).forEach(batch -> stage.process(batch, new Collected()));
        state.flush(changelog);

        assertThat(changelog.removals).isEqualTo(5);
        assertThat(changelog.entries).hasSize(1 + 2);
    }

    @Test
    void writesOnlyWhatChanged() {
        Stage stage = everyAggregate(Emit.CHANGES).compile();
        StageState state = stage.state().orElseThrow();
        input(0, 10).batches(10).forEach(batch -> stage.process(batch, new Collected()));
        state.flush(new Changelog());
        Changelog second = new Changelog();
        Changelog third = new Changelog();

        input(10, 11).batches(1).forEach(batch -> stage.process(batch, new Collected()));
        state.flush(second);
        state.flush(third);

        assertThat(second.entries).hasSize(1 + 2);
        assertThat(third.entries).isEmpty();
    }

    @Test
    void clearForgetsGroupsAndTime() {
        Stage stage = everyAggregate(Emit.FINAL).compile();
        StageState state = stage.state().orElseThrow();
        input(0, 30).batches(10).forEach(batch -> stage.process(batch, new Collected()));

        state.clear();

        assertThat(state.groups()).isZero();
        assertThat(stage.watermark()).isEqualTo(Long.MIN_VALUE);
        Collected again = new Collected();
        input(0, 21).batches(10).forEach(batch -> stage.process(batch, again));
        assertThat(again.values()).hasSize(5);
    }
}
