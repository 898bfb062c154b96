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
    private final SubqueryAnswer answer;
    private final @Nullable SubqueryGrouping grouping;
    private final @Nullable ExtremeComparison extreme;
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
     * @param outerWidth slots of the row outside, with the results of all subqueries
     */
    SubqueryEvaluator(SubqueryPlan plan, int outerWidth, Origin origin) {
        this.outerWidth = outerWidth;
        this.innerWidth = plan.table().layout().columns().size();
        this.both = new Row(outerWidth + innerWidth + 1, origin);
        this.probes = new RowKeys(plan.probes(), origin);
        this.nullKey = new RowKeys(List.of(new Expression.Literal(null, Simple.NULL)), origin);
        this.predicate = plan.predicate()
                .map(each -> ExpressionCompiler.predicate(real(each)))
                .orElse(null);
        List<Expression> keys = new ArrayList<>(plan.tableKeys());
        Expression.@Nullable Comparison membership = membership(plan);
        if (membership == null) {
            this.operandKey = null;
        } else {
            this.operandKey = new RowKeys(
                    List.of(EqualKeys.beside(
                            membership.left(), membership.right().type())),
                    origin);
            keys.add(EqualKeys.beside(
                    InnerSlots.move(membership.right(), slot -> slot - InnerSlots.FIRST),
                    membership.left().type()));
        }
        this.tableKeys = new RowKeys(keys, origin);
        this.grouping = plan.groups()
                .map(groups -> new SubqueryGrouping(groups, this::real, outerWidth, origin))
                .orElse(null);
        this.answer = SubqueryAnswer.of(plan.test(), this::real);
        this.extreme = plan.test() instanceof SubqueryTest.Compare compare && isDecidedByExtreme(plan, compare)
                ? new ExtremeComparison(compare, this::real, outerWidth + innerWidth)
                : null;
        this.outerSlots = outerSlots(plan);
        this.constant = isLookedUpAlike(plan) && outerSlots.length == 0 && membership == null;
        this.kept = new Row(1, origin);
    }

    /** What the table's side of a stage feeds. */
    TableSideStep side(StageContext context) {
        return new TableSideStep(tableKeys, rows, context, operandKey != null, () -> isKept = false);
    }

    KeyedRows rows() {
        return rows;
    }

    private Expression real(Expression expression) {
        return InnerSlots.move(
                expression, slot -> InnerSlots.isInner(slot) ? outerWidth + slot - InnerSlots.FIRST : slot);
    }

    /** {@code x IN (SELECT y …)} by the key y, where y is a value of the table's row alone. */
    private static Expression.@Nullable Comparison membership(SubqueryPlan plan) {
        return plan.test() instanceof SubqueryTest.Compare compare
                        && compare.operator() == ComparisonOperator.EQUAL
                        && !compare.all()
                        && plan.groups().isEmpty()
                        && slots(compare.value()).nextSetBit(0) < 0
                ? new Expression.Comparison(compare.operator(), compare.operand(), compare.value())
                : null;
    }

    /** Whether every row outside finds the same rows of the table by their keys. */
    private static boolean isLookedUpAlike(SubqueryPlan plan) {
        return plan.probes().stream().allMatch(Expression.Literal.class::isInstance);
    }

    /** Whether an order is asked for, and nothing but what is compared depends on the row outside. */
    private static boolean isDecidedByExtreme(SubqueryPlan plan, SubqueryTest.Compare compare) {
        return isLookedUpAlike(plan)
                && plan.groups().isEmpty()
                && ExtremeComparison.decides(compare)
                && slots(compare.value()).isEmpty()
                && plan.predicate().map(each -> slots(each).isEmpty()).orElse(true);
    }

    /** The slots of the row outside that an expression uses. */
    private static BitSet slots(Expression expression) {
        BitSet slots = new BitSet();
        collect(expression, slots);
        return slots;
    }

    private static void collect(Expression expression, BitSet into) {
        if (expression instanceof Expression.Slot slot && !InnerSlots.isInner(slot.index())) {
            into.set(slot.index());
        }
        Expressions.children(expression).forEach(child -> collect(child, into));
    }

    private static int[] outerSlots(SubqueryPlan plan) {
        BitSet used = new BitSet();
        innerExpressions(plan).forEach(each -> collect(each, used));
        return used.stream().toArray();
    }

    /** Every expression that may use the row outside. */
    static List<Expression> outerExpressions(SubqueryPlan plan) {
        List<Expression> all = innerExpressions(plan);
        all.addAll(plan.probes());
        return all;
    }

    /** Those of them that are computed on both rows. */
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
        plan.groups().ifPresent(groups -> {
            all.addAll(groups.keys());
            groups.calls().forEach(call -> all.addAll(call.arguments()));
            groups.having().ifPresent(all::add);
        });
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
        SubqueryGrouping groups = grouping;
        if (groups != null) {
            groups.begin();
        }
        int match = qualifies ? rows.first(key.buffer(), 0, key.position()) : KeyedRows.NONE;
        boolean more = true;
        for (; match != KeyedRows.NONE && more; match = rows.next(match)) {
            if (fulfils(match)) {
                for (long times = rows.count(match); times > 0 && more; times--) {
                    if (groups == null) {
                        more = answer.take(both);
                    } else {
                        groups.take(both);
                    }
                }
            }
        }
        if (groups != null) {
            groups.answer(both, outerSlots, answer);
        }
        answer.end(target, slot);
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
        return predicate == null || predicate.eval(both) == BooleanEvaluator.TRUE;
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
