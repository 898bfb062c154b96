package io.velostream.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.plan.expression.ArithmeticOperator;
import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.SystemColumnKind;
import io.velostream.engine.plan.physical.QueryPlan.QueryKind;
import io.velostream.engine.plan.physical.SourceSpec;
import io.velostream.engine.plan.physical.SourceSpec.Format;
import io.velostream.engine.plan.physical.StageInput;
import io.velostream.engine.plan.physical.StageInput.FieldRead;
import io.velostream.engine.plan.physical.StageOperator;
import io.velostream.engine.plan.physical.StageOutput;
import io.velostream.engine.plan.physical.StageOutput.KeySpec;
import io.velostream.engine.plan.physical.StageOutput.SinkColumn;
import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.plan.physical.UnitPlan;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SqlCompilerTest {

    private static final String ORDERS = """
            CREATE STREAM orders (id BIGINT, customer STRING, amount DECIMAL(10, 2), ts TIMESTAMP)
              WITH ('topic' = 'orders-v1', 'event.time.field' = 'ts', 'watermark.max_out_of_orderness' = '5s');
            """;

    @Test
    void filterAndProjectionOfADeclaredSource() {
        StagePlan stage = Compiled.stage(
                ORDERS + "CREATE STREAM big AS SELECT id, amount * 2 AS twice FROM orders WHERE amount > 10;");

        StageInput.Topic input = (StageInput.Topic) stage.input();
        assertThat(input.source().topic()).isEqualTo("orders-v1");
        assertThat(input.source().declared()).isTrue();
        assertThat(input.source().eventTime()).isEqualTo(new SourceSpec.EventTime(Optional.of(2), Optional.empty()));
        assertThat(input.source().watermark().maxOutOfOrderness()).isEqualTo(Duration.ofSeconds(5));
        assertThat(input.fields())
                .as("only what the plan needs is read")
                .containsExactly(
                        new FieldRead("id", Simple.BIGINT, false, false),
                        new FieldRead("amount", new SqlType.Decimal(10, 2), false, false),
                        new FieldRead("ts", Simple.TIMESTAMP, false, false));
        assertThat(stage.operators())
                .singleElement()
                .isInstanceOfSatisfying(
                        StageOperator.Filter.class,
                        filter -> assertThat(ExpressionText.of(filter.predicate()))
                                .isEqualTo("amount > 10"));
        StageOutput.Sink sink = (StageOutput.Sink) stage.output();
        assertThat(sink.topic()).isEqualTo("big");
        assertThat(sink.format()).isEqualTo(Format.JSON);
        assertThat(sink.columns())
                .map(column -> ((SinkColumn.Named) column).name())
                .containsExactly("id", "twice");
        assertThat(sink.key()).isEqualTo(new KeySpec.None());
    }

    @Test
    void everyFieldOfAnUndeclaredSource() {
        StagePlan stage = Compiled.stage("CREATE STREAM out AS SELECT *, amount * 2 AS dbl FROM t;");

        StageInput.Topic input = (StageInput.Topic) stage.input();
        assertThat(input.wholeValue()).isTrue();
        assertThat(input.fields()).containsExactly(new FieldRead("amount", Simple.ANY, false, false));
        assertThat(((StageOutput.Sink) stage.output()).columns())
                .containsExactly(
                        new SinkColumn.EveryField(),
                        new SinkColumn.Named(
                                "dbl",
                                new Expression.Arithmetic(
                                        ArithmeticOperator.MULTIPLY,
                                        new Expression.Slot(0, "amount", Simple.ANY),
                                        new Expression.Literal(2L, Simple.BIGINT),
                                        Simple.ANY)));
    }

    @Test
    void groupsThroughARepartitionThatCarriesKeysAndArguments() {
        List<StagePlan> stages = Compiled.query(ORDERS
                        + "CREATE TABLE totals AS SELECT customer, COUNT(*) AS n, SUM(amount) AS s FROM orders"
                        + " WHERE amount > 0 GROUP BY customer WINDOW TUMBLING(1m);")
                .stages();

        assertThat(stages).hasSize(2);
        StageOutput.Repartition shipped =
                (StageOutput.Repartition) stages.get(0).output();
        assertThat(shipped.columns()).map(ExpressionText::of).containsExactly("customer", "amount");
        assertThat(stages.get(1).input()).isEqualTo(new StageInput.Repartition(shipped.topic(), shipped.layout()));
        StageOperator.Aggregate aggregate =
                (StageOperator.Aggregate) stages.get(1).operators().getFirst();
        assertThat(aggregate.emit()).isEqualTo(StageOperator.Emit.FINAL);
        assertThat(aggregate.window())
                .contains(new StageOperator.Window.Tumbling(Duration.ofMinutes(1), Duration.ZERO));
        assertThat(aggregate.aggregates()).map(ExpressionText::of).containsExactly("COUNT(*)", "SUM(amount)");
        assertThat(aggregate.layout().columns())
                .map(column -> column.name() + " " + column.type())
                .containsExactly(
                        "customer STRING",
                        "count BIGINT",
                        "sum DECIMAL(38, 2)",
                        "_window_start BIGINT",
                        "_window_end BIGINT");
        assertThat(((StageOutput.Sink) stages.get(1).output()).key())
                .isEqualTo(new KeySpec.Columns(List.of(new Expression.Slot(0, "customer", Simple.STRING)), true));
    }

    @Test
    void groupsWithoutRepartitionWhereTheSourceIsKeyedSo() {
        StagePlan stage = Compiled.stage("CREATE STREAM s (customer STRING KEY, v BIGINT) WITH ('topic' = 's');"
                + "CREATE TABLE totals AS SELECT customer, SUM(v) AS s FROM s GROUP BY customer;");

        assertThat(stage.operators())
                .singleElement()
                .isInstanceOfSatisfying(
                        StageOperator.Aggregate.class,
                        aggregate -> assertThat(aggregate.emit()).isEqualTo(StageOperator.Emit.CHANGES));
    }

    @Test
    void primaryKeyIsTheRecordKeyAndBeatsGroupBy() {
        assertThat(Compiled.sink("CREATE STREAM out AS SELECT reg PRIMARY KEY, sym PRIMARY KEY, v FROM t;")
                        .key())
                .isEqualTo(new KeySpec.Columns(
                        List.of(new Expression.Slot(0, "reg", Simple.ANY), new Expression.Slot(1, "sym", Simple.ANY)),
                        false));
        assertThat(Compiled.sink(
                                "CREATE TABLE out AS SELECT sym PRIMARY KEY, reg, COUNT(*) AS n FROM t GROUP BY sym, reg;")
                        .key())
                .isEqualTo(new KeySpec.Columns(List.of(new Expression.Slot(0, "sym", Simple.ANY)), true));
    }

    @Test
    void eventTimeAliasSetsTheRecordsTimestampInsteadOfAColumn() {
        StageOutput.Sink sink = Compiled.sink("CREATE STREAM out AS SELECT v, et AS _EVENT_TIME FROM t;");

        assertThat(sink.columns()).hasSize(1);
        assertThat(sink.timestamp())
                .contains(new Expression.Cast(new Expression.Slot(1, "et", Simple.ANY), Simple.TIMESTAMP));
    }

    @Test
    void systemColumnsAreKnownIgnoringCase() {
        StageOutput.Sink sink = Compiled.sink("CREATE STREAM out AS SELECT _OFFSET AS off FROM t;");

        assertThat(sink.columns())
                .containsExactly(new SinkColumn.Named("off", new Expression.SystemColumn(SystemColumnKind.OFFSET)));
    }

    @Test
    void statementsRunBehindThoseWhoseResultsTheyRead() {
        List<UnitPlan> units = Compiled.plan("CREATE STREAM late AS SELECT id FROM early WHERE id > 1;"
                        + "CREATE STREAM early AS SELECT id FROM t;")
                .units();

        assertThat(units).map(UnitPlan::name).containsExactly("early", "late");
        assertThat(((StageInput.Topic) units.get(1)
                                .queries()
                                .getFirst()
                                .stages()
                                .getFirst()
                                .input())
                        .source()
                        .topic())
                .isEqualTo("early");
    }

    @Test
    void unionAllAndInsertWriteToOneSink() {
        List<UnitPlan> units = Compiled.plan("""
                        CREATE STREAM out AS SELECT id FROM a UNION ALL SELECT id FROM b;
                        INSERT INTO out SELECT id FROM c WHERE id > 5;
                        """).units();

        assertThat(units).hasSize(2);
        assertThat(units.get(0).queries()).hasSize(2);
        assertThat(units)
                .allSatisfy(unit -> assertThat(unit.queries())
                        .allSatisfy(query -> assertThat(((StageOutput.Sink)
                                                query.stages().getLast().output())
                                        .topic())
                                .isEqualTo("out")));
    }

    @Test
    void aTableIsAChangelogByKey() {
        assertThat(Compiled.query("CREATE TABLE out AS SELECT k, COUNT(*) AS n FROM t GROUP BY k;")
                        .kind())
                .isEqualTo(QueryKind.TABLE);
    }
}
