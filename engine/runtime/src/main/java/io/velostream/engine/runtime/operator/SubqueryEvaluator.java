package io.velostream.engine.runtime.operator;

import io.velostream.engine.plan.expression.ComparisonOperator;
import io.velostream.engine.plan.expression.EqualKeys;
import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.Expressions;
import io.velostream.engine.plan.expression.InnerSlots;
import io.velostream.engine.plan.physical.SubqueryPlan;
import io.velostream.engine.plan.physical.SubqueryTest;
import io.velostream.engine.runtime.expression.BooleanEvaluator;
import io.velostream.engine.runtime.expression.ExpressionCompiler;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.KeyedRows;
import io.velostream.engine.runtime.state.RowCodec;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Computes one subquery for a row: finds the rows of the table by the keys, keeps those that fulfil the predicate, groups
 * them where that is asked for, and puts the answer into a slot.
 *
 * <p>{@code IN} finds the value itself by its key, and then whether there is a NULL, which makes a miss unknown. A subquery
 * that does not depend on the row is computed once for each version of the table, and so is the value that decides
 * {@code < ANY} and its kin.
 */
final class SubqueryEvaluator {

    private final KeyedRows rows = new KeyedRows();
    private final RowKeys tableKeys;
    private final RowKeys probes;
    private final @Nullable RowKeys operandKey;
    private final RowKeys nullKey;
    private final @Nullable BooleanEvaluator predicate;
    /** What of the predicate needs the results of subqueries, which are computed only where the rest holds. */
    private final @Nullable BooleanEvaluator lastPredicate;

    private final SubqueryAnswer answer;
    private final @Nullable SubqueryGrouping grouping;
    private final @Nullable OrderedRows order;
    private final @Nullable ExtremeComparison extreme;
    private final List<SubqueryEvaluator> nestedOfRow = new ArrayList<>();
    private final List<SubqueryEvaluator> nestedOfGroup = new ArrayList<>();
    private final SlotPlaces places;
    private final Row both;
    private final int outerWidth;
    private final int innerWidth;
    private final int[] outerSlots;
    private final boolean constant;
    private final Row kept;
    private boolean isKept;
    private final GrowingBuffer key = new GrowingBuffer(64);
    private final ByteCursor cursor = new ByteCursor();

    /**
     * @param outside where the slots of the row outside lie, with the results of all subqueries
     */
    SubqueryEvaluator(SubqueryPlan plan, SlotPlaces outside, Origin origin) {
        this.outerWidth = outside.width();
        this.innerWidth = plan.table().layout().columns().size();
        this.places = outside.with(innerWidth, plan.nested().ofRow().size());
        SlotPlaces grouped = plan.groups()
                .map(groups -> outside.with(
                        groups.layout().columns().size(),
                        plan.nested().ofGroup().size()))
                .orElse(places);
        this.both = new Row(places.width() + 1, origin);
        this.probes = new RowKeys(plan.probes().stream().map(places::real).toList(), origin);
        this.nullKey = new RowKeys(List.of(new Expression.Literal(null, Simple.NULL)), origin);
        this.predicate = predicate(plan, false);
        this.lastPredicate = predicate(plan, true);
        plan.nested().ofRow().forEach(each -> nestedOfRow.add(new SubqueryEvaluator(each, places, origin)));
        plan.nested().ofGroup().forEach(each -> nestedOfGroup.add(new SubqueryEvaluator(each, grouped, origin)));
        List<Expression> keys = new ArrayList<>(plan.tableKeys());
        Expression.@Nullable Comparison membership = membership(plan);
        if (membership == null) {
            this.operandKey = null;
        } else {
            this.operandKey = new RowKeys(
                    List.of(places.real(EqualKeys.beside(
                            membership.left(), membership.right().type()))),
                    origin);
            keys.add(EqualKeys.beside(
                    InnerSlots.move(membership.right(), InnerSlots::local),
                    membership.left().type()));
        }
        this.tableKeys = new RowKeys(keys, origin);
        this.grouping = plan.groups()
                .map(groups -> new SubqueryGrouping(groups, places::real, grouped, nestedOfGroup, origin))
                .orElse(null);
        this.answer = SubqueryAnswer.of(plan.test(), grouped::real);
        this.order = plan.result()
                .order()
                .map(each -> new OrderedRows(each, grouped::real, grouped.width(), origin))
                .orElse(null);
        this.extreme = plan.test() instanceof SubqueryTest.Compare compare && isDecidedByExtreme(plan, compare)
                ? new ExtremeComparison(compare, places::real, places.width())
                : null;
        this.outerSlots = outerSlots(plan);
        this.constant = isLookedUpAlike(plan) && outerSlots.length == 0 && membership == null;
        this.kept = new Row(1, origin);
    }

