package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.ArithmeticOperator;
import io.velostream.engine.plan.expression.ComparisonOperator;
import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.sql.tree.Dialect;
import io.velostream.engine.sql.tree.Expr.BinaryOperator;
import io.velostream.engine.sql.tree.Location;
import io.velostream.engine.sql.type.Coercions;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import io.velostream.engine.sql.type.TemporalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Types of operators: which operands they take, what they are converted to, what comes out. */
final class Operators {

    private final Problems problems;
    private final Dialect dialect;

    Operators(Problems problems) {
        this(problems, Dialect.VELOSTREAM);
    }

    Operators(Problems problems, Dialect dialect) {
        this.problems = problems;
        this.dialect = dialect;
    }

    /** Converts where the type differs; a literal is converted at once where that is exact. */
    static Expression convert(Expression expression, SqlType type) {
        if (expression.type().equals(type) || type == Simple.ANY || type == Simple.NULL) {
            return expression;
        }
        if (expression instanceof Expression.Literal literal) {
            return Literals.convert(literal, type).orElseGet(() -> new Expression.Cast(expression, type));
        }
        return new Expression.Cast(expression, type);
    }

    /** A decimal literal beside a column whose type is unknown is taken as DOUBLE, which JSON fractions are. */
    private static Expression besideAny(Expression expression, Expression other) {
        return other.type() == Simple.ANY
                        && expression instanceof Expression.Literal literal
                        && literal.type() instanceof SqlType.Decimal
                ? convert(literal, Simple.DOUBLE)
                : expression;
    }

    Expression arithmetic(Location location, BinaryOperator operator, Expression left, Expression right) {
        if (operator == BinaryOperator.CONCAT) {
            return concat(location, left, right);
        }
        ArithmeticOperator symbol = ArithmeticOperator.valueOf(operator.name());
        if (Coercions.isTemporal(left.type())
                || Coercions.isTemporal(right.type())
                || left.type() == Simple.INTERVAL
                || right.type() == Simple.INTERVAL) {
            return temporal(location, symbol, left, right);
        }
        Expression a = besideAny(left, right);
        Expression b = besideAny(right, left);
        if (!isNumber(a.type()) || !isNumber(b.type())) {
            problems.add(
                    ProblemCode.TYPE_MISMATCH,
                    location,
                    "`" + symbol.symbol() + "` needs numbers, but here are " + left.type() + " and " + right.type(),
                    left.type() == Simple.STRING || right.type() == Simple.STRING
                            ? "convert text with CAST(… AS DOUBLE), or join texts with ||"
                            : "convert with CAST");
            return Poison.EXPRESSION;
        }
        return numeric(symbol, a, b);
    }

    private Expression numeric(ArithmeticOperator symbol, Expression left, Expression right) {
        if (left.type() == Simple.NULL || right.type() == Simple.NULL) {
            SqlType other = left.type() == Simple.NULL ? right.type() : left.type();
            return new Expression.Literal(null, other);
        }
        if (left.type() == Simple.ANY || right.type() == Simple.ANY) {
            return new Expression.Arithmetic(symbol, left, right, Simple.ANY);
        }
        SqlType type = switch (symbol) {
            case ADD, SUBTRACT -> Coercions.sum(left.type(), right.type());
            case MULTIPLY -> Coercions.product(left.type(), right.type());
            case DIVIDE ->
                dialect == Dialect.KSQLDB && left.type() == Simple.BIGINT && right.type() == Simple.BIGINT
                        ? Simple.BIGINT
                        : Coercions.quotient(left.type(), right.type());
            case MODULO -> Coercions.common(left.type(), right.type()).orElseThrow();
        };
        SqlType operands = Coercions.common(left.type(), right.type()).orElseThrow();
        if (operands instanceof SqlType.Decimal && symbol != ArithmeticOperator.MODULO) {
            return new Expression.Arithmetic(symbol, exact(left), exact(right), type);
        }
        return new Expression.Arithmetic(symbol, convert(left, operands), convert(right, operands), type);
    }

    /** Decimals of different scales are operands of one kind; only a BIGINT is converted. */
    private static Expression exact(Expression expression) {
        return convert(expression, Coercions.asDecimal(expression.type()));
    }

    private static boolean isNumber(SqlType type) {
        return type.isNumeric() || type == Simple.ANY || type == Simple.NULL;
    }

    private Expression concat(Location location, Expression left, Expression right) {
        for (Expression side : List.of(left, right)) {
            if (side.type() == Simple.BYTES || !Coercions.castable(side.type(), Simple.STRING)) {
                problems.add(ProblemCode.TYPE_MISMATCH, location, "`||` joins texts, but here is a " + side.type());
                return Poison.EXPRESSION;
            }
        }
        return new Expression.Concat(convert(left, Simple.STRING), convert(right, Simple.STRING));
    }

    /** Points in time and intervals; a BIGINT beside an interval counts milliseconds. */
    private Expression temporal(Location location, ArithmeticOperator symbol, Expression left, Expression right) {
        Optional<SqlType> type = temporalType(symbol, left.type(), right.type());
        if (type.isEmpty()) {
            problems.add(
                    ProblemCode.TYPE_MISMATCH,
                    location,
                    "`" + symbol.symbol() + "` does not go with " + left.type() + " and " + right.type(),
                    "a TIMESTAMP ± an INTERVAL, or a TIMESTAMP − a TIMESTAMP");
            return Poison.EXPRESSION;
        }
        Expression a = left.type() == Simple.DATE ? convert(left, Simple.TIMESTAMP) : left;
        Expression b = right.type() == Simple.DATE ? convert(right, Simple.TIMESTAMP) : right;
        return new Expression.Arithmetic(symbol, a, b, type.get());
    }

