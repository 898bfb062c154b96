package io.velostream.engine.plan;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.logical.LogicalPlan;
import io.velostream.engine.plan.logical.LogicalPlan.JoinForm;
import io.velostream.engine.plan.logical.LogicalQuery;
import io.velostream.engine.plan.logical.LogicalQuery.Branch;
import io.velostream.engine.plan.logical.Subquery;
import io.velostream.engine.plan.logical.rule.Plans;
import io.velostream.engine.plan.physical.QueryPlan.QueryKind;
import io.velostream.engine.plan.physical.RowLayout;
import io.velostream.engine.plan.physical.StageInput.FieldRead;
import io.velostream.engine.plan.physical.StageOutput.SinkColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A query within a statement that only one other reads, row by row, becomes a part of that one: its rows need no topic, and
 * a condition above it can be used below. Not where the reader asks for what only a record of a topic has, such as its key
 * or offset.
 */
final class Inlining {

    private final List<LogicalQuery> queries;

    private Inlining(List<LogicalQuery> queries) {
        this.queries = new ArrayList<>(queries);
    }

    /** The queries of a script with as few topics between them as may be; each stands behind those that it reads. */
    static List<LogicalQuery> of(List<LogicalQuery> queries) {
        Inlining inlining = new Inlining(queries);
        for (LogicalQuery query : queries) {
            if (query.inner()) {
                inlining.inline(query.name());
            }
        }
        return List.copyOf(inlining.queries);
    }

    private void inline(String name) {
        LogicalQuery inner = queries.stream()
                .filter(query -> query.inner() && query.name().equals(name))
                .findFirst()
                .orElseThrow();
        if (!isPlain(inner) || readings(inner.sink().topic()) != 1) {
            return;
        }
        for (int index = 0; index < queries.size(); index++) {
            Optional<LogicalQuery> merged = into(queries.get(index), inner);
            if (merged.isPresent()) {
                queries.set(index, merged.get());
                queries.remove(inner);
                return;
            }
        }
    }

    /** Whether each row of the query comes of one row, or one pair of rows, and is written as it is. */
    private static boolean isPlain(LogicalQuery inner) {
        Branch branch = inner.branches().getFirst();
        return inner.kind() == QueryKind.STREAM
                && inner.branches().size() == 1
                && inner.sink().topic().equals(inner.name())
                && inner.sink().properties().isEmpty()
                && branch.timestamp().isEmpty()
                && branch.metrics().isEmpty()
                && branch.columns().stream().allMatch(SinkColumn.Named.class::isInstance)
                && !branch.plan().changes()
                && isRowByRow(branch.plan());
    }

    private static boolean isRowByRow(LogicalPlan plan) {
        return switch (plan) {
            case LogicalPlan.Scan _ -> true;
            case LogicalPlan.Filter filter -> isRowByRow(filter.input());
            case LogicalPlan.Project project -> isRowByRow(project.input());
            case LogicalPlan.Over over -> isRowByRow(over.input());
            case LogicalPlan.Explode explode -> isRowByRow(explode.input());
            case LogicalPlan.Lookup lookup -> isRowByRow(lookup.input());
            case LogicalPlan.Join join -> !(join.form() instanceof JoinForm.TableTable) && isRowByRow(join.left());
            case LogicalPlan.Changes _, LogicalPlan.Aggregate _, LogicalPlan.Sort _, LogicalPlan.Limit _ -> false;
        };
    }

    private long readings(String topic) {
        return queries.stream()
                .flatMap(query -> query.branches().stream())
                .mapToLong(branch -> readings(branch.plan(), topic))
                .sum();
    }

