package io.velostream.engine.plan;

import io.velostream.engine.plan.logical.LogicalPlan;
import io.velostream.engine.plan.logical.SourceDefinition;
import io.velostream.engine.plan.logical.Subquery;
import io.velostream.engine.plan.physical.OverWindow;
import io.velostream.engine.plan.physical.StageOperator.Emit;
import io.velostream.engine.plan.physical.StageOperator.Window;
import io.velostream.engine.sql.tree.Dialect;

/**
 * The text of everything that an aggregate's state depends on. WHERE is not among it: an edited condition holds for the
 * rows from then on, as in a database view that is altered.
 */
final class StateShape {

    private StateShape() {}

    static String of(LogicalPlan.Aggregate aggregate) {
        StringBuilder shape = new StringBuilder("aggregate");
        aggregate
                .keys()
                .forEach(key -> shape.append("|key ")
                        .append(ExpressionText.of(key))
                        .append(' ')
                        .append(key.type()));
        aggregate
                .calls()
                .forEach(call -> shape.append("|call ")
                        .append(ExpressionText.of(call))
                        .append(' ')
                        .append(call.type()));
        aggregate.window().ifPresent(window -> shape.append("|window ").append(window));
        if (aggregate.window().orElse(null) instanceof Window.Sliding && aggregate.emit() == Emit.FINAL) {
            shape.append("|in panes");
        }
        shape.append("|from ").append(input(aggregate.input()));
        return shape.toString();
    }

    /**
     * Of window functions: what is remembered of each row, how rows are ordered, and how many are kept. A frame that
     * looks at rows which are kept anyway may change.
     */
    static String of(LogicalPlan.Over over) {
        StringBuilder shape = new StringBuilder("over");
        over.partitionBy()
                .forEach(key -> shape.append("|key ")
                        .append(ExpressionText.of(key))
                        .append(' ')
                        .append(key.type()));
        for (OverWindow window : over.windows()) {
            shape.append("|window ").append(OverText.kept(window));
        }
        shape.append("|from ").append(input(over.input()));
        return shape.toString();
    }

    /** Of a sorting: the order and the whole row. */
    static String of(LogicalPlan.Sort sort) {
        return "sort " + OverText.keys(sort.orderBy())
                + sort.rows().map(rows -> " first " + rows).orElse("") + "|of " + sort.layout() + "|from "
                + input(sort.input());
    }

    static String of(LogicalPlan.Changes changes) {
        return "table " + changes.layout() + "|from " + input(changes.input());
    }

    static String of(LogicalPlan.Join join) {
        return "join " + join.form() + " " + join.kind() + "|" + join.layout() + "|left " + join.leftKeys() + "|right "
                + join.rightKeys() + "|from " + input(join.left()) + "|and " + input(join.right());
    }

    static String of(LogicalPlan.Lookup lookup) {
        StringBuilder shape = new StringBuilder("lookup");
        lookup.subqueries().forEach(each -> append(each, shape));
        return shape.toString();
    }

    private static void append(Subquery subquery, StringBuilder shape) {
        shape.append("|")
                .append(subquery.table().layout())
                .append(subquery.tableKeys())
                .append(" from ")
                .append(input(subquery.table()));
        subquery.nested().all().forEach(each -> append(each, shape));
    }

    /** Which rows went in, and how their time was read. */
    private static String input(LogicalPlan plan) {
        return switch (plan) {
            case LogicalPlan.Scan scan -> {
                SourceDefinition source = scan.source();
                yield source.topic()
                        + (source.dialect() == Dialect.KSQLDB ? " in ksqldb" : "")
                        + scan.eventTimeSlot()
                                .map(slot -> " time " + scan.fields().get(slot).name())
                                .orElse("")
                        + source.eventTimeFormat()
                                .map(format -> " as " + format)
                                .orElse("")
                        + " disorder " + source.watermark().maxOutOfOrderness()
                        + source.watermark()
                                .punctuation()
                                .map(field -> " marked by " + field)
                                .orElse("");
            }
            case LogicalPlan.Changes changes -> of(changes);
            case LogicalPlan.Project project -> project.columns() + "|of " + input(project.input());
            case LogicalPlan.Explode explode -> explode.arrays() + "|exploded of " + input(explode.input());
            case LogicalPlan.Join join -> of(join);
            case LogicalPlan.Lookup lookup -> input(lookup.input());
            case LogicalPlan.Filter filter -> input(filter.input());
            case LogicalPlan.Limit limit -> input(limit.input()) + "|limit " + limit.rows();
            case LogicalPlan.Aggregate inner -> of(inner);
            case LogicalPlan.Over over -> of(over);
            case LogicalPlan.Sort sort -> of(sort);
        };
    }
}
