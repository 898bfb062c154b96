package io.velostream.engine.plan;

import io.velostream.engine.plan.Optimizer.Optimized;
import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.logical.LogicalPlan;
import io.velostream.engine.plan.logical.LogicalQuery;
import io.velostream.engine.plan.logical.LogicalQuery.Branch;
import io.velostream.engine.plan.logical.SourceDefinition;
import io.velostream.engine.plan.logical.Subquery;
import io.velostream.engine.plan.physical.InsertPlan;
import io.velostream.engine.plan.physical.JobPlan;
import io.velostream.engine.plan.physical.QueryPlan;
import io.velostream.engine.plan.physical.RowLayout;
import io.velostream.engine.plan.physical.StageInput;
import io.velostream.engine.plan.physical.StageOperator;
import io.velostream.engine.plan.physical.StageOperator.Window;
import io.velostream.engine.plan.physical.StageOutput;
import io.velostream.engine.plan.physical.StageOutput.KeySpec;
import io.velostream.engine.plan.physical.StageOutput.SinkColumn;
import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.plan.physical.UnitPlan;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Plans as EXPLAIN prints them: for each query the logical plan, the rules that shaped it, and the stages. */
final class ExplainText {

    private final StringBuilder text = new StringBuilder();

    private ExplainText() {}

    static String of(List<Optimized> queries, JobPlan plan) {
        ExplainText explain = new ExplainText();
        for (int i = 0; i < queries.size(); i++) {
            explain.query(queries.get(i), plan.units().get(i));
        }
        plan.inserts().forEach(explain::insert);
        return explain.text.toString();
    }

    private void insert(InsertPlan insert) {
        if (!text.isEmpty()) {
            text.append('\n');
        }
        int rows = insert.rows().size();
        line(
                0,
                "VALUES " + insert.name() + ": " + rows + (rows == 1 ? " row" : " rows") + " into " + insert.topic()
                        + ", once");
    }

    private void line(int depth, String content) {
        text.append("  ".repeat(depth)).append(content).append('\n');
    }

    private void query(Optimized optimized, UnitPlan unit) {
        LogicalQuery query = optimized.query();
        if (!text.isEmpty()) {
            text.append('\n');
        }
        line(0, query.kind() + " " + query.name() + " (unit " + unit.name() + ")");
        line(1, "logical plan:");
        for (Branch branch : query.branches()) {
            line(
                    2,
                    "write " + query.sink().topic() + " as "
                            + lower(query.sink().format()) + ": " + columns(branch.columns()));
            line(3, "key: " + key(branch.key()));
            branch.timestamp().ifPresent(time -> line(3, "timestamp: " + ExpressionText.of(time)));
            plan(3, branch.plan());
        }
        line(1, "rules: " + (optimized.applied().isEmpty() ? "none" : String.join(", ", optimized.applied())));
        line(1, "stages:");
        for (QueryPlan plan : unit.queries()) {
            plan.stages().forEach(this::stage);
        }
    }

    private static String columns(List<SinkColumn> columns) {
        return columns.stream()
                .map(column -> switch (column) {
                    case SinkColumn.EveryField _ -> "*";
                    case SinkColumn.Named named -> named(ExpressionText.of(named.value()), named.name());
                })
                .collect(Collectors.joining(", "));
    }

    private static String named(String expression, String name) {
        return expression.equals(name) ? name : expression + " AS " + name;
    }

    private static String key(KeySpec key) {
        return switch (key) {
            case KeySpec.None _ -> "none";
            case KeySpec.Passthrough _ -> "the input record's";
            case KeySpec.Columns columns -> list(columns.values());
        };
    }

    private void plan(int depth, LogicalPlan plan) {
        switch (plan) {
            case LogicalPlan.Filter filter -> {
                line(depth, "filter " + ExpressionText.of(filter.predicate()));
                plan(depth + 1, filter.input());
            }
            case LogicalPlan.Limit limit -> {
                line(depth, "limit " + limit.rows());
                plan(depth + 1, limit.input());
            }
            case LogicalPlan.Aggregate aggregate -> {
                line(depth, "aggregate " + aggregate(aggregate));
                plan(depth + 1, aggregate.input());
            }
            case LogicalPlan.Over over -> {
                line(
                        depth,
                        "over " + OverText.calls(over.windows())
                                + (over.partitionBy().isEmpty() ? "" : " by " + list(over.partitionBy())));
                plan(depth + 1, over.input());
            }
            case LogicalPlan.Sort sort -> {
                line(
                        depth,
                        "in each window "
                                + sort.rows()
                                        .map(rows -> "the first " + rows + " ")
                                        .orElse("") + "by " + OverText.keys(sort.orderBy()));
                plan(depth + 1, sort.input());
            }
            case LogicalPlan.Project project -> {
                line(depth, "project " + layout(project.layout()));
                plan(depth + 1, project.input());
            }
            case LogicalPlan.Changes changes -> {
                line(depth, "changes of the table");
                scan(depth + 1, changes.input());
            }
            case LogicalPlan.Join join -> {
                line(depth, JoinText.of(join));
                plan(depth + 1, join.left());
                plan(depth + 1, join.right());
            }
            case LogicalPlan.Lookup lookup -> {
                lookup.subqueries().forEach(each -> subquery(depth, each));
                plan(depth + 1, lookup.input());
            }
            case LogicalPlan.Explode explode -> {
                line(depth, "a row for each element of " + list(explode.arrays()));
                plan(depth + 1, explode.input());
            }
            case LogicalPlan.Scan scan -> scan(depth, scan);
        }
    }

