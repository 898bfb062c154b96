package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.Expressions;
import io.velostream.engine.plan.logical.LogicalPlan;
import io.velostream.engine.plan.logical.rule.OverWindows;
import io.velostream.engine.plan.physical.OverCall;
import io.velostream.engine.plan.physical.OverWindow;
import io.velostream.engine.plan.physical.OverWindow.SortKey;
import io.velostream.engine.plan.physical.RowLayout;
import io.velostream.engine.plan.physical.StageOperator.AggregateCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The window functions of one SELECT, collected while its expressions are analysed. Until the row that they are computed
 * over is known, the result of each is a slot beyond every slot of the source and of the group.
 */
final class OverContext {

    private static final int FIRST = 1 << 22;
    private static final int END = 1 << 23;

    private final List<Placed> calls = new ArrayList<>();
    private final Map<Placed, Integer> known = new HashMap<>();
    private final Map<Integer, Integer> places = new LinkedHashMap<>();

    /**
     * What stands in the parentheses of OVER, but for the frame.
     *
     * @param whenFull whether rows are only written once the buffer is full
     */
    record Partition(
            List<Expression> partitionBy,
            List<SortKey> orderBy,
            Optional<Long> bufferRows,
            Optional<Duration> expireAfter,
            boolean whenFull) {
        Partition {
            partitionBy = List.copyOf(partitionBy);
            orderBy = List.copyOf(orderBy);
        }
    }

    private record Placed(Partition partition, OverCall call) {}

    /** The slot of a call; equal calls share one. */
    Expression.Slot slotOf(Partition partition, OverCall call) {
        Placed placed = new Placed(partition, call);
        int index = known.computeIfAbsent(placed, each -> {
            calls.add(each);
            return calls.size() - 1;
        });
        return new Expression.Slot(FIRST + index, call.name().toLowerCase(Locale.ROOT), call.type());
    }

    /** Changes the expressions of all calls. */
    void mapExpressions(UnaryOperator<Expression> change) {
        calls.replaceAll(placed -> {
            Partition partition = placed.partition();
            OverWindow window = new OverWindow(
                    partition.orderBy(),
                    partition.bufferRows(),
                    partition.expireAfter(),
                    partition.whenFull(),
                    true,
                    Optional.empty(),
                    List.of(placed.call()));
            OverWindow changed = OverWindows.map(List.of(window), change).getFirst();
            return new Placed(
                    new Partition(
                            partition.partitionBy().stream().map(change).toList(),
                            changed.orderBy(),
                            partition.bufferRows(),
                            partition.expireAfter(),
                            partition.whenFull()),
                    changed.calls().getFirst());
        });
        known.clear();
        for (int i = 0; i < calls.size(); i++) {
            known.putIfAbsent(calls.get(i), i);
        }
    }

    /** Whether the SELECT has window functions. */
    boolean isUsed() {
        return !calls.isEmpty();
    }

    static boolean isOfOver(Expression.Slot slot) {
        return slot.index() >= FIRST && slot.index() < END;
    }

    /** Puts all window functions on a plan whose row their expressions are over. */
    LogicalPlan over(LogicalPlan input) {
        return over(input, UnaryOperator.identity(), call -> true);
    }

    /** Puts those on a plan that are not over the rows of groups, and so come before grouping. */
    LogicalPlan overRows(LogicalPlan input, List<Expression> keys) {
        return over(input, UnaryOperator.identity(), call -> !isOverGroups(call, keys));
    }

    /**
     * Puts those on a plan that are over the rows of groups.
     *
     * @param toGroup expressions over the source's row → over the group's
     */
    LogicalPlan overGroups(LogicalPlan input, List<Expression> keys, UnaryOperator<Expression> toGroup) {
        return over(input, toGroup, call -> isOverGroups(call, keys));
    }

    /** Whether a call uses something that only groups have, or nothing but what is grouped by. */
    private static boolean isOverGroups(Placed placed, List<Expression> keys) {
        List<Expression> used = new ArrayList<>(placed.partition().partitionBy());
        placed.partition().orderBy().forEach(key -> used.add(key.expression()));
        used.addAll(placed.call().arguments());
        return used.stream().anyMatch(OverContext::usesGroup)
                || used.stream().allMatch(expression -> isGrouped(expression, keys));
    }

    private static boolean usesGroup(Expression expression) {
        return (expression instanceof Expression.Slot slot && GroupContext.isOfGroup(slot))
                || Expressions.children(expression).stream().anyMatch(OverContext::usesGroup);
    }

    private static boolean isGrouped(Expression expression, List<Expression> keys) {
        if (keys.contains(expression)) {
            return true;
        }
        boolean isColumn = expression instanceof Expression.Slot || expression instanceof Expression.SystemColumn;
        return !isColumn && Expressions.children(expression).stream().allMatch(child -> isGrouped(child, keys));
    }

    /** Puts window functions on a plan, those of each partitioning together. */
    private LogicalPlan over(LogicalPlan input, UnaryOperator<Expression> toRow, Predicate<Placed> wanted) {
        Map<List<Expression>, Map<Partition, List<Integer>>> grouped = new LinkedHashMap<>();
        for (int i = 0; i < calls.size(); i++) {
            if (!wanted.test(calls.get(i))) {
                continue;
            }
            Partition partition = calls.get(i).partition();
            grouped.computeIfAbsent(partition.partitionBy(), key -> new LinkedHashMap<>())
                    .computeIfAbsent(partition, key -> new ArrayList<>())
                    .add(i);
        }
        LogicalPlan plan = input;
        for (var entry : grouped.entrySet()) {
            plan = over(plan, entry.getKey(), entry.getValue(), toRow);
        }
        return plan;
    }

    private LogicalPlan over(
            LogicalPlan input,
            List<Expression> partitionBy,
            Map<Partition, List<Integer>> windows,
            UnaryOperator<Expression> toRow) {
        List<RowLayout.Column> layout = new ArrayList<>(input.layout().columns());
        List<OverWindow> planned = new ArrayList<>();
        windows.forEach((partition, indexes) -> {
            List<OverCall> functions = new ArrayList<>();
            for (int index : indexes) {
                OverCall call = calls.get(index).call();
                places.put(index, layout.size());
                layout.add(new RowLayout.Column(call.name().toLowerCase(Locale.ROOT), call.type()));
                functions.add(call);
            }
            planned.add(new OverWindow(
                    partition.orderBy(),
                    partition.bufferRows(),
                    partition.expireAfter(),
                    partition.whenFull(),
                    TimeOrder.is(partition.orderBy(), input),
                    Optional.empty(),
                    functions));
        });
        return new LogicalPlan.Over(
                input,
                partitionBy.stream().map(toRow).toList(),
                OverWindows.map(planned, toRow),
                new RowLayout(layout));
    }

    /** The expression with what functions before grouping gave for the last row of the group. */
    Expression lastOfGroup(Expression expression, GroupContext group) {
        return Expressions.rewrite(
                expression,
                each -> each instanceof Expression.Slot slot
                                && isOfOver(slot)
                                && places.containsKey(slot.index() - FIRST)
                        ? group.slotOf(new AggregateCall("LAST", false, List.of(inRow(slot)), slot.type()))
                        : each);
    }

    /** The expression with the results of the functions at their places in the row behind them. */
    Expression inRow(Expression expression) {
        return Expressions.rewrite(
                expression,
                each -> each instanceof Expression.Slot slot && isOfOver(slot)
                        ? new Expression.Slot(
                                Objects.requireNonNull(places.get(slot.index() - FIRST)), slot.name(), slot.type())
                        : each);
    }
}
