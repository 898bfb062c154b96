package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.StageOperator.AggregateCall;
import io.velostream.engine.sql.analysis.AggregateFunctions.AggregateFunction;
import io.velostream.engine.sql.analysis.AggregateFunctions.Shape;
import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.type.Coercions;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The arguments of aggregates: how many, of which types, and which of them are constants. */
final class AggregateCalls {

    private static final long LARGEST_LIST = 1_000_000;

    private final Problems problems;

    AggregateCalls(Problems problems) {
        this.problems = problems;
    }

    /**
     * The call that a plan holds; empty, and a problem, when it is wrong.
     *
     * @param order what stands in ORDER BY, within the parentheses or behind WITHIN GROUP
     */
    Optional<AggregateCall> analyse(
            Expr.Call call, AggregateFunctions.Meaning meaning, List<Expression> arguments, List<Expression> order) {
        AggregateFunction function = meaning.function();
        if (!order.isEmpty() && function.shape() != Shape.FRACTION) {
            problems.add(
                    ProblemCode.NOT_SUPPORTED,
                    call.location(),
                    "ORDER BY within " + function.name() + " is not supported yet in this version",
                    "values are taken in the order in which they come");
            return Optional.empty();
        }
        if (meaning.distinct() && function.shape() == Shape.PAIR) {
            problems.add(
                    ProblemCode.NO_OVERLOAD, call.location(), function.name() + " takes pairs, which have no DISTINCT");
            return Optional.empty();
        }
        return switch (function.shape()) {
            case SINGLE -> arguments.size() == 1 ? of(call, meaning, arguments, List.of()) : wrong(call, function);
            case PAIR -> arguments.size() == 2 ? of(call, meaning, arguments, List.of()) : wrong(call, function);
            case JOINED -> joined(call, meaning, arguments);
            case LARGEST -> arguments.size() == 2 ? largest(call, meaning, arguments) : wrong(call, function);
            case OF_SEVERAL -> ofSeveral(call, meaning, arguments);
            case FRACTION -> fraction(call, meaning, arguments, order);
        };
    }

    private Optional<AggregateCall> wrong(Expr.Call call, AggregateFunction function) {
        problems.add(
                ProblemCode.NO_OVERLOAD,
                call.location(),
                function.name() + " does not take these " + call.arguments().size() + " arguments",
                function.name() + function.shape().text().replace("), (", ") or " + function.name() + "("));
        return Optional.empty();
    }

    private Optional<AggregateCall> of(
            Expr.Call call,
            AggregateFunctions.Meaning meaning,
            List<Expression> values,
            List<Expression.Literal> constants) {
        AggregateFunction function = meaning.function();
        for (int i = 0; i < values.size(); i++) {
            if (!takes(call, function, values.get(i).type())) {
                return Optional.empty();
            }
        }
        SqlType input = values.getFirst().type() == Simple.NULL
                ? Simple.ANY
                : values.getFirst().type();
        List<Expression> all = new ArrayList<>(values);
        all.addAll(constants);
        return Optional.of(new AggregateCall(
                function.name(), meaning.distinct(), all, function.result().apply(input)));
    }

    private boolean takes(Expr.Call call, AggregateFunction function, SqlType type) {
        boolean fits = switch (function.takes()) {
            case ANYTHING -> true;
            case ORDERED -> Coercions.ordered(type);
            case NUMBER -> type.isNumeric() || type == Simple.ANY || type == Simple.NULL;
        };
        if (!fits) {
            boolean number = function.takes() == AggregateFunctions.Takes.NUMBER;
            problems.add(
                    ProblemCode.TYPE_MISMATCH,
                    call.location(),
                    function.name() + " needs " + (number ? "a number" : "values that have an order")
                            + ", but its argument is a " + type,
                    number ? "convert it with CAST(… AS DOUBLE)" : "take one of its fields or elements");
        }
        return fits;
    }

