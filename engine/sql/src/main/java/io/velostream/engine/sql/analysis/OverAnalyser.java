package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.OverCall;
import io.velostream.engine.plan.physical.OverWindow.Frame;
import io.velostream.engine.plan.physical.OverWindow.SortKey;
import io.velostream.engine.plan.physical.StageOperator.AggregateCall;
import io.velostream.engine.sql.analysis.OverContext.Partition;
import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.type.Coercions;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Window functions and aggregates with OVER. */
final class OverAnalyser {

    /** The functions that need OVER. */
    static final Set<String> FUNCTIONS = Set.of(
            "LAG", "LEAD", "ROW_NUMBER", "RANK", "DENSE_RANK", "PERCENT_RANK", "CUME_DIST", "NTILE", "NTH_VALUE");

    private static final long MAX_BUFFER = 1_000_000;

    /** A buffer is forgotten after so long without rows, unless EXPIRE AFTER says other. */
    private static final Duration DEFAULT_EXPIRY = Duration.ofSeconds(60);

    private final Problems problems;
    private final ExpressionAnalyser expressions;
    private final OverContext overs;
    private final OverFrames frames;
    private final Operators operators;
    private final SortKeys sortKeys;

    OverAnalyser(Problems problems, ExpressionAnalyser expressions, OverContext overs) {
        this.problems = problems;
        this.expressions = expressions;
        this.overs = overs;
        this.frames = new OverFrames(problems);
        this.operators = new Operators(problems);
        this.sortKeys = new SortKeys(problems);
    }

    /** Whether a call of this name with OVER is not that of an aggregate. */
    static boolean isFunction(String name) {
        return FUNCTIONS.contains(name) || name.equals("FIRST_VALUE") || name.equals("LAST_VALUE");
    }

    /** A function that is no aggregate; the call has OVER. */
    Expression function(Expr.Call call, String name) {
        Expr.Over over = call.over().orElseThrow();
        List<Expression> arguments = expressions.all(call.arguments());
        Optional<Partition> partition = partition(over);
        if (call.star() || call.distinct() || !takes(call, name, arguments.size())) {
            return Poison.EXPRESSION;
        }
        Optional<Frame> frame =
                frames.of(over, partition.map(Partition::orderBy).orElse(List.of()));
        if (partition.isEmpty() || frame.isEmpty() || arguments.contains(Poison.EXPRESSION)) {
            return Poison.EXPRESSION;
        }
        return make(call, name, arguments, frame.get())
                .map(made -> slot(over, partition.get(), made))
                .orElse(Poison.EXPRESSION);
    }

    private boolean takes(Expr.Call call, String name, int given) {
        int least = switch (name) {
            case "LAG", "LEAD", "FIRST_VALUE", "LAST_VALUE", "NTILE" -> 1;
            case "NTH_VALUE" -> 2;
            default -> 0;
        };
        int most = name.equals("LAG") || name.equals("LEAD") ? 3 : least;
        if (!call.star() && !call.distinct() && given >= least && given <= most) {
            return true;
        }
        problems.add(ProblemCode.NO_OVERLOAD, call.location(), "it must be called as " + form(name), form(name));
        return false;
    }

    private static String form(String name) {
        return switch (name) {
            case "LAG", "LEAD" -> name + "(value, rows, default), the last two optional,";
            case "NTH_VALUE" -> "NTH_VALUE(value, n)";
            case "NTILE" -> "NTILE(buckets)";
            case "FIRST_VALUE", "LAST_VALUE" -> name + "(value)";
            default -> name + "()";
        };
    }

    private Optional<OverCall> make(Expr.Call call, String name, List<Expression> arguments, Frame frame) {
        return switch (name) {
            case "LAG", "LEAD" -> offset(call, name, arguments);
            case "FIRST_VALUE" -> Optional.of(new OverCall.Nth(arguments.getFirst(), 1, frame));
            case "LAST_VALUE" -> Optional.of(new OverCall.Nth(arguments.getFirst(), OverCall.Nth.LAST, frame));
            case "NTH_VALUE" -> whole(call, 1, 1).map(place -> new OverCall.Nth(arguments.getFirst(), place, frame));
            case "NTILE" -> whole(call, 0, 1).map(buckets -> new OverCall.Ranking(OverCall.Rank.NTILE, buckets));
            default -> Optional.of(new OverCall.Ranking(OverCall.Rank.valueOf(name), 0));
        };
    }

