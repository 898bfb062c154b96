package io.velostream.engine.runtime.operator;

import static io.velostream.engine.runtime.operator.Plans.arithmetic;
import static io.velostream.engine.runtime.operator.Plans.call;
import static io.velostream.engine.runtime.operator.Plans.slot;
import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.plan.expression.ArithmeticOperator;
import io.velostream.engine.plan.physical.SourceSpec.LateData;
import io.velostream.engine.plan.physical.StageOperator.Emit;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AggregateStageTest {

    private static final long BASE = 1700002800000L;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final SqlType SUM_TYPE = new SqlType.Decimal(38, 0);

    private final Collected collected = new Collected();

    private void run(Plans plan, Records records, int batchSize) {
        Stage stage = plan.compile();
        records.batches(batchSize).forEach(batch -> stage.process(batch, collected));
    }

    /** SELECT k, COUNT(*) n, SUM(v) s GROUP BY k. */
    private static Plans totals(SqlType type, SqlType sum) {
        Plans plan = Plans.stage().field("k", Simple.ANY).field("v", type);
        return plan.aggregate(
                        Emit.CHANGES,
                        List.of(plan.slot(0)),
                        call("COUNT", Simple.BIGINT),
                        call("SUM", sum, plan.slot(1)))
                .column("k", slot(0, Simple.ANY))
                .column("n", slot(1, Simple.BIGINT))
                .column("s", slot(2, sum));
    }

    @Test
    void writesOneRowAnInput() {
        run(
                totals(Simple.BIGINT, SUM_TYPE),
                new Records()
                        .json(1, "{'k': 'a', 'v': 1}")
                        .json(2, "{'k': 'b', 'v': 2}")
                        .json(3, "{'k': 'a', 'v': 3}")
                        .json(4, "{'k': 'a'}"),
                100);

        assertThat(collected.values())
                .containsExactly(
                        "{'k':'a','n':1,'s':1}",
                        "{'k':'b','n':1,'s':2}",
                        "{'k':'a','n':2,'s':4}",
                        "{'k':'a','n':3,'s':4}");
    }

    @Test
    void groupsNullsTogetherAndApartFromEmptyText() {
        run(
                totals(Simple.ANY, Simple.ANY),
                new Records().json(1, "{'k': null, 'v': 1}").json(2, "{'v': 2}").json(3, "{'k': '', 'v': 3}"),
                100);

        assertThat(collected.values())
                .containsExactly("{'k':null,'n':1,'s':1}", "{'k':null,'n':2,'s':3}", "{'k':'','n':1,'s':3}");
    }

    @Test
    void equalNumbersAreOneGroupHoweverTheyAreWritten() {
        run(
                totals(Simple.ANY, Simple.ANY),
                new Records()
                        .json(1, "{'k': 1, 'v': 1}")
                        .json(2, "{'k': 1.0, 'v': 1}")
                        .json(3, "{'k': 10e-1, 'v': 1}")
                        .json(4, "{'k': '1', 'v': 1}"),
                100);

        assertThat(collected.values().getLast()).isEqualTo("{'k':'1','n':1,'s':1}");
        assertThat(collected.values().get(2)).isEqualTo("{'k':1,'n':3,'s':3}");
    }

    @Test
    void aSumOfIntegersNeverOverflows() {
        run(
                totals(Simple.BIGINT, SUM_TYPE),
                new Records()
                        .json(1, "{'k': 'a', 'v': 9223372036854775807}")
                        .json(2, "{'k': 'a', 'v': 9223372036854775807}")
                        .json(3, "{'k': 'a', 'v': 3}"),
                100);

        assertThat(collected.values().getLast()).isEqualTo("{'k':'a','n':3,'s':18446744073709551617}");
    }

    @Test
    void decimalsAreSummedExactly() {
        SqlType money = new SqlType.Decimal(10, 2);
        run(
                totals(money, new SqlType.Decimal(38, 2)),
                new Records().json(1, "{'k': 'a', 'v': 0.10}").json(2, "{'k': 'a', 'v': 0.2}"),
                100);

        assertThat(collected.values().getLast()).isEqualTo("{'k':'a','n':2,'s':0.30}");
    }

    @Test
    void aRecordThatFailsLeavesItsGroupAsItWas() {
        run(
                totals(Simple.ANY, Simple.ANY),
                new Records()
                        .json(1, "{'k': 'a', 'v': 1}")
                        .json(2, "{'k': 'a', 'v': 'x'}")
                        .json(3, "{'k': 'a', 'v': 2}"),
                100);

        assertThat(collected.failures).containsExactly("1 TYPE_MISMATCH");
        assertThat(collected.values()).containsExactly("{'k':'a','n':1,'s':1}", "{'k':'a','n':2,'s':3}");
    }

    @Test
    void aFailureBehindTheAggregateKeepsTheCount() {
        Plans plan = Plans.stage().field("v", Simple.BIGINT);
        plan.aggregate(Emit.CHANGES, List.of(), call("COUNT", Simple.BIGINT), call("MIN", Simple.BIGINT, plan.slot(0)))
                .column("n", slot(0, Simple.BIGINT))
                .column(
                        "r",
                        arithmetic(
                                slot(0, Simple.BIGINT),
                                ArithmeticOperator.MODULO,
                                slot(1, Simple.BIGINT),
                                Simple.BIGINT));

        run(plan, new Records().json(1, "{'v': 0}").json(2, "{'v': -2}"), 100);

        assertThat(collected.failures).containsExactly("0 DIVISION_BY_ZERO");
        assertThat(collected.values()).containsExactly("{'n':2,'r':0}");
    }

    private static Plans perMinute(Emit emit) {
        Plans plan = Plans.stage().field("k", Simple.ANY).field("v", Simple.ANY);
        return plan.tumbling(
                        MINUTE,
                        emit,
                        List.of(plan.slot(0)),
                        call("COUNT", Simple.BIGINT),
                        call("SUM", Simple.ANY, plan.slot(1)))
                .key(slot(0, Simple.ANY))
                .column("k", slot(0, Simple.ANY))
                .column("n", slot(1, Simple.BIGINT))
                .column("s", slot(2, Simple.ANY))
                .column("ws", slot(3, Simple.BIGINT));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1000})
    void aWindowWritesItsGroupsInTheirOrderWhenItCloses(int batchSize) {
        run(
                perMinute(Emit.FINAL),
                new Records()
                        .json(BASE + 1_000, "{'k': 'b', 'v': 1}")
                        .json(BASE + 2_000, "{'k': 'a', 'v': 2}")
                        .json(BASE + 3_000, "{'k': 'b', 'v': 3}")
                        .json(BASE + 60_000, "{'k': 'zz', 'v': 0}"),
                batchSize);

        assertThat(collected.values())
                .containsExactly(
                        "{'k':'b','n':2,'s':4,'ws':1700002800000}", "{'k':'a','n':1,'s':2,'ws':1700002800000}");
        assertThat(collected.keys()).containsExactly("b", "a");
        assertThat(collected.timestamps()).containsOnly(BASE + 59_999);
    }

    @Test
    void disorderHoldsAWindowOpen() {
        run(
                perMinute(Emit.FINAL).disorder(Duration.ofSeconds(5)),
                new Records()
                        .json(BASE, "{'k': 'a', 'v': 1}")
                        .json(BASE + 64_999, "{'k': 'b', 'v': 1}")
                        .json(BASE + 59_999, "{'k': 'a', 'v': 2}")
                        .json(BASE + 65_000, "{'k': 'b', 'v': 1}"),
                100);

        assertThat(collected.values()).containsExactly("{'k':'a','n':2,'s':3,'ws':1700002800000}");
    }

    private static Records withLateRecord() {
        return new Records()
                .json(BASE, "{'k': 'a', 'v': 1}")
                .json(BASE + 61_000, "{'k': 'b', 'v': 1}")
                .json(BASE + 30_000, "{'k': 'a', 'v': 100}")
                .json(BASE + 130_000, "{'k': 'zz', 'v': 0}");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1000})
    void dropsLateRecords(int batchSize) {
        run(perMinute(Emit.FINAL).lateData(LateData.DROP), withLateRecord(), batchSize);

        assertThat(collected.values())
                .containsExactly(
                        "{'k':'a','n':1,'s':1,'ws':1700002800000}", "{'k':'b','n':1,'s':1,'ws':1700002860000}");
    }

    @Test
    void sendsLateRecordsToTheDeadLetterTopic() {
        run(perMinute(Emit.FINAL).lateData(LateData.DEAD_LETTER), withLateRecord(), 100);

        assertThat(collected.late).containsExactly("t-0@2 null {'k': 'a', 'v': 100} at " + (BASE + 61_000));
        assertThat(collected.values()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1000})
    void countsLateRecordsInTheNextWindow(int batchSize) {
        run(perMinute(Emit.FINAL).lateData(LateData.INCLUDE_IN_NEXT_WINDOW), withLateRecord(), batchSize);

        assertThat(collected.values())
                .containsExactly(
                        "{'k':'a','n':1,'s':1,'ws':1700002800000}",
                        "{'k':'b','n':1,'s':1,'ws':1700002860000}",
                        "{'k':'a','n':1,'s':100,'ws':1700002860000}");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1000})
    void correctsThePreviousWindow(int batchSize) {
        run(perMinute(Emit.FINAL).lateData(LateData.UPDATE_PREVIOUS), withLateRecord(), batchSize);

        assertThat(collected.values())
                .containsExactly(
                        "{'k':'a','n':1,'s':1,'ws':1700002800000}",
                        "{'k':'a','n':2,'s':101,'ws':1700002800000}",
                        "{'k':'b','n':1,'s':1,'ws':1700002860000}");
    }

    @Test
    void aCorrectionOfAWindowThatHadNoGroupsIsWrittenOnce() {
        run(
                perMinute(Emit.FINAL).lateData(LateData.UPDATE_PREVIOUS),
                new Records()
                        .json(BASE + 61_000, "{'k': 'b', 'v': 1}")
                        .json(BASE + 30_000, "{'k': 'a', 'v': 100}")
                        .json(BASE + 130_000, "{'k': 'zz', 'v': 0}"),
                100);

        assertThat(collected.values())
                .containsExactly(
                        "{'k':'a','n':1,'s':100,'ws':1700002800000}", "{'k':'b','n':1,'s':1,'ws':1700002860000}");
    }

    @Test
    void changesOfAWindowAreWrittenAtOnceAndItsStateIsDroppedWhenItCloses() {
        Plans plan = perMinute(Emit.CHANGES);
        Stage stage = plan.compile();
        new Records()
                .json(BASE, "{'k': 'a', 'v': 1}")
                .json(BASE + 1, "{'k': 'a', 'v': 2}")
                .json(BASE + 61_000, "{'k': 'b', 'v': 1}")
                .batches(100)
                .forEach(batch -> stage.process(batch, collected));

        assertThat(collected.values())
                .containsExactly(
                        "{'k':'a','n':1,'s':1,'ws':1700002800000}",
                        "{'k':'a','n':2,'s':3,'ws':1700002800000}",
                        "{'k':'b','n':1,'s':1,'ws':1700002860000}");
        assertThat(stage.state().orElseThrow().groups()).isEqualTo(1);
    }

    @Test
    void aFilteredRecordAdvancesTime() {
        Plans plan = Plans.stage().field("k", Simple.STRING);
        plan.filter(Plans.compare(
                        plan.slot(0),
                        io.velostream.engine.plan.expression.ComparisonOperator.NOT_EQUAL,
                        Plans.literal("skip")))
                .tumbling(MINUTE, Emit.FINAL, List.of(plan.slot(0)), call("COUNT", Simple.BIGINT))
                .column("k", slot(0, Simple.STRING))
                .column("n", slot(1, Simple.BIGINT));

        run(plan, new Records().json(BASE, "{'k': 'a'}").json(BASE + 61_000, "{'k': 'skip'}"), 100);

        assertThat(collected.values()).containsExactly("{'k':'a','n':1}");
    }
}