    /**
     * What the table's side of a stage feeds.
     *
     * @param changed told after each change
     */
    TableSideStep side(StageContext context, Runnable changed) {
        return new TableSideStep(tableKeys, rows, context, operandKey != null, changed);
    }

    /** Forgets what was computed of the tables as they were. */
    void forget() {
        isKept = false;
    }

    /** The subqueries within, in the order in which the plan lists them. */
    List<SubqueryEvaluator> nested() {
        List<SubqueryEvaluator> all = new ArrayList<>(nestedOfRow);
        all.addAll(nestedOfGroup);
        return all;
    }

    KeyedRows rows() {
        return rows;
    }

    /** {@code x IN (SELECT y …)} by the key y, where y is a value of the table's row alone. */
    private Expression.@Nullable Comparison membership(SubqueryPlan plan) {
        return plan.test() instanceof SubqueryTest.Compare compare
                        && compare.operator() == ComparisonOperator.EQUAL
                        && !compare.all()
                        && plan.groups().isEmpty()
                        && plan.result().order().isEmpty()
                        && isOfTable(compare.value())
                ? new Expression.Comparison(compare.operator(), compare.operand(), compare.value())
                : null;
    }

    /** Whether every row outside finds the same rows of the table by their keys. */
    private static boolean isLookedUpAlike(SubqueryPlan plan) {
        return plan.probes().stream().allMatch(Expression.Literal.class::isInstance);
    }

    /** Whether an order is asked for, and nothing but what is compared depends on the row outside. */
    private boolean isDecidedByExtreme(SubqueryPlan plan, SubqueryTest.Compare compare) {
        return isLookedUpAlike(plan)
                && plan.groups().isEmpty()
                && plan.result().order().isEmpty()
                && plan.nested().all().isEmpty()
                && ExtremeComparison.decides(compare)
                && isOfTable(compare.value())
                && plan.predicate().map(this::isOfTable).orElse(true);
    }

    /** Whether the expression is computed on the table's row alone. */
    private boolean isOfTable(Expression expression) {
        boolean own =
                !(expression instanceof Expression.Slot slot) || InnerSlots.isColumn(slot.index(), places.depth());
        return own && Expressions.children(expression).stream().allMatch(this::isOfTable);
    }

    private @Nullable BooleanEvaluator predicate(SubqueryPlan plan, boolean withResults) {
        List<Expression> conjuncts = plan.predicate().stream()
                .flatMap(each -> each instanceof Expression.And and ? and.operands().stream() : Stream.of(each))
                .filter(each -> usesResults(each) == withResults)
                .map(places::real)
                .toList();
        return conjuncts.isEmpty() ? null : ExpressionCompiler.predicate(new Expression.And(conjuncts));
    }

    private boolean usesResults(Expression expression) {
        return expression instanceof Expression.Slot slot
                        && InnerSlots.depth(slot.index()) == places.depth()
                        && InnerSlots.local(slot.index()) >= InnerSlots.RESULTS
                || Expressions.children(expression).stream().anyMatch(this::usesResults);
    }

    private int[] outerSlots(SubqueryPlan plan) {
        BitSet used = new BitSet();
        innerExpressions(plan).forEach(each -> places.addOuter(each, used));
        return used.stream().toArray();
    }

    /** Every expression that may use the row outside. */
    static List<Expression> outerExpressions(SubqueryPlan plan) {
        List<Expression> all = innerExpressions(plan);
        all.addAll(plan.probes());
        return all;
    }

    /** Those of them that are computed on both rows; to the subqueries within, both are the row outside. */
    private static List<Expression> innerExpressions(SubqueryPlan plan) {
        List<Expression> all = new ArrayList<>();
        plan.predicate().ifPresent(all::add);
        switch (plan.test()) {
            case SubqueryTest.Exists _ -> {}
            case SubqueryTest.Scalar scalar -> all.add(scalar.value());
            case SubqueryTest.Compare compare -> {
                all.add(compare.operand());
                all.add(compare.value());
            }
        }
        plan.result().order().ifPresent(order -> order.keys().forEach(key -> all.add(key.expression())));
        plan.groups().ifPresent(groups -> {
            all.addAll(groups.keys());
            groups.calls().forEach(call -> all.addAll(call.arguments()));
            groups.having().ifPresent(all::add);
        });
        plan.nested().all().forEach(each -> all.addAll(outerExpressions(each)));
        return all;
    }

