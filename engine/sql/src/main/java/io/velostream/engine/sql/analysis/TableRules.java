package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.logical.LogicalPlan;
import io.velostream.engine.sql.tree.Select;
import io.velostream.engine.sql.tree.Statement.ObjectKind;

/** Where the rows of a table are taken back, and what cannot be done with such rows. */
final class TableRules {

    private final Problems problems;
    private final Select select;

    TableRules(Problems problems, Select select) {
        this.problems = problems;
        this.select = select;
    }

    /**
     * Rows of a table are taken back, unless all that follows wants only what is new. In a window each update counts as a
     * row of its time, as it does in the table's topic.
     */
    LogicalPlan withChanges(LogicalPlan plan, boolean table, boolean collects, ObjectKind target) {
        if (select.window().isPresent() && plan.changes()) {
            problems.add(
                    ProblemCode.BAD_TABLE,
                    select.window().get().location(),
                    "a join of tables has no windows: its rows count until they are changed or deleted",
                    "leave WINDOW out, or join the streams that the tables are made of");
        }
        if (!table || select.window().isPresent() || !collects && target == ObjectKind.STREAM) {
            return plan;
        }
        return plan instanceof LogicalPlan.Scan scan && !scan.wholeValue() ? new LogicalPlan.Changes(scan) : plan;
    }

    /** Window functions look back over rows that were added; they know of none that is taken back. */
    void checkOver(LogicalPlan plan, OverContext overs) {
        if (plan.changes() && overs.isUsed()) {
            problems.add(
                    ProblemCode.BAD_TABLE,
                    select.location(),
                    "OVER goes over the rows of a stream in the order in which they come; the rows of a table have none",
                    "use it on the stream that the table is made of");
        }
    }

    /** A row that leaves its group must be counted out as it was counted in, but a subquery's answer may have changed. */
    void checkSubqueriesOfRows(LogicalPlan plan, boolean collects) {
        if (plan.changes() && collects) {
            problems.add(
                    ProblemCode.BAD_TABLE,
                    select.location(),
                    "a subquery below GROUP BY over a table is not supported yet in this version",
                    "make a table of the rows first with CREATE TABLE … AS SELECT … WHERE …, and group that");
        }
    }
}