    private Optional<OverCall> offset(Expr.Call call, String name, List<Expression> arguments) {
        Optional<Long> rows = arguments.size() > 1 ? whole(call, 1, 0) : Optional.of(1L);
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        long distance = name.equals("LAG") ? rows.get() : -rows.get();
        Expression value = arguments.getFirst();
        if (arguments.size() < 3) {
            return Optional.of(new OverCall.Offset(value, distance, Optional.empty(), value.type()));
        }
        List<Expression> common = operators.toCommon(
                call.arguments().get(2).location(), name + " gives", List.of(value, arguments.get(2)));
        if (common.isEmpty()) {
            return Optional.empty();
        }
        SqlType type =
                Coercions.common(common.get(0).type(), common.get(1).type()).orElse(Simple.ANY);
        return Optional.of(new OverCall.Offset(common.get(0), distance, Optional.of(common.get(1)), type));
    }

    private Optional<Long> whole(Expr.Call call, int argument, long least) {
        Expr node = call.arguments().get(argument);
        if (node instanceof Expr.IntegerLiteral literal
                && Literals.whole(literal.digits()).value() instanceof Long number
                && number >= least
                && number <= MAX_BUFFER) {
            return Optional.of(number);
        }
        problems.add(
                ProblemCode.BAD_LITERAL,
                node.location(),
                call.name().toUpperCase(Locale.ROOT) + " needs a whole number from " + least + " to " + MAX_BUFFER
                        + " here",
                "write the number itself, as in " + call.name().toUpperCase(Locale.ROOT)
                        + (argument == 0 ? "(4)" : "(price, 1)"));
        return Optional.empty();
    }

    /** An aggregate with OVER, whose own call was analysed already. */
    Expression aggregate(Expr.Call call, AggregateCall analysed) {
        Expr.Over over = call.over().orElseThrow();
        Optional<Partition> partition = partition(over);
        Optional<Frame> frame =
                frames.of(over, partition.map(Partition::orderBy).orElse(List.of()));
        return partition.isPresent() && frame.isPresent()
                ? slot(over, partition.get(), new OverCall.Aggregated(analysed, frame.get()))
                : Poison.EXPRESSION;
    }

    private Expression slot(Expr.Over over, Partition partition, OverCall call) {
        if (OverRetention.keepsEverything(partition.bufferRows(), call)) {
            problems.add(
                    ProblemCode.UNBOUNDED_OVER,
                    over.location(),
                    call.name() + " looks back at every row of its partition, so all of them are kept for ever",
                    "bound them: OVER (ROWS WINDOW BUFFER 100 ROWS PARTITION BY …)");
        }
        return overs.slotOf(partition, call);
    }

    private Optional<Partition> partition(Expr.Over over) {
        List<Expression> keys = expressions.all(over.partitionBy());
        List<SortKey> order = new ArrayList<>();
        for (Expr.SortItem item : over.orderBy()) {
            sortKeys.of(item, expressions.analyse(item.expression())).ifPresent(order::add);
        }
        boolean right = checkBuffer(over) && checkEmit(over);
        if (!right
                || keys.contains(Poison.EXPRESSION)
                || order.size() < over.orderBy().size()) {
            return Optional.empty();
        }
        Optional<Long> rows = over.bufferRows().map(Expr.Buffer::rows);
        Optional<Duration> expiry = over.expire()
                .map(Expr.Expire::after)
                .orElse(rows.isPresent() ? Optional.of(DEFAULT_EXPIRY) : Optional.empty());
        boolean whenFull = over.emit()
                .filter(emit ->
                        emit.words().equals("ON BUFFER_FULL") || emit.words().equals("FINAL"))
                .isPresent();
        return Optional.of(new Partition(keys, order, rows, expiry, whenFull));
    }

    private boolean checkBuffer(Expr.Over over) {
        Optional<Expr.Buffer> wrong =
                over.bufferRows().filter(buffer -> buffer.rows() < 1 || buffer.rows() > MAX_BUFFER);
        wrong.ifPresent(buffer -> problems.add(
                ProblemCode.BAD_WINDOW,
                buffer.location(),
                "a buffer holds 1 to " + MAX_BUFFER + " rows",
                "ROWS WINDOW BUFFER 100 ROWS"));
        return wrong.isEmpty();
    }

    private boolean checkEmit(Expr.Over over) {
        Optional<Expr.OverEmit> wrong =
                over.emit().filter(emit -> over.bufferRows().isEmpty());
        wrong.ifPresent(emit -> problems.add(
                ProblemCode.BAD_WINDOW,
                emit.location(),
                "EMIT in OVER is about a buffer, but here is none",
                "begin with ROWS WINDOW BUFFER 100 ROWS"));
        return wrong.isEmpty();
    }
}
