package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.StageOperator.Emit;
import io.velostream.engine.plan.physical.StageOperator.Window;
import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.tree.Query;
import io.velostream.engine.sql.tree.Select;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.List;
import java.util.Optional;

/** What WINDOW, HAVING, ORDER BY and EMIT need around them. */
final class SelectRules {

    private final Problems problems;
    private final Select select;
    private final Optional<Query.Emit> emit;
    private final List<Expr.SortItem> orderBy;
    private final FromClause from;
    private final GroupContext group;

    SelectRules(
            Problems problems,
            Select select,
            Optional<Query.Emit> emit,
            List<Expr.SortItem> orderBy,
            FromClause from,
            GroupContext group) {
        this.problems = problems;
        this.select = select;
        this.emit = emit;
        this.orderBy = orderBy;
        this.from = from;
        this.group = group;
    }

    /** Only the rows of a window end, when it closes. */
    void checkOrder(Optional<Window> window, Emit mode) {
        if (orderBy.isEmpty()
                || (mode == Emit.FINAL
                        && window.filter(kind -> !(kind instanceof Window.Session))
                                .isPresent())) {
            return;
        }
        Expr first = orderBy.getFirst().expression();
        problems.add(
                ProblemCode.UNORDERED,
                first.location(),
                window.isEmpty()
                        ? "ORDER BY has nothing to order: the rows of `"
                                + from.first().relation().name() + "` never end"
                        : window.get() instanceof Window.Session
                                ? "ORDER BY has nothing to order: sessions end one by one"
                                : "ORDER BY orders the rows of a window when it closes, which EMIT CHANGES does not"
                                        + " wait for",
                "order what GROUP BY gives in WINDOW TUMBLING(…) or SLIDING(…) with EMIT FINAL");
    }

    /** That a query without groups asks nothing of groups. */
    void checkUngrouped(Optional<Expression> having) {
        select.window()
                .ifPresent(window -> problems.add(
                        ProblemCode.WINDOW_WITHOUT_GROUP,
                        window.location(),
                        "WINDOW needs something to collect: the query has neither GROUP BY nor an aggregate",
                        "add GROUP BY, or an aggregate such as COUNT(*)"));
        if (having.isPresent()) {
            problems.add(
                    ProblemCode.WINDOW_WITHOUT_GROUP,
                    select.having().orElseThrow().location(),
                    "HAVING needs groups: the query has neither GROUP BY nor an aggregate",
                    "use WHERE to filter rows");
        }
        if (group.usesWindow()) {
            problems.add(
                    ProblemCode.UNKNOWN_COLUMN,
                    select.location(),
                    "_window_start and _window_end exist only in a query with WINDOW",
                    "add WINDOW TUMBLING(…) and GROUP BY");
        }
        emit.filter(clause -> !clause.changes()).ifPresent(this::reportEmitFinal);
    }

    /**
     * That rows can become several.
     *
     * @param over whether window functions look back over them
     * @param changes whether they are taken back
     */
    void checkTableFunction(Expr.Call call, boolean over, boolean changes) {
        if (over) {
            problems.add(
                    ProblemCode.MISPLACED_AGGREGATE,
                    call.location(),
                    "a query makes several rows of one, or looks over rows with OVER, but not both",
                    "make the rows in a query in FROM: FROM (SELECT " + call.name() + "(…) AS x FROM …) e");
        }
        if (changes) {
            problems.add(
                    ProblemCode.BAD_TABLE,
                    call.location(),
                    call.name() + " makes several rows of one, but a row of a table is one by its key",
                    "use it on the stream that the table is made of");
        }
    }

    /** EMIT FINAL over rows that never end. */
    void reportEmitFinal(Query.Emit clause) {
        problems.add(
                ProblemCode.EMIT_FINAL_WITHOUT_WINDOW,
                clause.location(),
                "EMIT FINAL needs a WINDOW: the source `"
                        + from.first().relation().name() + "` never ends, so no result would ever be final",
                "add WINDOW TUMBLING(…), or write EMIT CHANGES");
    }

    /** The time of the result's records that {@code AS _EVENT_TIME} gives. */
    Expression timestamp(OutputColumn column) {
        Expression value = column.expression().orElseThrow();
        SqlType type = value.type();
        if (type == Simple.TIMESTAMP || type == Simple.BIGINT) {
            return value;
        }
        if (type == Simple.ANY || type == Simple.DATE || type == Simple.STRING) {
            return Operators.convert(value, Simple.TIMESTAMP);
        }
        problems.add(
                ProblemCode.TYPE_MISMATCH,
                column.location(),
                "_EVENT_TIME must be a TIMESTAMP or epoch milliseconds, not a " + type,
                "convert it with CAST(… AS TIMESTAMP)");
        return value;
    }
}