    private void subquery(int depth, Subquery subquery) {
        line(depth, "subquery " + JoinText.of(subquery));
        subquery.nested().all().forEach(each -> subquery(depth + 1, each));
        plan(depth + 2, subquery.table());
    }

    private static String aggregate(LogicalPlan.Aggregate aggregate) {
        return aggregate.calls().stream().map(ExpressionText::of).collect(Collectors.joining(", "))
                + (aggregate.keys().isEmpty() ? "" : " by " + list(aggregate.keys()))
                + aggregate.window().map(window -> ", " + window(window)).orElse("")
                + ", emit " + lower(aggregate.emit());
    }

    private static String window(Window window) {
        return switch (window) {
            case Window.Tumbling tumbling -> "tumbling " + duration(tumbling.size()) + grace(tumbling.grace());
            case Window.Sliding sliding ->
                "sliding " + duration(sliding.size()) + " by " + duration(sliding.advance()) + grace(sliding.grace());
            case Window.Session session -> "session with gap " + duration(session.gap()) + grace(session.grace());
        };
    }

    private static String grace(Duration grace) {
        return grace.isZero() ? "" : " with grace " + duration(grace);
    }

    private void scan(int depth, LogicalPlan.Scan scan) {
        SourceDefinition source = scan.source();
        line(depth, "scan " + source.name() + ": topic " + source.topic() + " as " + lower(source.format()));
        line(depth + 1, "reads: " + (scan.wholeValue() ? "every field; " : "") + fields(scan.fields()));
        line(
                depth + 1,
                "time: "
                        + scan.eventTimeSlot()
                                .map(slot -> scan.fields().get(slot).name())
                                .orElse("the record's")
                        + source.watermark()
                                .punctuation()
                                .map(field -> ", moved by records with " + field)
                                .orElse("")
                        + ", disorder " + duration(source.watermark().maxOutOfOrderness())
                        + ", late data " + lower(source.lateData())
                        + source.watermark()
                                .allowedLateness()
                                .map(lateness -> ", allowed lateness " + duration(lateness))
                                .orElse(""));
    }

    private static String fields(List<StageInput.FieldRead> fields) {
        return fields.isEmpty()
                ? "nothing"
                : fields.stream()
                        .map(field -> field.name() + " " + field.type() + (field.fromKey() ? " from the key" : ""))
                        .collect(Collectors.joining(", "));
    }

    private void stage(StagePlan stage) {
        line(2, stage.id() + ":");
        line(3, "from " + input(stage.input()));
        stage.operators().forEach(operator -> {
            line(3, operator(operator));
            MemoryText.of(operator).ifPresent(memory -> line(4, "memory: " + memory));
        });
        line(
                3,
                "to "
                        + switch (stage.output()) {
                            case StageOutput.Sink sink -> "topic " + sink.topic();
                            case StageOutput.Repartition repartition ->
                                "repartition " + repartition.topic() + " " + JoinText.spread(repartition) + ": "
                                        + layout(repartition.layout());
                        });
    }

    private static String input(StageInput input) {
        return switch (input) {
            case StageInput.Topic topic -> "topic " + topic.source().topic();
            case StageInput.Repartition repartition -> "repartition " + repartition.topic();
        };
    }

    private static String operator(StageOperator operator) {
        return switch (operator) {
            case StageOperator.Materialize table ->
                "table in store " + table.storeName() + ": " + layout(table.layout());
            case StageOperator.Additions _ -> "additions only";
            case StageOperator.TableJoin join -> JoinText.of(join);
            case StageOperator.StreamJoin join -> JoinText.of(join);
            case StageOperator.ChangeJoin join -> JoinText.of(join);
            case StageOperator.Lookup lookup -> JoinText.of(lookup);
            case StageOperator.ChangeAggregate aggregate ->
                "aggregate changes in store " + aggregate.storeName() + ": " + layout(aggregate.layout());
            case StageOperator.Filter filter -> "filter " + ExpressionText.of(filter.predicate());
            case StageOperator.Project project ->
                "project " + project.columns().stream().map(ExpressionText::of).collect(Collectors.joining(", "));
            case StageOperator.Explode explode -> "a row for each element of " + list(explode.arrays());
            case StageOperator.Limit limit -> "limit " + limit.rows();
            case StageOperator.Aggregate aggregate ->
                "aggregate in store " + aggregate.storeName() + ": " + layout(aggregate.layout());
            case StageOperator.Sort sort ->
                "sort in store " + sort.storeName() + ", a window keeps "
                        + sort.rows().map(rows -> "the first " + rows + " rows").orElse("every row") + " by "
                        + OverText.keys(sort.orderBy());
            case StageOperator.Over over ->
                "over in store " + over.storeName() + ", a partition keeps "
                        + over.windows().stream().map(OverText::kept).collect(Collectors.joining("; and "))
                        + "; " + OverText.memory(over.windows());
        };
    }

    static String layout(RowLayout layout) {
        return layout.columns().stream()
                .map(column -> column.name() + " " + column.type())
                .collect(Collectors.joining(", "));
    }

    static String list(List<Expression> expressions) {
        return expressions.isEmpty()
                ? "nothing"
                : expressions.stream().map(ExpressionText::of).collect(Collectors.joining(", "));
    }

    static String duration(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
