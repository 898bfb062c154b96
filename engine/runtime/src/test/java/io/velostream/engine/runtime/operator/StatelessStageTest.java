package io.velostream.engine.runtime.operator;

import static io.velostream.engine.runtime.operator.Plans.arithmetic;
import static io.velostream.engine.runtime.operator.Plans.compare;
import static io.velostream.engine.runtime.operator.Plans.literal;
import static io.velostream.engine.runtime.operator.Plans.slot;
import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.plan.expression.ArithmeticOperator;
import io.velostream.engine.plan.expression.ComparisonOperator;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import org.junit.jupiter.api.Test;

class StatelessStageTest {

    private final Collected collected = new Collected();

    private void run(Plans plan, Records records) {
        Stage stage = plan.compile();
        records.batches(100).forEach(batch -> stage.process(batch, collected));
    }

    @Test
    void keepsRowsForWhichThePredicateIsTrue() {
        Plans plan = Plans.stage().field("id", Simple.ANY).field("amount", Simple.ANY);
        plan.filter(compare(plan.slot(1), ComparisonOperator.GREATER, literal(15)))
                .column("id", plan.slot(0));

        run(
                plan,
                new Records()
                        .json(1, "{'id': 1, 'amount': 10}")
                        .json(2, "{'id': 2, 'amount': 20}")
                        .json(3, "{'id': 3}")
                        .json(4, "{'id': 4, 'amount': 15.5}"));

        assertThat(collected.values()).containsExactly("{'id':2}", "{'id':4}");
    }

    @Test
    void copiesUntouchedFieldsByteByByte() {
        Plans plan = Plans.stage().field("a", Simple.ANY).field("b", Simple.ANY);
        plan.column("x", plan.slot(0)).column("b", plan.slot(1));

        run(
                plan,
                new Records()
                        .json(1, "{'b': [1, {'c': 'é'}], 'a': 1.500e0}")
                        .json(2, "{'a': 'q\\u0041\\'', 'b': null}"));

        assertThat(collected.values())
                .containsExactly("{'x':1.500e0,'b':[1, {'c': 'é'}]}", "{'x':'q\\u0041\\'','b':null}");
    }

    @Test
    void computesWithEachKindOfNumber() {
        Plans plan = Plans.stage()
                .field("i", Simple.BIGINT)
                .field("d", Simple.DOUBLE)
                .field("m", new SqlType.Decimal(10, 2));
        plan.column("i", arithmetic(plan.slot(0), ArithmeticOperator.MULTIPLY, literal(3), Simple.BIGINT))
                .column("q", arithmetic(plan.slot(0), ArithmeticOperator.DIVIDE, literal(4), Simple.DOUBLE))
                .column("d", arithmetic(plan.slot(1), ArithmeticOperator.ADD, plan.slot(1), Simple.DOUBLE))
                .column(
                        "m",
                        arithmetic(plan.slot(2), ArithmeticOperator.ADD, plan.slot(2), new SqlType.Decimal(11, 2)));

        run(plan, new Records().json(1, "{'i': 10, 'd': 0.1, 'm': 12.5}").json(2, "{'m': '0.05'}"));

        assertThat(collected.values())
                .containsExactly("{'i':30,'q':2.5,'d':0.2,'m':25.00}", "{'i':null,'q':null,'d':null,'m':0.10}");
    }

    @Test
    void handsFailedRecordsToTheirOwnerAndGoesOn() {
        Plans plan = Plans.stage().field("a", Simple.BIGINT).field("b", Simple.BIGINT);
        plan.column("r", arithmetic(plan.slot(0), ArithmeticOperator.MODULO, plan.slot(1), Simple.BIGINT));

        run(
                plan,
                new Records()
                        .json(1, "{'a': 7, 'b': 0}")
                        .json(2, "{'a': 7, 'b': 4")
                        .json(3, "{'a': 'x', 'b': 4}")
                        .json(4, "[1]")
                        .json(null, 5, null)
                        .json(6, "{'a': -7, 'b': 4}"));

        assertThat(collected.failures)
                .containsExactly("0 DIVISION_BY_ZERO", "1 MALFORMED_JSON", "2 TYPE_MISMATCH", "3 MALFORMED_JSON");
        assertThat(collected.values()).containsExactly("{'r':-3}");
    }

    @Test
    void anOverflowFailsTheRecord() {
        Plans plan = Plans.stage().field("a", Simple.BIGINT);
        plan.column("r", arithmetic(plan.slot(0), ArithmeticOperator.ADD, literal(1), Simple.BIGINT));

        run(plan, new Records().json(1, "{'a': 9223372036854775807}").json(2, "{'a': 9223372036854775806}"));

        assertThat(collected.failures).containsExactly("0 NUMERIC_OVERFLOW");
        assertThat(collected.values()).containsExactly("{'r':9223372036854775807}");
    }

    @Test
    void starCopiesTheInputsMembers() {
        Plans plan = Plans.stage().field("n", Simple.ANY);
        plan.everyField()
                .column("twice", arithmetic(plan.slot(0), ArithmeticOperator.MULTIPLY, literal(2), Simple.ANY));

        run(plan, new Records().json(1, "{ 'n': 21, 'o': {'p': [ ] } }").json(2, "{ }"));

        assertThat(collected.values()).containsExactly("{ 'n': 21, 'o': {'p': [ ] },'twice':42}", "{'twice':null}");
    }

