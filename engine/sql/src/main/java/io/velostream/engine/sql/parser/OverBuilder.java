package io.velostream.engine.sql.parser;

import io.velostream.engine.sql.analysis.NearestName;
import io.velostream.engine.sql.analysis.ProblemCode;
import io.velostream.engine.sql.parser.generated.VeloSqlParser.*;
import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.tree.Location;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parse tree → the parentheses of OVER, whose parts stand in any order, each at most once. */
final class OverBuilder {

    private enum Part {
        BUFFER,
        PARTITION_BY,
        ORDER_BY,
        FRAME,
        EXPIRE,
        EMIT
    }

    private static final List<String> EMIT_MODES = List.of("CHANGES", "FINAL", "EVERY RECORD", "ON BUFFER_FULL");

    private final ExpressionBuilder expressions;
    private final Map<Part, Location> seen = new EnumMap<>(Part.class);

    private Expr.@Nullable Buffer buffer;
    private List<Expr> partitionBy = List.of();
    private List<Expr.SortItem> orderBy = List.of();
    private Expr.@Nullable Frame frame;
    private Expr.@Nullable Expire expire;
    private Expr.@Nullable OverEmit emit;

    OverBuilder(ExpressionBuilder expressions) {
        this.expressions = expressions;
    }

    Expr.Over build(OverContext node) {
        node.overItem().forEach(this::read);
        return new Expr.Over(
                Locations.of(node.getStart()),
                Optional.ofNullable(buffer),
                partitionBy,
                orderBy,
                Optional.ofNullable(frame),
                Optional.ofNullable(expire),
                Optional.ofNullable(emit));
    }

    private void read(OverItemContext item) {
        Location location = Locations.of(item.getStart());
        switch (item) {
            case BufferItemContext rows -> {
                once(Part.BUFFER, location);
                buffer = new Expr.Buffer(
                        Locations.of(rows.INTEGER_VALUE().getSymbol()),
                        expressions.wholeNumber(rows.INTEGER_VALUE().getSymbol()));
            }
            case PartitionItemContext partition -> {
                once(Part.PARTITION_BY, location);
                partitionBy = expressions.all(partition.expression());
            }
            case OrderItemContext order -> {
                once(Part.ORDER_BY, location);
                orderBy = expressions.sortItems(order.sortItem());
            }
            case FrameItemContext bounds -> {
                once(Part.FRAME, location);
                frame = frame(location, bounds);
            }
            case ExpireItemContext after -> {
                once(Part.EXPIRE, location);
                expire = new Expr.Expire(
                        location,
                        Optional.ofNullable(after.duration())
                                .map(duration -> expressions.duration(duration).value()));
            }
            case EmitItemContext mode -> {
                once(Part.EMIT, location);
                emit = emit(mode);
            }
            default -> throw new IllegalStateException("no builder for " + item.getClass());
        }
    }

    private void once(Part part, Location location) {
        Location before = seen.putIfAbsent(part, location);
        if (before != null) {
            expressions
                    .problems()
                    .add(
                            ProblemCode.CLAUSE_ORDER,
                            location,
                            part.name().replace('_', ' ') + " is here a second time in OVER; the first is on line "
                                    + before.line(),
                            "join the two");
        }
    }

    private Expr.Frame frame(Location location, FrameItemContext node) {
        boolean range = node.RANGE() != null;
        Expr.FrameBound start = bound(node.frameBound(0));
        Expr.FrameBound end = node.frameBound().size() > 1
                ? bound(node.frameBound(1))
                : new Expr.FrameBound(location, true, false, false, Optional.empty());
        return new Expr.Frame(location, range, start, end);
    }

    private Expr.FrameBound bound(FrameBoundContext node) {
        Location location = Locations.of(node.getStart());
        boolean preceding = node.PRECEDING() != null;
        if (node.CURRENT() != null) {
            return new Expr.FrameBound(location, true, false, false, Optional.empty());
        }
        if (node.UNBOUNDED() != null) {
            return new Expr.FrameBound(location, false, true, preceding, Optional.empty());
        }
        Expr amount = node.INTEGER_VALUE() == null
                ? expressions.interval(location, node.interval(), node.DURATION())
                : new Expr.IntegerLiteral(location, node.INTEGER_VALUE().getText());
        return new Expr.FrameBound(location, false, false, preceding, Optional.of(amount));
    }

    private Expr.OverEmit emit(EmitItemContext node) {
        String words = node.identifier().stream()
                .map(word -> Locations.identifier(word).name().toUpperCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
        String mode = node.ON() == null ? words : "ON " + words;
        Location location = Locations.of(node.getStart());
        if (!EMIT_MODES.contains(mode)) {
            expressions
                    .problems()
                    .add(
                            ProblemCode.UNKNOWN_WORD,
                            location,
                            "OVER has no EMIT " + mode + NearestName.suggestion(mode, EMIT_MODES),
                            "EMIT EVERY RECORD writes each row at once, EMIT ON BUFFER_FULL once the buffer is full");
        }
        return new Expr.OverEmit(location, mode);
    }
}
