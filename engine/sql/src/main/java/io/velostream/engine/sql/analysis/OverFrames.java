package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.physical.OverWindow.Bound;
import io.velostream.engine.plan.physical.OverWindow.BoundKind;
import io.velostream.engine.plan.physical.OverWindow.Frame;
import io.velostream.engine.plan.physical.OverWindow.SortKey;
import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.List;
import java.util.Optional;

/** {@code ROWS} and {@code RANGE BETWEEN}: what may stand there, and what holds where nothing does. */
final class OverFrames {

    private final Problems problems;

    OverFrames(Problems problems) {
        this.problems = problems;
    }

    /** The frame in force; empty when it is wrong. */
    Optional<Frame> of(Expr.Over over, List<SortKey> order) {
        if (over.frame().isEmpty()) {
            return Optional.of(over.orderBy().isEmpty() ? Frame.EVERYTHING : Frame.UP_TO_CURRENT);
        }
        Expr.Frame frame = over.frame().get();
        Optional<Bound> start = bound(frame, frame.start(), order);
        Optional<Bound> end = bound(frame, frame.end(), order);
        if (start.isEmpty() || end.isEmpty()) {
            return Optional.empty();
        }
        if (isEmpty(start.get(), end.get())) {
            problems.add(
                    ProblemCode.BAD_WINDOW,
                    frame.location(),
                    "the frame ends before it begins",
                    "ROWS BETWEEN 2 PRECEDING AND CURRENT ROW");
            return Optional.empty();
        }
        return Optional.of(new Frame(frame.range(), start.get(), end.get()));
    }

    private static boolean isEmpty(Bound start, Bound end) {
        int order = start.kind().compareTo(end.kind());
        boolean sameSide = order == 0
                && ((start.kind() == BoundKind.PRECEDING && start.amount() < end.amount())
                        || (start.kind() == BoundKind.FOLLOWING && start.amount() > end.amount()));
        return order > 0
                || sameSide
                || start.kind() == BoundKind.UNBOUNDED_FOLLOWING
                || end.kind() == BoundKind.UNBOUNDED_PRECEDING;
    }

    private Optional<Bound> bound(Expr.Frame frame, Expr.FrameBound bound, List<SortKey> order) {
        if (bound.current()) {
            return Optional.of(new Bound(BoundKind.CURRENT_ROW, 0));
        }
        if (bound.unbounded()) {
            return Optional.of(
                    new Bound(bound.preceding() ? BoundKind.UNBOUNDED_PRECEDING : BoundKind.UNBOUNDED_FOLLOWING, 0));
        }
        Optional<Long> amount = frame.range() ? distance(bound, order) : rows(bound);
        return amount.map(value -> new Bound(bound.preceding() ? BoundKind.PRECEDING : BoundKind.FOLLOWING, value));
    }

    private Optional<Long> rows(Expr.FrameBound bound) {
        if (bound.amount().orElseThrow() instanceof Expr.IntegerLiteral literal
                && Literals.whole(literal.digits()).value() instanceof Long rows
                && rows <= Integer.MAX_VALUE) {
            return Optional.of(rows);
        }
        problems.add(
                ProblemCode.BAD_WINDOW,
                bound.location(),
                "ROWS counts rows, and this is no number of them",
                "an interval needs RANGE: RANGE BETWEEN INTERVAL '5' MINUTE PRECEDING AND CURRENT ROW");
        return Optional.empty();
    }

    private Optional<Long> distance(Expr.FrameBound bound, List<SortKey> order) {
        if (order.size() != 1) {
            problems.add(
                    ProblemCode.BAD_WINDOW,
                    bound.location(),
                    "RANGE with a distance needs exactly one ORDER BY to measure it by",
                    "ORDER BY _event_time RANGE BETWEEN INTERVAL '5' MINUTE PRECEDING AND CURRENT ROW");
            return Optional.empty();
        }
        SqlType type = order.getFirst().expression().type();
        boolean moment = type == Simple.TIMESTAMP || type == Simple.BIGINT || type == Simple.ANY;
        Expr amount = bound.amount().orElseThrow();
        if (amount instanceof Expr.IntervalLiteral interval && moment) {
            return Optional.of(interval.value().toMillis());
        }
        if (amount instanceof Expr.IntegerLiteral literal
                && Literals.whole(literal.digits()).value() instanceof Long number
                && (type == Simple.BIGINT || type == Simple.DOUBLE || type == Simple.ANY)) {
            return Optional.of(number);
        }
        problems.add(
                ProblemCode.BAD_WINDOW,
                bound.location(),
                "this distance cannot be measured by a " + type,
                "RANGE measures a TIMESTAMP by an INTERVAL, a BIGINT or DOUBLE by a whole number");
        return Optional.empty();
    }
}
