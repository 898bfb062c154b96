package io.velostream.engine.runtime.operator;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.Expressions;
import io.velostream.engine.plan.expression.InnerSlots;
import io.velostream.engine.plan.physical.MetricSpec;
import io.velostream.engine.plan.physical.OverCall;
import io.velostream.engine.plan.physical.OverWindow;
import io.velostream.engine.plan.physical.SourceSpec;
import io.velostream.engine.plan.physical.StageInput;
import io.velostream.engine.plan.physical.StageOperator;
import io.velostream.engine.plan.physical.StageOutput;
import io.velostream.engine.plan.physical.StageOutput.KeySpec;
import io.velostream.engine.plan.physical.StageOutput.SinkColumn;
import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.plan.physical.SubqueryPlan;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Finds the slots of a stage's input whose value matters to somebody. The others are only copied to the output, so the
 * reader leaves them as the text that they are.
 */
final class SlotUse {

    private SlotUse() {}

    /** The input slots that are computed on. */
    static BitSet computed(StagePlan plan) {
        BitSet used = before(plan.operators(), plan.output());
        if (plan.input() instanceof StageInput.Topic topic) {
            topic.source().eventTime().slot().ifPresent(used::set);
            StageInput.FieldRead.slotOf(
                            topic.fields(), topic.source().watermark().punctuation())
                    .ifPresent(used::set);
        }
        return used;
    }

    private static BitSet before(List<StageOperator> operators, StageOutput output) {
        if (operators.isEmpty()) {
            return output(output);
        }
        List<StageOperator> rest = operators.subList(1, operators.size());
        BitSet used = new BitSet();
        switch (operators.getFirst()) {
            case StageOperator.Filter filter -> {
                used = before(rest, output);
                addSlots(filter.predicate(), used);
            }
            case StageOperator.Limit limit -> used = before(rest, output);
            case StageOperator.Additions additions -> used = before(rest, output);
            case StageOperator.Materialize table ->
                used.set(0, table.layout().columns().size());
            case StageOperator.TableJoin join ->
                used = joined(
                        before(rest, output),
                        join.layout().columns().size()
                                - join.table().layout().columns().size(),
                        join.keys(),
                        join.residual());
            case StageOperator.StreamJoin join ->
                used.set(
                        0,
                        join.layout().columns().size()
                                - join.right().layout().columns().size());
            case StageOperator.ChangeJoin join ->
                used.set(
                        0,
                        join.layout().columns().size()
                                - join.right().layout().columns().size());
            case StageOperator.ChangeAggregate aggregate -> used.set(0, maxSlot(aggregate) + 1);
            case StageOperator.Lookup lookup -> {
                int width =
                        lookup.layout().columns().size() - lookup.subqueries().size();
                used = joined(before(rest, output), width, List.of(), Optional.empty());
                for (SubqueryPlan subquery : lookup.subqueries()) {
                    addOuterSlots(subquery, used);
                }
            }
            case StageOperator.Project project -> {
                BitSet after = before(rest, output);
                for (int column = 0; column < project.columns().size(); column++) {
                    Expression expression = project.columns().get(column);
                    if (!(expression instanceof Expression.Slot) || after.get(column)) {
                        addSlots(expression, used);
                    }
                }
            }
            case StageOperator.Explode explode -> {
                used = before(rest, output);
                int width = explode.layout().columns().size() - explode.arrays().size();
                used.clear(width, Math.max(width, used.length()));
                for (Expression array : explode.arrays()) {
                    addSlots(array, used);
                }
            }
            case StageOperator.Aggregate aggregate -> {
                for (Expression key : aggregate.keys()) {
                    addSlots(key, used);
                }
                for (StageOperator.AggregateCall call : aggregate.aggregates()) {
                    for (Expression argument : call.arguments()) {
                        addSlots(argument, used);
                    }
                }
            }
            case StageOperator.Sort sort -> {
                used = before(rest, output);
                for (OverWindow.SortKey key : sort.orderBy()) {
                    addSlots(key.expression(), used);
                }
                used.set(0, sort.layout().columns().size());
            }
            case StageOperator.Over over -> {
                used = before(rest, output);
                used.clear(over.inputWidth(), over.layout().columns().size());
                for (Expression key : over.partitionBy()) {
                    addSlots(key, used);
                }
                for (OverWindow window : over.windows()) {
                    addSlots(window, used);
                }
            }
        }
        return used;
    }

    private static void addSlots(OverWindow window, BitSet used) {
        window.orderBy().forEach(key -> addSlots(key.expression(), used));
        for (OverCall call : window.calls()) {
            call.arguments().forEach(argument -> addSlots(argument, used));
            if (call instanceof OverCall.Offset offset) {
                offset.otherwise().ifPresent(otherwise -> addSlots(otherwise, used));
            }
        }
    }

    /** The left part of a joined row, whose slots are copied, and what the join itself computes on. */
    private static BitSet joined(BitSet after, int width, List<Expression> keys, Optional<Expression> residual) {
        BitSet used = new BitSet();
        residual.ifPresent(expression -> addSlots(expression, used));
        used.or(after);
        used.clear(width, Math.max(width, used.length()));
        keys.forEach(key -> addSlots(key, used));
        return used;
    }

    private static void addOuterSlots(SubqueryPlan subquery, BitSet used) {
        BitSet all = new BitSet();
        SubqueryEvaluator.outerExpressions(subquery).forEach(expression -> addOuterSlots(expression, all));
        used.or(all);
    }

    private static void addOuterSlots(Expression expression, BitSet used) {
        if (expression instanceof Expression.Slot slot && !InnerSlots.isInner(slot.index())) {
            used.set(slot.index());
        }
        Expressions.children(expression).forEach(child -> addOuterSlots(child, used));
    }

    private static int maxSlot(StageOperator.ChangeAggregate aggregate) {
        BitSet used = new BitSet();
        aggregate.keys().forEach(key -> addSlots(key, used));
        aggregate.aggregates().forEach(call -> call.arguments().forEach(argument -> addSlots(argument, used)));
        return used.length() - 1;
    }

    private static BitSet output(StageOutput output) {
        BitSet used = new BitSet();
        switch (output) {
            case StageOutput.Sink sink -> {
                for (SinkColumn column : sink.columns()) {
                    if (column instanceof SinkColumn.Named(String name, Expression value)
                            && (!(value instanceof Expression.Slot) || sink.format() != SourceSpec.Format.JSON)) {
                        addSlots(value, used);
                    }
                }
                if (sink.key() instanceof KeySpec.Columns key) {
                    key.values().forEach(value -> addSlots(value, used));
                }
                sink.timestamp().ifPresent(value -> addSlots(value, used));
                for (MetricSpec metric : sink.metrics()) {
                    metric.labels().forEach(label -> addSlots(label.value(), used));
                    metric.value().ifPresent(value -> addSlots(value, used));
                    metric.condition().ifPresent(value -> addSlots(value, used));
                }
            }
            case StageOutput.Repartition repartition -> {
                repartition.keys().forEach(key -> addSlots(key, used));
                repartition.columns().forEach(column -> addSlots(column, used));
            }
        }
        return used;
    }

    private static void addSlots(Expression expression, BitSet used) {
        if (expression instanceof Expression.Slot slot) {
            used.set(slot.index());
        }
        Expressions.children(expression).forEach(child -> addSlots(child, used));
    }
}
