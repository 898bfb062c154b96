package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.Expressions;
import io.velostream.engine.plan.physical.OverWindow.SortKey;
import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.tree.Select;
import java.util.List;

/** The keys of GROUP BY and ORDER BY, which may be places in the select list. */
final class SelectKeys {

    private final Problems problems;
    private final Select select;
    private final List<Expr.SortItem> orderBy;
    private final ExpressionAnalyser expressions;
    private final ExpressionSize sizes;

    SelectKeys(
            Problems problems,
            Select select,
            List<Expr.SortItem> orderBy,
            ExpressionAnalyser expressions,
            ExpressionSize sizes) {
        this.problems = problems;
        this.select = select;
        this.orderBy = orderBy;
        this.expressions = expressions;
        this.sizes = sizes;
    }

    /** The order of the rows. */
    List<SortKey> order(List<OutputColumn> columns) {
        SortKeys sortKeys = new SortKeys(problems);
        return orderBy.stream()
                .flatMap(item -> sortKeys.of(item, orderKey(item.expression(), columns)).stream())
                .toList();
    }

    private Expression orderKey(Expr key, List<OutputColumn> columns) {
        return key instanceof Expr.IntegerLiteral ordinal
                ? ordinal("ORDER BY", ordinal, columns)
                : sizes.check(key.location(), expressions.analyse(key));
    }

    /** What the rows are grouped by. */
    List<Expression> groupKeys(List<OutputColumn> columns) {
        return select.groupBy().map(Select.GroupBy::keys).orElse(List.of()).stream()
                .map(key -> key instanceof Expr.IntegerLiteral ordinal
                        ? ordinal("GROUP BY", ordinal, columns)
                        : groupKey(key))
                .filter(key -> key != Poison.EXPRESSION)
                .distinct()
                .toList();
    }

    private Expression groupKey(Expr key) {
        Expression expression = sizes.check(key.location(), expressions.analyse(key));
        if (ExprNames.hasAggregate(key) || usesGroup(expression)) {
            if (!ExprNames.hasAggregate(key)) {
                problems.add(
                        ProblemCode.MISPLACED_AGGREGATE,
                        key.location(),
                        "GROUP BY cannot depend on an aggregate or on the window",
                        "group by columns of the source");
            }
            return Poison.EXPRESSION;
        }
        return expression;
    }

    /** Whether the expression needs a group: an aggregate, or the bounds of a window. */
    static boolean usesGroup(Expression expression) {
        return expression instanceof Expression.Slot slot && GroupContext.isOfGroup(slot)
                || Expressions.children(expression).stream().anyMatch(SelectKeys::usesGroup);
    }

    private Expression ordinal(String clause, Expr.IntegerLiteral literal, List<OutputColumn> columns) {
        int place = literal.digits().length() > 4 ? 0 : Integer.parseInt(literal.digits());
        if (place < 1
                || place > columns.size()
                || columns.get(place - 1).expression().isEmpty()) {
            problems.add(
                    ProblemCode.UNKNOWN_COLUMN,
                    literal.location(),
                    clause + " " + literal.digits() + ": the select list has no such column",
                    "it has " + columns.size());
            return Poison.EXPRESSION;
        }
        return columns.get(place - 1).expression().get();
    }
}