    private Optional<AggregateCall> joined(
            Expr.Call call, AggregateFunctions.Meaning meaning, List<Expression> arguments) {
        if (arguments.size() > 2) {
            return wrong(call, meaning.function());
        }
        Expression separator = arguments.size() == 2 ? arguments.get(1) : new Expression.Literal(",", Simple.STRING);
        return of(call, meaning, arguments.subList(0, 1), List.of())
                .map(single -> new AggregateCall(
                        single.function(),
                        single.distinct(),
                        List.of(
                                Operators.convert(arguments.getFirst(), Simple.STRING),
                                Operators.convert(separator, Simple.STRING)),
                        single.type()));
    }

    private Optional<AggregateCall> largest(
            Expr.Call call, AggregateFunctions.Meaning meaning, List<Expression> arguments) {
        return count(call, 1, arguments.get(1))
                .flatMap(count -> of(call, meaning, arguments.subList(0, 1), List.of(count)));
    }

    private Optional<AggregateCall> ofSeveral(
            Expr.Call call, AggregateFunctions.Meaning meaning, List<Expression> given) {
        List<Expression> arguments = new ArrayList<>(given);
        if (arguments.size() > 1
                && arguments.getLast() instanceof Expression.Literal last
                && last.type() == Simple.BOOLEAN) {
            if (Boolean.FALSE.equals(last.value())) {
                problems.add(
                        ProblemCode.NOT_SUPPORTED,
                        call.arguments().getLast().location(),
                        meaning.function().name() + " always leaves NULL out",
                        "write COALESCE(value, …) for a value that stands for NULL");
                return Optional.empty();
            }
            arguments.removeLast();
        }
        if (arguments.size() == 1) {
            return of(call, meaning, arguments, List.of());
        }
        if (arguments.size() != 2) {
            return wrong(call, meaning.function());
        }
        return count(call, 1, arguments.get(1))
                .flatMap(count -> of(call, meaning, arguments.subList(0, 1), List.of(count)))
                .map(single -> new AggregateCall(
                        single.function() + "_N",
                        single.distinct(),
                        single.arguments(),
                        new SqlType.Array(single.type())));
    }

    private Optional<Expression.Literal> count(Expr.Call call, int place, Expression argument) {
        if (argument instanceof Expression.Literal literal
                && literal.value() instanceof Long count
                && count >= 1
                && count <= LARGEST_LIST) {
            return Optional.of(literal);
        }
        problems.add(
                ProblemCode.BAD_LITERAL,
                call.arguments().get(place).location(),
                "how many values " + call.name() + " keeps is a whole number from 1 to " + LARGEST_LIST);
        return Optional.empty();
    }

    private Optional<AggregateCall> fraction(
            Expr.Call call, AggregateFunctions.Meaning meaning, List<Expression> arguments, List<Expression> order) {
        if (order.size() > 1 || arguments.size() + order.size() > 2) {
            return wrong(call, meaning.function());
        }
        Expression value = order.isEmpty() ? arguments.getFirst() : order.getFirst();
        Optional<Expression> given = !order.isEmpty()
                ? Optional.of(arguments.getFirst())
                : arguments.size() == 2 ? Optional.of(arguments.get(1)) : Optional.empty();
        boolean descending = !order.isEmpty() && call.orderBy().getFirst().descending();
        double fraction = given.map(AggregateCalls::number).orElse(0.5);
        if (!(fraction >= 0 && fraction <= 1)) {
            problems.add(
                    ProblemCode.BAD_LITERAL,
                    call.arguments().get(order.isEmpty() ? 1 : 0).location(),
                    "the fraction of " + call.name() + " is a constant from 0 to 1",
                    "such as 0.95");
            return Optional.empty();
        }
        return of(
                call,
                meaning,
                List.of(value),
                List.of(
                        new Expression.Literal(fraction, Simple.DOUBLE),
                        new Expression.Literal(descending, Simple.BOOLEAN)));
    }

    /** Not a number for what is no constant number. */
    private static double number(Expression argument) {
        if (!(argument instanceof Expression.Literal literal)) {
            return Double.NaN;
        }
        return switch (literal.value()) {
            case Long whole -> whole;
            case BigDecimal exact -> exact.doubleValue();
            case Double fraction -> fraction;
            case null, default -> Double.NaN;
        };
    }
}
