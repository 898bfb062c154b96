package io.velostream.engine.plan.logical.rule;

import io.velostream.engine.plan.expression.ArithmeticOperator;
import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.Expression.Literal;
import io.velostream.engine.plan.expression.Expressions;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Decimal;
import io.velostream.engine.sql.type.SqlType.Simple;
import io.velostream.engine.sql.type.TemporalText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/** The values of operators on literals. Empty where the value is left to the runtime, failures among them. */
final class Constants {

    private Constants() {}

    static Optional<Literal> evaluate(Expression node) {
        List<Expression> operands = Expressions.children(node);
        if (operands.isEmpty() || !operands.stream().allMatch(Literal.class::isInstance)) {
            return Optional.empty();
        }
        try {
            return switch (node) {
                case Expression.IsNull _ -> Optional.of(bool(first(operands).value() == null));
                case Expression.Not _ -> Optional.of(not(first(operands)));
                case Expression.Negate negate -> negate(first(operands), negate.type());
                case Expression.Arithmetic arithmetic ->
                    binary(operands, arithmetic.type(), (a, b) -> arithmetic(arithmetic, a, b));
                case Expression.Comparison comparison ->
                    binary(operands, Simple.BOOLEAN, (a, b) -> compare(comparison, a, b));
                case Expression.Concat _ -> binary(operands, Simple.STRING, (a, b) -> Optional.of(a.toString() + b));
                case Expression.Cast cast -> cast(first(operands), cast.type());
                default -> Optional.empty();
            };
        } catch (ArithmeticException failsForEveryRecord) {
            return Optional.empty();
        }
    }

    private interface Operation {
        Optional<? extends Object> apply(Object left, Object right);
    }

    private static Literal first(List<Expression> operands) {
        return (Literal) operands.getFirst();
    }

    private static Literal bool(boolean value) {
        return new Literal(value, Simple.BOOLEAN);
    }

    private static Literal not(Literal operand) {
        return operand.value() instanceof Boolean value ? bool(!value) : new Literal(null, Simple.BOOLEAN);
    }

    private static Optional<Literal> binary(List<Expression> operands, SqlType type, Operation operation) {
        Object left = first(operands).value();
        Object right = ((Literal) operands.get(1)).value();
        if (left == null || right == null) {
            return Optional.of(new Literal(null, type));
        }
        return operation.apply(left, right).map(value -> new Literal(value, type));
    }

    private static Optional<Literal> negate(Literal operand, SqlType type) {
        return switch (operand.value()) {
            case Long number -> Optional.of(new Literal(Math.negateExact(number), type));
            case Double number -> Optional.of(new Literal(-number, type));
            case BigDecimal number -> Optional.of(new Literal(number.negate(), type));
            case null -> Optional.of(new Literal(null, type));
            default -> Optional.empty();
        };
    }

    private static Optional<? extends Object> arithmetic(Expression.Arithmetic node, Object left, Object right) {
        if (left instanceof Double a && right instanceof Double b) {
            return floating(node.operator(), a, b);
        }
        if (left instanceof BigDecimal a && right instanceof BigDecimal b && node.type() instanceof Decimal exact) {
            return exact(node.operator(), a, b, exact);
        }
        if (left instanceof Long a && right instanceof Long b) {
            return node.operator() == ArithmeticOperator.DIVIDE
                    ? node.type() == Simple.DOUBLE ? floating(node.operator(), a, b) : Optional.empty()
                    : Optional.of(whole(node.operator(), a, b));
        }
        return Optional.empty();
    }

    private static long whole(ArithmeticOperator operator, long left, long right) {
        return switch (operator) {
            case ADD -> Math.addExact(left, right);
            case SUBTRACT -> Math.subtractExact(left, right);
            case MULTIPLY -> Math.multiplyExact(left, right);
            case MODULO -> left % right;
            case DIVIDE -> throw new IllegalArgumentException("whole numbers divide to fractions");
        };
    }