    /** Computes the subquery for the row and puts the result into one of its slots. */
    void evaluate(Row row, int slot) {
        if (constant) {
            if (!isKept) {
                compute(row, kept, 0);
                isKept = true;
            }
            row.copy(kept, 0, slot);
        } else {
            compute(row, row, slot);
        }
    }

    private void compute(Row row, Row target, int slot) {
        for (int outer : outerSlots) {
            both.copy(row, outer, outer);
        }
        key.clear();
        boolean qualifies = probes.write(row, key);
        if (operandKey != null) {
            int result = qualifies ? isMember(row, operandKey) : BooleanEvaluator.FALSE;
            SubqueryAnswer.store(result, target, slot);
            return;
        }
        if (extreme != null) {
            SubqueryAnswer.store(compare(extreme, qualifies), target, slot);
            return;
        }
        answer.begin();
        OrderedRows first = order;
        if (first != null) {
            first.begin();
        }
        SubqueryGrouping groups = grouping;
        if (groups != null) {
            groups.begin();
        }
        int match = qualifies ? rows.first(key.buffer(), 0, key.position()) : KeyedRows.NONE;
        boolean more = true;
        for (; match != KeyedRows.NONE && more; match = rows.next(match)) {
            if (fulfils(match)) {
                for (long times = rows.count(match); times > 0 && more; times--) {
                    more = take(groups, first);
                }
            }
        }
        if (groups != null) {
            groups.answer(both, outerSlots, first, answer);
        }
        if (first != null) {
            first.answer(answer);
        }
        answer.end(target, slot);
    }

    private boolean take(@Nullable SubqueryGrouping groups, @Nullable OrderedRows first) {
        if (groups != null) {
            groups.take(both);
        } else if (first != null) {
            first.take(both);
        } else {
            return answer.take(both);
        }
        return true;
    }

    private int compare(ExtremeComparison decisive, boolean qualifies) {
        if (!isKept) {
            decisive.begin();
            int match = qualifies ? rows.first(key.buffer(), 0, key.position()) : KeyedRows.NONE;
            for (; match != KeyedRows.NONE; match = rows.next(match)) {
                if (fulfils(match)) {
                    decisive.take(both);
                }
            }
            isKept = true;
        }
        return decisive.answer(both);
    }

    private boolean fulfils(int match) {
        rows.open(match, cursor);
        for (int inner = 0; inner < innerWidth; inner++) {
            RowCodec.decode(cursor, both, outerWidth + inner);
        }
        if (predicate != null && predicate.eval(both) != BooleanEvaluator.TRUE) {
            return false;
        }
        for (int i = 0; i < nestedOfRow.size(); i++) {
            nestedOfRow.get(i).evaluate(both, outerWidth + innerWidth + i);
        }
        return lastPredicate == null || lastPredicate.eval(both) == BooleanEvaluator.TRUE;
    }

    private int isMember(Row row, RowKeys operand) {
        int prefix = key.position();
        if (!operand.write(row, key)) {
            return anyBeginsWith(prefix) ? BooleanEvaluator.UNKNOWN : BooleanEvaluator.FALSE;
        }
        if (anyHas()) {
            return BooleanEvaluator.TRUE;
        }
        key.position(prefix);
        nullKey.write(row, key);
        return anyHas() ? BooleanEvaluator.UNKNOWN : BooleanEvaluator.FALSE;
    }

    private boolean anyHas() {
        for (int match = rows.first(key.buffer(), 0, key.position());
                match != KeyedRows.NONE;
                match = rows.next(match)) {
            if (fulfils(match)) {
                return true;
            }
        }
        return false;
    }

    private boolean anyBeginsWith(int prefix) {
        for (int match = 0; match < rows.size(); match++) {
            if (rows.isThere(match) && rows.keyBeginsWith(match, key.buffer(), 0, prefix) && fulfils(match)) {
                return true;
            }
        }
        return false;
    }
}