    private static Optional<SqlType> temporalType(ArithmeticOperator symbol, SqlType left, SqlType right) {
        boolean additive = symbol == ArithmeticOperator.ADD || symbol == ArithmeticOperator.SUBTRACT;
        if (right == Simple.INTERVAL && additive) {
            return switch (left) {
                case Simple simple
                when simple == Simple.DATE || simple == Simple.TIMESTAMP -> Optional.of(Simple.TIMESTAMP);
                case Simple simple
                when simple == Simple.TIME
                        || simple == Simple.INTERVAL
                        || simple == Simple.BIGINT
                        || simple == Simple.ANY -> Optional.of(simple);
                default -> Optional.empty();
            };
        }
        if (left == Simple.INTERVAL && symbol == ArithmeticOperator.ADD) {
            return temporalType(symbol, right, left);
        }
        if (left == Simple.INTERVAL && right == Simple.BIGINT && !additive) {
            return symbol == ArithmeticOperator.MODULO ? Optional.empty() : Optional.of(Simple.INTERVAL);
        }
        if (left == Simple.BIGINT && right == Simple.INTERVAL && symbol == ArithmeticOperator.MULTIPLY) {
            return Optional.of(Simple.INTERVAL);
        }
        boolean instants = Coercions.implicit(left, Simple.TIMESTAMP) && Coercions.implicit(right, Simple.TIMESTAMP);
        return symbol == ArithmeticOperator.SUBTRACT && instants ? Optional.of(Simple.INTERVAL) : Optional.empty();
    }

    Expression compare(Location location, String operator, Expression left, Expression right) {
        ComparisonOperator symbol = comparison(operator);
        // Exact numbers compare whatever their scales, so a column is not converted for each row.
        List<Expression> sides = isExactPair(left.type(), right.type())
                ? List.of(exact(left), exact(right))
                : toCommon(location, "`" + operator + "` compares", List.of(left, right));
        if (sides.isEmpty()) {
            return Poison.EXPRESSION;
        }
        boolean equality = symbol == ComparisonOperator.EQUAL || symbol == ComparisonOperator.NOT_EQUAL;
        if (!equality && !Coercions.ordered(sides.getFirst().type())) {
            problems.add(
                    ProblemCode.TYPE_MISMATCH,
                    location,
                    "values of type " + sides.getFirst().type() + " have no order",
                    "compare one of their fields or elements");
            return Poison.EXPRESSION;
        }
        return new Expression.Comparison(symbol, sides.get(0), sides.get(1));
    }

    private static boolean isExactPair(SqlType left, SqlType right) {
        boolean exact = left instanceof SqlType.Decimal || right instanceof SqlType.Decimal;
        boolean others = left == Simple.BIGINT || right == Simple.BIGINT;
        return exact && (others || left instanceof SqlType.Decimal && right instanceof SqlType.Decimal);
    }

    private static ComparisonOperator comparison(String operator) {
        for (ComparisonOperator each : ComparisonOperator.values()) {
            if (each.symbol().equals(operator)) {
                return each;
            }
        }
        throw new IllegalArgumentException("no comparison " + operator);
    }

    /** All converted to their common type; an empty list, and a problem, when they have none. */
    List<Expression> toCommon(Location location, String what, List<Expression> expressions) {
        List<Expression> adjusted = textAsOther(besideAny(expressions));
        Optional<SqlType> common = Optional.of(Simple.NULL);
        for (Expression expression : adjusted) {
            Optional<SqlType> next = common.flatMap(sofar -> Coercions.common(sofar, expression.type()));
            if (next.isEmpty()) {
                problems.add(
                        ProblemCode.TYPE_MISMATCH,
                        location,
                        what + " a " + common.orElseThrow() + " with a " + expression.type(),
                        "convert one side with CAST");
                return List.of();
            }
            common = next;
        }
        SqlType type = common.orElseThrow();
        return adjusted.stream().map(each -> convert(each, type)).toList();
    }

    private static List<Expression> besideAny(List<Expression> expressions) {
        Optional<Expression> any =
                expressions.stream().filter(each -> each.type() == Simple.ANY).findFirst();
        return any.map(unknown -> expressions.stream()
                        .map(each -> besideAny(each, unknown))
                        .toList())
                .orElse(expressions);
    }

    /** A text literal beside a date, a time or an exact number is read as such. */
    private static List<Expression> textAsOther(List<Expression> expressions) {
        Optional<SqlType> wanted = expressions.stream()
                .map(Expression::type)
                .filter(type -> Coercions.isTemporal(type))
                .findFirst();
        if (wanted.isEmpty()) {
            return expressions;
        }
        List<Expression> result = new ArrayList<>();
        for (Expression each : expressions) {
            boolean readable = each instanceof Expression.Literal literal
                    && literal.value() instanceof String text
                    && TemporalText.parse(text, wanted.get()).isPresent();
            result.add(readable ? convert(each, wanted.get()) : each);
        }
        return result;
    }

    /** A condition must be a BOOLEAN; ANY is decided by the value. */
    Expression condition(Location location, String where, Expression expression) {
        SqlType type = expression.type();
        if (type == Simple.BOOLEAN) {
            return expression;
        }
        if (type == Simple.ANY || type == Simple.NULL) {
            return expression instanceof Expression.Literal
                    ? new Expression.Literal(null, Simple.BOOLEAN)
                    : new Expression.Cast(expression, Simple.BOOLEAN);
        }
        problems.add(
                ProblemCode.NOT_BOOLEAN,
                location,
                where + " needs a condition, but this is a " + type,
                type.isNumeric() ? "compare it, as in … <> 0" : "compare it with a value");
        return new Expression.Literal(null, Simple.BOOLEAN);
    }
}