    private static Optional<Double> floating(ArithmeticOperator operator, double left, double right) {
        if (right == 0 && (operator == ArithmeticOperator.DIVIDE || operator == ArithmeticOperator.MODULO)) {
            return Optional.empty();
        }
        return Optional.of(
                switch (operator) {
                    case ADD -> left + right;
                    case SUBTRACT -> left - right;
                    case MULTIPLY -> left * right;
                    case DIVIDE -> left / right;
                    case MODULO -> left % right;
                });
    }

    private static Optional<BigDecimal> exact(
            ArithmeticOperator operator, BigDecimal left, BigDecimal right, Decimal type) {
        BigDecimal value = switch (operator) {
            case ADD -> left.add(right);
            case SUBTRACT -> left.subtract(right);
            case MULTIPLY -> left.multiply(right);
            case DIVIDE -> left.divide(right, type.scale(), RoundingMode.HALF_UP);
            case MODULO -> left.remainder(right);
        };
        return fitted(value, type);
    }

    /** The value with the type's scale; empty when it has more digits than the type. */
    private static Optional<BigDecimal> fitted(BigDecimal value, Decimal type) {
        BigDecimal scaled = value.setScale(type.scale(), RoundingMode.HALF_UP);
        return scaled.precision() <= type.precision() ? Optional.of(scaled) : Optional.empty();
    }

    private static Optional<Boolean> compare(Expression.Comparison node, Object left, Object right) {
        Optional<Integer> order = switch (left) {
            case Long a when right instanceof Long b -> Optional.of(Long.compare(a, b));
            case Double a when right instanceof Double b -> Optional.of(Double.compare(a, b));
            case BigDecimal a when right instanceof BigDecimal b -> Optional.of(a.compareTo(b));
            case String a when right instanceof String b -> Optional.of(a.compareTo(b));
            case Boolean a when right instanceof Boolean b -> Optional.of(Boolean.compare(a, b));
            default -> Optional.empty();
        };
        return order.map(sign -> switch (node.operator()) {
            case EQUAL -> sign == 0;
            case NOT_EQUAL -> sign != 0;
            case LESS -> sign < 0;
            case LESS_OR_EQUAL -> sign <= 0;
            case GREATER -> sign > 0;
            case GREATER_OR_EQUAL -> sign >= 0;
        });
    }

    private static Optional<Literal> cast(Literal operand, SqlType type) {
        Object value = operand.value();
        if (value == null) {
            return Optional.of(new Literal(null, type));
        }
        Optional<? extends Object> converted = switch (type) {
            case Decimal exact when value instanceof String text -> decimal(text, exact);
            case Decimal exact when value instanceof BigDecimal number -> fitted(number, exact);
            case Decimal exact
            when value instanceof Long number && operand.type() == Simple.BIGINT ->
                fitted(BigDecimal.valueOf(number), exact);
            case Simple simple -> simple(value, operand.type(), simple);
            default -> Optional.empty();
        };
        return converted.map(each -> new Literal(each, type));
    }

    private static Optional<BigDecimal> decimal(String text, Decimal type) {
        try {
            return fitted(new BigDecimal(text.strip()), type);
        } catch (NumberFormatException failsForEveryRecord) {
            return Optional.empty();
        }
    }

    private static Optional<? extends Object> simple(Object value, SqlType from, Simple to) {
        return switch (value) {
            case Long number when from == Simple.BIGINT -> ofWhole(number, to);
            case Long time when from == Simple.TIMESTAMP && to == Simple.BIGINT -> Optional.of(time);
            case BigDecimal number when to == Simple.DOUBLE -> Optional.of(number.doubleValue());
            case BigDecimal number when to == Simple.STRING -> Optional.of(number.toPlainString());
            case Boolean flag when to == Simple.STRING -> Optional.of(flag.toString());
            case String text -> TemporalText.parse(text, to);
            default -> Optional.empty();
        };
    }

    private static Optional<? extends Object> ofWhole(Long number, Simple to) {
        return switch (to) {
            case DOUBLE -> Optional.of(number.doubleValue());
            case STRING -> Optional.of(number.toString());
            case TIMESTAMP -> Optional.of(number);
            default -> Optional.empty();
        };
    }
}