    @Test
    void matchesFieldsExactlyFirstAndThenIgnoringCase() {
        Plans plan = Plans.stage().field("amount", Simple.ANY).quotedField("Id", Simple.ANY);
        plan.column("amount", plan.slot(0)).column("id", plan.slot(1));

        run(
                plan,
                new Records()
                        .json(1, "{'Amount': 1, 'id': 1}")
                        .json(2, "{'Amount': 1, 'amount': 2, 'AMOUNT': 3, 'Id': 2}")
                        .json(3, "{'amount': 1, 'amount': 2, 'Id': 1, 'Id': null}")
                        .json(4, "{'am\\u006funt': 5}"));

        assertThat(collected.values())
                .containsExactly(
                        "{'amount':1,'id':null}",
                        "{'amount':2,'id':2}",
                        "{'amount':2,'id':null}",
                        "{'amount':5,'id':null}");
    }

    @Test
    void keysAreTextWithSeparatorsEscaped() {
        Plans plan = Plans.stage().field("a", Simple.ANY).field("b", Simple.ANY);
        plan.key(plan.slot(0), plan.slot(1)).column("a", plan.slot(0));

        run(
                plan,
                new Records()
                        .json(1, "{'a': 'US', 'b': 'AAPL'}")
                        .json(2, "{'a': 'x|y', 'b': 'z\\\\'}")
                        .json(3, "{'b': 1.5}"));

        assertThat(collected.keys()).containsExactly("US|AAPL", "x\\|y|z\\\\", "\\N|1.5");
    }

    @Test
    void aLoneKeyIsItsTextAndNullHasNone() {
        Plans plan = Plans.stage().field("a", Simple.ANY);
        plan.key(plan.slot(0)).column("a", plan.slot(0));

        run(plan, new Records().json(1, "{'a': 'x|y'}").json(2, "{}"));

        assertThat(collected.keys()).containsExactly("x|y", null);
    }

    @Test
    void aLoneNullKeyOfATableIsWritten() {
        Plans plan = Plans.stage().field("a", Simple.ANY);
        plan.tableKey(plan.slot(0)).column("a", plan.slot(0));

        run(plan, new Records().json(1, "{}"));

        assertThat(collected.keys()).containsExactly("\\N");
    }

    @Test
    void readsDeclaredKeyColumnsFromTheRecordKey() {
        Plans plan = Plans.stage().keyField("id", Simple.BIGINT).field("v", Simple.ANY);
        plan.passKey().column("id", plan.slot(0)).column("v", plan.slot(1));

        run(
                plan,
                new Records()
                        .json("42", 1, "{'v': 1}")
                        .json(null, 2, "{'v': 2}")
                        .json("x", 3, "{'v': 3}"));

        assertThat(collected.values()).containsExactly("{'id':42,'v':1}", "{'id':null,'v':2}");
        assertThat(collected.keys()).containsExactly("42", null);
        assertThat(collected.failures).containsExactly("2 TYPE_MISMATCH");
    }

    @Test
    void theRowsTimestampIsItsEventTimeUnlessComputed() {
        Plans plan = Plans.stage().field("ts", Simple.TIMESTAMP);
        plan.eventTime(0).column("ts", plan.slot(0));

        run(plan, new Records().json(7, "{'ts': '2023-11-14T23:00:00Z'}").json(8, "{'ts': 1700002800123}"));

        assertThat(collected.timestamps()).containsExactly(1700002800000L, 1700002800123L);
        assertThat(collected.values())
                .containsExactly("{'ts':'2023-11-14 23:00:00.000'}", "{'ts':'2023-11-14 23:00:00.123'}");
    }

    @Test
    void aRecordWithoutAUsableEventTimeFails() {
        Plans plan = Plans.stage().field("ts", Simple.ANY);
        plan.eventTime(0).column("ts", plan.slot(0));

        run(
                plan,
                new Records()
                        .json(1, "{}")
                        .json(2, "{'ts': 'soon'}")
                        .json(3, "{'ts': 1700002800000000}")
                        .json(4, "{'ts': true}")
                        .json(5, "{'ts': '2023-11-14T23:00:00Z'}"));

        assertThat(collected.failures).containsExactly("0 EVENT_TIME", "1 EVENT_TIME", "2 EVENT_TIME", "3 EVENT_TIME");
        assertThat(collected.timestamps()).containsExactly(1700002800000L);
    }

    @Test
    void aLimitStopsAfterSoManyRows() {
        Plans plan = Plans.stage().field("a", Simple.ANY);
        plan.limit(2).column("a", plan.slot(0));

        run(plan, new Records().json(1, "{'a':1}").json(2, "{'a':2}").json(3, "{'a':3}"));

        assertThat(collected.values()).containsExactly("{'a':1}", "{'a':2}");
    }

    @Test
    void aProjectedSlotKeepsItsBytes() {
        Plans plan = Plans.stage().field("a", Simple.ANY).field("b", Simple.ANY);
        plan.project(plan.slot(1), arithmetic(plan.slot(0), ArithmeticOperator.SUBTRACT, literal(1), Simple.ANY))
                .column("b", slot(0, Simple.ANY))
                .column("a", slot(1, Simple.ANY));

        run(plan, new Records().json(1, "{'a': 1, 'b': 1.10}"));

        assertThat(collected.values()).containsExactly("{'b':1.10,'a':0}");
    }
}
