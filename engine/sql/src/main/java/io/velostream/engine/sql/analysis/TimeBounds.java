package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.ArithmeticOperator;
import io.velostream.engine.plan.expression.ComparisonOperator;
import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.SystemColumnKind;
import io.velostream.engine.plan.physical.TimeBound;
import io.velostream.engine.sql.analysis.JoinAnalyser.Joined;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds a bound in time among the conditions of a join: {@code b.ts BETWEEN a.ts AND a.ts + INTERVAL '5' MINUTE}. The
 * columns must be the event time of their relations; where a relation has none of its own, the column becomes it.
 */
final class TimeBounds {

    private final FromClause from;

    TimeBounds(FromClause from) {
        this.from = from;
    }

    /** A moment: an event time and so many milliseconds. */
    private record Moment(Scope scope, int slot, long plus) {}

    /** {@code right - left} is at least or at most so many milliseconds. */
    private record Limit(Expression condition, boolean atLeast, long millis, Moment ofLeft, Moment ofRight) {}

    /** The bound, when there is one on both sides; what it says exactly is taken out of the conditions. */
    Optional<TimeBound> take(Joined left, Joined right, List<Expression> conditions) {
        List<Limit> limits = new ArrayList<>();
        conditions.forEach(condition -> limit(condition, left, right).ifPresent(limits::add));
        Optional<Limit> least = limits.stream().filter(Limit::atLeast).findFirst();
        Optional<Limit> most = limits.stream().filter(limit -> !limit.atLeast()).findFirst();
        if (least.isEmpty()
                || most.isEmpty()
                || !isTime(least.get().ofLeft())
                || !isTime(least.get().ofRight())
                || !isTime(most.get().ofLeft())
                || !isTime(most.get().ofRight())) {
            return Optional.empty();
        }
        // The time of a joined row is the latest of what it was made of: the bound is widened, the conditions stay.
        Duration leftSpan = left.span();
        Duration rightSpan = right.span();
        if (leftSpan.isZero() && rightSpan.isZero()) {
            conditions.removeIf(condition -> condition == least.get().condition()
                    || condition == most.get().condition());
        }
        return Optional.of(new TimeBound(
                Duration.ofMillis(-least.get().millis()).plus(leftSpan),
                Duration.ofMillis(most.get().millis()).plus(rightSpan),
                Duration.ZERO));
    }

    private static boolean isTime(Moment moment) {
        return moment.scope()
                .systemOf(moment.slot())
                .map(kind -> kind == SystemColumnKind.EVENT_TIME
                        || kind == SystemColumnKind.TIMESTAMP
                                && moment.scope().timeField().isEmpty())
                .orElseGet(() -> moment.scope().useAsTime(moment.slot()));
    }

    private Optional<Limit> limit(Expression condition, Joined left, Joined right) {
        if (!(condition instanceof Expression.Comparison(ComparisonOperator operator, Expression a, Expression b))) {
            return Optional.empty();
        }
        Optional<Moment> first = moment(a);
        Optional<Moment> second = moment(b);
        if (first.isEmpty() || second.isEmpty()) {
            return Optional.empty();
        }
        Moment x = first.get();
        Moment y = second.get();
        boolean forward = right.scopes().contains(x.scope()) && left.scopes().contains(y.scope());
        if (!forward && !(left.scopes().contains(x.scope()) && right.scopes().contains(y.scope()))) {
            return Optional.empty();
        }
        // forward: right + x op left + y, so right - left op y - x; else the other way round.
        long difference = forward ? y.plus() - x.plus() : x.plus() - y.plus();
        Moment ofLeft = forward ? y : x;
        Moment ofRight = forward ? x : y;
        return switch (operator) {
            case GREATER_OR_EQUAL -> Optional.of(new Limit(condition, forward, difference, ofLeft, ofRight));
            case LESS_OR_EQUAL -> Optional.of(new Limit(condition, !forward, difference, ofLeft, ofRight));
            case GREATER ->
                Optional.of(new Limit(condition, forward, forward ? difference + 1 : difference - 1, ofLeft, ofRight));
            case LESS ->
                Optional.of(new Limit(condition, !forward, forward ? difference - 1 : difference + 1, ofLeft, ofRight));
            case EQUAL, NOT_EQUAL -> Optional.empty();
        };
    }

    private Optional<Moment> moment(Expression expression) {
        return switch (expression) {
            case Expression.Slot slot
            when isTimeType(slot.type()) ->
                from.scopes().stream()
                        .filter(scope -> scope.owns(slot.index()))
                        .findFirst()
                        .map(scope -> new Moment(scope, slot.index(), 0));
            case Expression.Cast cast -> moment(cast.operand());
            case Expression.Arithmetic(ArithmeticOperator operator, Expression a, Expression b, SqlType type)
            when operator == ArithmeticOperator.ADD || operator == ArithmeticOperator.SUBTRACT -> {
                int sign = operator == ArithmeticOperator.ADD ? 1 : -1;
                Optional<Long> plus = interval(b);
                yield plus.isPresent()
                        ? moment(a)
                                .map(moment ->
                                        new Moment(moment.scope(), moment.slot(), moment.plus() + sign * plus.get()))
                        : sign < 0
                                ? Optional.empty()
                                : interval(a)
                                        .flatMap(millis -> moment(b)
                                                .map(moment -> new Moment(
                                                        moment.scope(), moment.slot(), moment.plus() + millis)));
            }
            default -> Optional.empty();
        };
    }

    private static Optional<Long> interval(Expression expression) {
        return expression instanceof Expression.Literal literal
                        && literal.type() == Simple.INTERVAL
                        && literal.value() instanceof Long millis
                ? Optional.of(millis)
                : Optional.empty();
    }

    private static boolean isTimeType(SqlType type) {
        return type == Simple.TIMESTAMP || type == Simple.BIGINT || type == Simple.STRING || type == Simple.ANY;
    }
}
