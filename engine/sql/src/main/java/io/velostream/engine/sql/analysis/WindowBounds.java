package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.ArithmeticOperator;
import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.type.Coercions;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.Set;

/**
 * {@code TUMBLE_START(ts, INTERVAL …)} and its kin: in a query with WINDOW the bounds of its window, elsewhere those of
 * the tumbling window that the moment falls into.
 */
final class WindowBounds {

    private static final Set<String> NAMES =
            Set.of("TUMBLE_START", "TUMBLE_END", "HOP_START", "HOP_END", "SESSION_START", "SESSION_END");

    private final Problems problems;
    private final ExpressionAnalyser expressions;
    private final GroupContext group;

    WindowBounds(Problems problems, ExpressionAnalyser expressions, GroupContext group) {
        this.problems = problems;
        this.expressions = expressions;
        this.group = group;
    }

    static boolean isBound(String name) {
        return NAMES.contains(name);
    }

    Expression analyse(Expr.Call call, String name) {
        boolean start = name.endsWith("_START");
        if (group.isWindowed()) {
            return new Expression.Cast(group.windowBound(start), Simple.TIMESTAMP);
        }
        if (!name.startsWith("TUMBLE")
                || call.arguments().size() != 2
                || !(call.arguments().get(1) instanceof Expr.IntervalLiteral interval)
                || interval.value().toMillis() < 1) {
            problems.add(
                    ProblemCode.NO_OVERLOAD,
                    call.location(),
                    name
                            + (name.startsWith("TUMBLE")
                                    ? " needs a moment and an interval"
                                    : " needs a query with WINDOW"),
                    name.startsWith("TUMBLE") ? name + "(ts, INTERVAL '1' MINUTE)" : "add WINDOW and GROUP BY");
            return Poison.EXPRESSION;
        }
        Expression moment = expressions.analyse(call.arguments().getFirst());
        if (moment == Poison.EXPRESSION) {
            return moment;
        }
        if (!Coercions.implicit(moment.type(), Simple.TIMESTAMP)) {
            problems.add(
                    ProblemCode.TYPE_MISMATCH,
                    call.arguments().getFirst().location(),
                    name + " needs a TIMESTAMP, but here is a " + moment.type(),
                    "convert it with CAST(… AS TIMESTAMP)");
            return Poison.EXPRESSION;
        }
        return bound(moment, interval.value().toMillis(), start);
    }

    /** moment − (moment mod size + size) mod size, so that it is right before 1970 too. */
    private static Expression bound(Expression moment, long size, boolean start) {
        Expression millis = new Expression.Cast(Operators.convert(moment, Simple.TIMESTAMP), Simple.BIGINT);
        Expression length = new Expression.Literal(size, Simple.BIGINT);
        Expression within = number(
                ArithmeticOperator.MODULO,
                number(ArithmeticOperator.ADD, number(ArithmeticOperator.MODULO, millis, length), length),
                length);
        Expression begin = number(ArithmeticOperator.SUBTRACT, millis, within);
        Expression result = start ? begin : number(ArithmeticOperator.ADD, begin, length);
        return new Expression.Cast(result, Simple.TIMESTAMP);
    }

    private static Expression number(ArithmeticOperator operator, Expression left, Expression right) {
        return new Expression.Arithmetic(operator, left, right, Simple.BIGINT);
    }
}
