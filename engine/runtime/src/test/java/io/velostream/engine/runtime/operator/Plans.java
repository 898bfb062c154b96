package io.velostream.engine.runtime.operator;

import io.velostream.engine.plan.expression.ArithmeticOperator;
import io.velostream.engine.plan.expression.ComparisonOperator;
import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.RowLayout;
import io.velostream.engine.plan.physical.SourceSpec;
import io.velostream.engine.plan.physical.SourceSpec.Format;
import io.velostream.engine.plan.physical.SourceSpec.LateData;
import io.velostream.engine.plan.physical.StageInput;
import io.velostream.engine.plan.physical.StageInput.FieldRead;
import io.velostream.engine.plan.physical.StageOperator;
import io.velostream.engine.plan.physical.StageOperator.AggregateCall;
import io.velostream.engine.plan.physical.StageOperator.Emit;
import io.velostream.engine.plan.physical.StageOperator.Window;
import io.velostream.engine.plan.physical.StageOutput;
import io.velostream.engine.plan.physical.StageOutput.KeySpec;
import io.velostream.engine.plan.physical.StageOutput.SinkColumn;
import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.runtime.memory.MemoryBudget;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds plans as the planner would, for stages over one topic. */
final class Plans {

    private final List<FieldRead> fields = new ArrayList<>();
    private final List<StageOperator> operators = new ArrayList<>();
    private final List<SinkColumn> columns = new ArrayList<>();
    private Optional<Integer> timeSlot = Optional.empty();
    private Optional<String> timeFormat = Optional.empty();
    private Duration disorder = Duration.ZERO;
    private LateData lateData = LateData.DROP;
    private KeySpec key = new KeySpec.None();
    private Optional<Expression> timestamp = Optional.empty();
    private Format format = Format.JSON;
    private Format keyFormat = Format.TEXT;

    static Plans stage() {
        return new Plans();
    }

    Plans field(String name, SqlType type) {
        fields.add(new FieldRead(name, type, false, false));
        return this;
    }

    Plans quotedField(String name, SqlType type) {
        fields.add(new FieldRead(name, type, true, false));
        return this;
    }

    Plans keyField(String name, SqlType type) {
        fields.add(new FieldRead(name, type, false, true));
        return this;
    }

    Plans keyFormat(Format newFormat) {
        keyFormat = newFormat;
        return this;
    }

    Plans textValues() {
        format = Format.TEXT;
        return this;
    }

    Plans eventTime(int slot) {
        timeSlot = Optional.of(slot);
        return this;
    }

    Plans eventTime(int slot, String newFormat) {
        timeFormat = Optional.of(newFormat);
        return eventTime(slot);
    }

    Plans disorder(Duration newDisorder) {
        disorder = newDisorder;
        return this;
    }

    Plans lateData(LateData strategy) {
        lateData = strategy;
        return this;
    }

    Plans filter(Expression predicate) {
        operators.add(new StageOperator.Filter(predicate));
        return this;
    }

    Plans project(Expression... expressions) {
        operators.add(new StageOperator.Project(List.of(expressions), layout(List.of(expressions))));
        return this;
    }

    Plans limit(long rows) {
        operators.add(new StageOperator.Limit(rows));
        return this;
    }

    Plans aggregate(Emit emit, List<Expression> keys, AggregateCall... calls) {
        return aggregate(emit, keys, Optional.empty(), calls);
    }

    Plans tumbling(Duration size, Emit emit, List<Expression> keys, AggregateCall... calls) {
        return aggregate(emit, keys, Optional.of(new Window.Tumbling(size, Duration.ZERO)), calls);
    }

    Plans aggregate(Emit emit, List<Expression> keys, Optional<Window> window, AggregateCall... calls) {
        operators.add(aggregateOperator(emit, keys, window, calls));
        return this;
    }

    static StageOperator aggregateOperator(
            Emit emit, List<Expression> keys, Optional<Window> window, AggregateCall... calls) {
        List<RowLayout.Column> layout = new ArrayList<>(layout(keys).columns());
        for (AggregateCall call : calls) {
            layout.add(new RowLayout.Column(call.function(), call.type()));
        }
        if (window.isPresent()) {
            layout.add(new RowLayout.Column("_window_start", Simple.BIGINT));
            layout.add(new RowLayout.Column("_window_end", Simple.BIGINT));
        }
        return new StageOperator.Aggregate("store", keys, List.of(calls), window, emit, new RowLayout(layout));
    }

    static RowLayout layout(List<Expression> expressions) {
        return new RowLayout(expressions.stream()
                .map(expression -> new RowLayout.Column(
                        expression instanceof Expression.Slot slot ? slot.name() : "c", expression.type()))
                .toList());
    }

    Plans column(String name, Expression value) {
        columns.add(new SinkColumn.Named(name, value));
        return this;
    }

    Plans everyField() {
        columns.add(new SinkColumn.EveryField());
        return this;
    }

    Plans key(Expression... values) {
        key = new KeySpec.Columns(List.of(values), false);
        return this;
    }

    Plans tableKey(Expression... values) {
        key = new KeySpec.Columns(List.of(values), true);
        return this;
    }

    Plans passKey() {
        key = new KeySpec.Passthrough();
        return this;
    }

    Plans timestamp(Expression value) {
        timestamp = Optional.of(value);
        return this;
    }

    StagePlan plan() {
        return new StagePlan("s-0", input(), operators, sink());
    }

    StageInput.Topic input() {
        SourceSpec source = new SourceSpec(
                "t",
                "t",
                format,
                keyFormat,
                true,
                new SourceSpec.EventTime(timeSlot, timeFormat),
                new SourceSpec.Watermark(disorder, Duration.ofSeconds(30)),
                lateData,
                Map.of());
        return new StageInput.Topic(source, fields, false);
    }

    StageOutput.Sink sink() {
        return new StageOutput.Sink("out", "out", Format.JSON, columns, key, timestamp, Map.of());
    }

    Stage compile() {
        return compile(MemoryBudget.unlimited());
    }

    Stage compile(MemoryBudget budget) {
        return new StageCompiler(budget).compile(plan(), new StageSettings(0, 0, 0, true));
    }

    Expression slot(int index) {
        return slot(index, fields.get(index).type());
    }

    static Expression slot(int index, SqlType type) {
        return new Expression.Slot(index, "c" + index, type);
    }

    static Expression literal(long value) {
        return new Expression.Literal(value, Simple.BIGINT);
    }

    static Expression literal(String value) {
        return new Expression.Literal(value, Simple.STRING);
    }

    static Expression compare(Expression left, ComparisonOperator operator, Expression right) {
        return new Expression.Comparison(operator, left, right);
    }

    static Expression arithmetic(Expression left, ArithmeticOperator operator, Expression right, SqlType type) {
        return new Expression.Arithmetic(operator, left, right, type);
    }

    static AggregateCall call(String function, SqlType type, Expression... arguments) {
        return new AggregateCall(function, false, List.of(arguments), type);
    }
}