    private static long readings(LogicalPlan plan, String topic) {
        return switch (plan) {
            case LogicalPlan.Scan scan -> scan.source().topic().equals(topic) ? 1 : 0;
            case LogicalPlan.Changes changes -> readings(changes.input(), topic);
            case LogicalPlan.Project project -> readings(project.input(), topic);
            case LogicalPlan.Filter filter -> readings(filter.input(), topic);
            case LogicalPlan.Over over -> readings(over.input(), topic);
            case LogicalPlan.Explode explode -> readings(explode.input(), topic);
            case LogicalPlan.Aggregate aggregate -> readings(aggregate.input(), topic);
            case LogicalPlan.Sort sort -> readings(sort.input(), topic);
            case LogicalPlan.Limit limit -> readings(limit.input(), topic);
            case LogicalPlan.Join join -> readings(join.left(), topic) + readings(join.right(), topic);
            case LogicalPlan.Lookup lookup ->
                readings(lookup.input(), topic)
                        + lookup.subqueries().stream()
                                .flatMap(Subquery::tables)
                                .mapToLong(table -> readings(table, topic))
                                .sum();
        };
    }

    private static Optional<LogicalQuery> into(LogicalQuery reader, LogicalQuery inner) {
        for (int index = 0; index < reader.branches().size(); index++) {
            Branch branch = reader.branches().get(index);
            Optional<LogicalPlan.Project> rows =
                    scan(branch.plan(), inner.sink().topic()).flatMap(scan -> rows(scan, inner));
            if (rows.isPresent() && OverShipping.metadata(branch).isEmpty()) {
                List<Branch> branches = new ArrayList<>(reader.branches());
                branches.set(index, over(branch, rows.get()));
                return Optional.of(reader.withBranches(branches));
            }
        }
        return Optional.empty();
    }

    /** The scan of a topic at the bottom of operators that take one row after the other. */
    private static Optional<LogicalPlan.Scan> scan(LogicalPlan plan, String topic) {
        return switch (plan) {
            case LogicalPlan.Scan scan ->
                Optional.of(scan).filter(each -> each.source().topic().equals(topic));
            case LogicalPlan.Project project -> scan(project.input(), topic);
            case LogicalPlan.Filter filter -> scan(filter.input(), topic);
            case LogicalPlan.Over over -> scan(over.input(), topic);
            case LogicalPlan.Explode explode -> scan(explode.input(), topic);
            case LogicalPlan.Aggregate aggregate -> scan(aggregate.input(), topic);
            case LogicalPlan.Sort sort -> scan(sort.input(), topic);
            case LogicalPlan.Limit limit -> scan(limit.input(), topic);
            case LogicalPlan.Changes _, LogicalPlan.Join _, LogicalPlan.Lookup _ -> Optional.empty();
        };
    }

    /** What the scan reads, made from the inner query's last row; empty where it reads more than that. */
    private static Optional<LogicalPlan.Project> rows(LogicalPlan.Scan scan, LogicalQuery inner) {
        if (scan.wholeValue()
                || scan.eventTimeSlot().isPresent()
                || scan.punctuationSlot().isPresent()) {
            return Optional.empty();
        }
        Branch branch = inner.branches().getFirst();
        List<Expression> columns = new ArrayList<>();
        for (FieldRead field : scan.fields()) {
            Optional<Expression> value = branch.columns().stream()
                    .map(SinkColumn.Named.class::cast)
                    .filter(column -> column.name().equals(field.name()))
                    .map(SinkColumn.Named::value)
                    .findFirst()
                    .filter(each -> each.type().equals(field.type()));
            if (value.isEmpty() || field.fromKey()) {
                return Optional.empty();
            }
            columns.add(value.get());
        }
        RowLayout layout = scan.layout();
        return Optional.of(new LogicalPlan.Project(branch.plan(), columns, layout));
    }

    private static Branch over(Branch branch, LogicalPlan.Project rows) {
        LogicalPlan plan = Plans.rewrite(branch.plan(), each -> each instanceof LogicalPlan.Scan ? rows : each);
        return new Branch(plan, branch.columns(), branch.key(), branch.timestamp(), branch.metrics());
    }
}
