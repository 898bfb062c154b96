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
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepartitionTest {

    private static final long BASE = 1700002800000L;
    private static final List<Expression> COLUMNS = List.of(slot(0, Simple.ANY), slot(1, Simple.ANY));

    private static Stage source(int partition) {
        Plans plan = Plans.stage().field("k", Simple.ANY).field("v", Simple.ANY);
        return new StageCompiler()
                .compile(
                        new StagePlan(
                                "s-0",
                                plan.input(),
                                List.of(),
                                new StageOutput.Repartition(
                                        "r", COLUMNS.subList(0, 1), COLUMNS, Plans.layout(COLUMNS))),
                        new StageSettings(partition, 0, 0, false));
    }

    private static Stage totals(int upstreams, LateData lateData) {
        Plans plan = Plans.stage()
                .key(slot(0, Simple.ANY))
                .column("k", slot(0, Simple.ANY))
                .column("s", slot(1, Simple.ANY))
                .column("ws", slot(2, Simple.BIGINT));
        return new StageCompiler()
                .compile(
                        new StagePlan(
                                "s-1",
                                new StageInput.Repartition(
                                        "r", Plans.layout(COLUMNS), Duration.ofSeconds(30), lateData),
                                List.of(Plans.aggregateOperator(
                                        Emit.FINAL,
                                        COLUMNS.subList(0, 1),
                                        Optional.of(new Window.Tumbling(Duration.ofMinutes(1), Duration.ZERO)),
                                        call("SUM", Simple.ANY, COLUMNS.get(1)))),
                                plan.sink()),
                        new StageSettings(0, upstreams, 0, false));
    }

    private static Collected through(Stage stage, Records records, int batchSize) {
        Collected collected = new Collected();
        records.batches(batchSize).forEach(batch -> stage.process(batch, collected));
        return collected;
    }

    private static Records passed(Collected collected) {
        Records records = new Records();
        collected.into(records);
        return records;
    }

    @Test
    void aTaskThatIsSilentHoldsWindowsBack() {
        Stage first = source(0);
        Stage second = source(1);
        Stage totals = totals(2, LateData.DROP);

        Collected early = through(
                totals,
                passed(through(
                        first, new Records().json(BASE, "{'k':'a','v':1}").json(BASE + 90_000, "{'k':'b','v':1}"), 10)),
                10);
        Collected done = through(
                totals,
                passed(through(
                        second,
                        new Records().json(BASE, "{'k':'a','v':5}").json(BASE + 61_000, "{'k':'b','v':1}"),
                        10)),
                10);

        assertThat(early.values()).isEmpty();
        assertThat(done.values()).containsExactly("{'k':'a','s':6,'ws':1700002800000}");
    }

    @Test
    void anUpstreamNeverHeardOfHoldsNothingBackAfterTheIdleTimeout() {
        Stage totals = totals(2, LateData.DROP);
        Collected collected = through(
                totals,
                passed(through(
                        source(0),
                        new Records().json(BASE, "{'k':'a','v':1}").json(BASE + 90_000, "{'k':'b','v':1}"),
                        10)),
                10);

        totals.tick(29_999, collected);
        assertThat(collected.values()).isEmpty();
        totals.tick(30_000, collected);

        assertThat(collected.values()).containsExactly("{'k':'a','s':1,'ws':1700002800000}");
    }

    @Test
    void anIdleUpstreamSaysSo() {
        Stage first = source(0);
        Stage second = source(1);
        Stage totals = totals(2, LateData.DROP);
        Collected collected = through(
                totals,
                passed(through(
                        first, new Records().json(BASE, "{'k':'a','v':1}").json(BASE + 90_000, "{'k':'b','v':1}"), 10)),
                10);
        Collected ticks = new Collected();

        second.tick(30_000, ticks);
        assertThat(ticks.output.isBroadcast(0)).isTrue();
        passed(ticks).batches(10).forEach(batch -> totals.process(batch, collected));

        assertThat(collected.values()).containsExactly("{'k':'a','s':1,'ws':1700002800000}");
    }

    @Test
    void anUpstreamWhoseRecordsWaitIsNotIdle() {
        Stage waiting = source(1);
        Collected ticks = new Collected();

        waiting.tick(0, ticks);
        waiting.inputWaits("t");
        waiting.tick(40_000, ticks);
        assertThat(ticks.output.isEmpty()).isTrue();
        waiting.tick(69_999, ticks);
        assertThat(ticks.output.isEmpty()).isTrue();
        waiting.tick(70_000, ticks);

        assertThat(ticks.output.isBroadcast(0)).isTrue();
    }

    @Test
    void whenAllAreIdleTheLastWindowStaysOpen() {
        Stage first = source(0);
        Stage totals = totals(1, LateData.DROP);
        Collected collected =
                through(totals, passed(through(first, new Records().json(BASE + 59_000, "{'k':'a','v':1}"), 10)), 10);
        Collected ticks = new Collected();

        first.tick(1, ticks);
        first.tick(60_000, ticks);
        passed(ticks).batches(10).forEach(batch -> totals.process(batch, collected));

        assertThat(collected.values()).isEmpty();
        assertThat(totals.watermark()).isEqualTo(BASE + 59_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1000})
    void lateRowsAreTheSameWhateverTheBatches(int batchSize) {
        Records records = new Records()
                .json(BASE, "{'k':'a','v':1}")
                .json(BASE + 61_000, "{'k':'b','v':1}")
                .json(BASE + 30_000, "{'k':'a','v':100}")
                .json(BASE + 130_000, "{'k':'zz','v':0}");

        Collected collected =
                through(totals(1, LateData.UPDATE_PREVIOUS), passed(through(source(0), records, batchSize)), batchSize);

        assertThat(collected.values())
                .containsExactly(
                        "{'k':'a','s':1,'ws':1700002800000}",
                        "{'k':'a','s':101,'ws':1700002800000}",
                        "{'k':'b','s':1,'ws':1700002860000}");
    }

    @Test
    void aLateRowIsHandedOverAsTheRecordThatItWas() {
        Plans plan = Plans.stage().field("k", Simple.ANY).field("v", Simple.ANY).lateData(LateData.DEAD_LETTER);
        StageOutput.Repartition output =
                new StageOutput.Repartition("r", COLUMNS.subList(0, 1), COLUMNS, Plans.layout(COLUMNS));
        Stage first = new StageCompiler()
                .compile(new StagePlan("s-0", plan.input(), List.of(), output), new StageSettings(0, 0, 0, true));
        Records records = new Records()
                .json("K", BASE, "{'k':'a','v':1}")
                .json("K", BASE + 61_000, "{'k':'b','v':1}")
                .json("K", BASE + 30_000, "{'k':'a','v':100,'more':true}");

        Collected collected = through(totals(1, LateData.DEAD_LETTER), passed(through(first, records, 10)), 10);

        assertThat(collected.late).containsExactly("t-0@2 K {'k':'a','v':100,'more':true} at " + (BASE + 61_000));
        assertThat(collected.values()).containsExactly("{'k':'a','s':1,'ws':1700002800000}");
    }

    @Test
    void aRowThatFailsIsHandedOverAsJson() {
        Collected collected = through(
                totals(1, LateData.DROP),
                passed(through(source(0), new Records().json(BASE, "{'k':'a','v':'x','more':true}"), 10)),
                10);

        assertThat(collected.failures).containsExactly("0 TYPE_MISMATCH");
        assertThat(collected.failedValues).containsExactly("{'c0':'a','c1':'x'}");
    }

    @Test
    void equalKeysHaveEqualBytes() {
        Collected rows = through(
                source(0),
                new Records()
                        .json(BASE, "{'k':1,'v':1}")
                        .json(BASE, "{'k':1.0,'v':1}")
                        .json(BASE, "{'k':'1','v':1}"),
                10);

        assertThat(rows.keys().get(0))
                .isEqualTo(rows.keys().get(1))
                .isNotEqualTo(rows.keys().get(2));
    }
}
