package io.velostream.engine.plan;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.OverMemory;
import io.velostream.engine.plan.physical.RowLayout;
import io.velostream.engine.plan.physical.StageOperator;
import io.velostream.engine.plan.physical.StageOperator.Window;
import io.velostream.engine.plan.physical.StateMemory;
import io.velostream.engine.plan.physical.SubqueryPlan;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the state of an operator takes at most, as EXPLAIN prints it: the size of one entry, and what limits their number. */
final class MemoryText {

    private static final String GROUPS = "max_aggregation_groups in memory, the others on disk";

    private MemoryText() {}

    /** Empty for an operator without state, and for those whose own line says it: OVER. */
    static Optional<String> of(StageOperator operator) {
        return switch (operator) {
            case StageOperator.Aggregate aggregate -> Optional.of(aggregate(aggregate));
            case StageOperator.ChangeAggregate aggregate ->
                Optional.of(group(StateMemory.group(aggregate.keys(), aggregate.aggregates()), "each group")
                        + "; at most " + GROUPS
                        + (aggregate.aggregates().stream().allMatch(MemoryText::isTakenBack)
                                ? ""
                                : "; beside them each row of the table, in memory"));
            case StageOperator.Materialize table ->
                Optional.of(bytes(StateMemory.tableRow(table.layout()))
                        + ", its key and its texts for each row of the table; those that do not fit go to disk");
            case StageOperator.TableJoin join ->
                Optional.of(row(join.tableKeys(), join.table().layout()) + " for each row of the table, all in memory");
            case StageOperator.ChangeJoin join -> Optional.of(tables(join));
            case StageOperator.StreamJoin join -> Optional.of(streams(join));
            case StageOperator.Sort sort -> Optional.of(sorted(sort));
            case StageOperator.Lookup lookup -> Optional.of(lookup(lookup));
            default -> Optional.empty();
        };
    }

    private static String aggregate(StageOperator.Aggregate aggregate) {
        Optional<Window> window = aggregate.window();
        if (window.orElse(null) instanceof Window.Session) {
            return group(StateMemory.session(aggregate.keys(), aggregate.aggregates()), "each session")
                    + "; at most max_windows_per_key of a key, all in memory";
        }
        return group(
                        StateMemory.group(aggregate.keys(), aggregate.aggregates()),
                        window.isPresent() ? "each group of an open window" : "each group")
                + "; at most " + GROUPS
                + (window.isPresent() ? ", and max_windows_per_key windows of a key" : "");
    }

    private static String tables(StageOperator.ChangeJoin join) {
        List<RowLayout.Column> all = join.layout().columns();
        RowLayout right = join.right().layout();
        RowLayout left =
                new RowLayout(all.subList(0, all.size() - right.columns().size()));
        return row(join.keys(), left) + " for each left row, " + row(join.rightKeys(), right)
                + " for each right row, all in memory";
    }

    private static String streams(StageOperator.StreamJoin join) {
        List<RowLayout.Column> all = join.layout().columns();
        List<RowLayout.Column> right = join.right().layout().columns();
        List<RowLayout.Column> left = all.subList(0, all.size() - right.size());
        return bytes(StateMemory.timedRow(join.keys(), left)) + " and its texts for each left row, "
                + bytes(StateMemory.timedRow(join.rightKeys(), right))
                + " and its texts for each right row, all in memory";
    }

    private static String sorted(StageOperator.Sort sort) {
        long values = sort.orderBy().size() + sort.layout().columns().size();
        return sort.rows()
                .map(rows -> bytes(OverMemory.bytes(rows + 1, values)) + " and their texts for each open window")
                .orElseGet(() -> "every row of the open windows, without bound");
    }

    /** Whether a removal needs no rows: counts and sums. */
    private static boolean isTakenBack(StageOperator.AggregateCall call) {
        boolean exact = call.arguments().stream()
                .allMatch(argument -> argument.type() == Simple.BIGINT || argument.type() instanceof SqlType.Decimal);
        boolean sum = call.function().equals("SUM") || call.function().equals("AVG");
        return !call.distinct() && (call.function().equals("COUNT") || sum && exact);
    }

    private static String lookup(StageOperator.Lookup lookup) {
        return lookup.subqueries().stream()
                .flatMap(SubqueryPlan::withNested)
                .map(each -> row(each.tableKeys(), each.table().layout()) + " for each row of "
                        + each.table().topic())
                .collect(Collectors.joining(", ", "", ", all in memory"));
    }

    private static String group(Optional<Long> most, String of) {
        return most.map(bytes -> bytes(bytes) + " and its texts for " + of)
                .orElse("an aggregate that grows with the values of " + of + ", without bound");
    }

    private static String row(List<Expression> keys, RowLayout layout) {
        return bytes(StateMemory.lookedUpRow(keys, layout)) + " and its texts";
    }

    private static String bytes(long most) {
        return "at most " + most + " bytes";
    }
}
