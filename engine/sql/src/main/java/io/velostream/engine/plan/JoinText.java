package io.velostream.engine.plan;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.logical.LogicalPlan;
import io.velostream.engine.plan.logical.LogicalPlan.JoinForm;
import io.velostream.engine.plan.logical.Subquery;
import io.velostream.engine.plan.physical.JoinKind;
import io.velostream.engine.plan.physical.StageOperator;
import io.velostream.engine.plan.physical.StageOutput;
import io.velostream.engine.plan.physical.SubqueryPlan;
import io.velostream.engine.plan.physical.SubqueryResult;
import io.velostream.engine.plan.physical.SubqueryTest;
import io.velostream.engine.plan.physical.TimeBound;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Joins and subqueries as EXPLAIN prints them. */
final class JoinText {

    private JoinText() {}

    static String of(LogicalPlan.Join join) {
        String form = switch (join.form()) {
            case JoinForm.StreamTable _ -> " join of a stream with a table";
            case JoinForm.StreamStream streams -> " join of streams " + bound(streams.bound());
            case JoinForm.TableTable _ -> " join of tables";
        };
        return kind(join.kind()) + form + on(join.leftKeys(), join.rightKeys(), join.residual());
    }

    static String of(Subquery subquery) {
        return result(subquery.result()) + on(subquery.probes(), subquery.tableKeys(), subquery.predicate());
    }

    static String of(StageOperator.TableJoin join) {
        return (join.keepsUnmatched() ? "left" : "inner") + " join with the table from repartition "
                + join.table().topic() + on(join.keys(), join.tableKeys(), join.residual()) + "; state "
                + join.storeName()
                + ": every row of the table in this partition";
    }

    static String of(StageOperator.StreamJoin join) {
        return kind(join.kind()) + " join with repartition " + join.right().topic() + " " + bound(join.bound())
                + on(join.keys(), join.rightKeys(), join.residual()) + "; state " + join.storeName()
                + ": left rows for "
                + span(join.bound().after().plus(join.bound().grace())) + ", right rows for "
                + span(join.bound().before().plus(join.bound().grace())) + " of event time";
    }

    static String of(StageOperator.ChangeJoin join) {
        return kind(join.kind()) + " join of changes with repartition "
                + join.right().topic()
                + on(join.keys(), join.rightKeys(), join.residual()) + "; state " + join.storeName()
                + ": every row of both tables in this partition";
    }

    static String of(StageOperator.Lookup lookup) {
        return lookup.subqueries().stream()
                .flatMap(SubqueryPlan::withNested)
                .map(each -> result(each.result()) + on(each.probes(), each.tableKeys(), each.predicate())
                        + " in repartition " + each.table().topic())
                .collect(Collectors.joining(
                        ", ", "subqueries: ", "; state " + lookup.storeName() + ": every row of the tables"));
    }

    static String spread(StageOutput.Repartition repartition) {
        return switch (repartition.spread()) {
            case BY_TUPLE -> "by " + ExplainText.list(repartition.keys());
            case BY_KEY_TEXT -> "by the key " + ExplainText.list(repartition.keys());
            case TO_ALL -> "to every task";
        };
    }

    private static String kind(JoinKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static String result(SubqueryResult result) {
        return test(result.test())
                + result.order()
                        .map(order -> " of the first " + order.rows() + " by " + OverText.keys(order.keys()))
                        .orElse("");
    }

    private static String test(SubqueryTest test) {
        return switch (test) {
            case SubqueryTest.Exists _ -> "exists";
            case SubqueryTest.Scalar scalar -> "value " + ExpressionText.of(scalar.value());
            case SubqueryTest.Compare compare ->
                ExpressionText.of(compare.operand()) + " " + compare.operator().symbol()
                        + (compare.all() ? " all " : " any ") + ExpressionText.of(compare.value());
        };
    }

    private static String on(List<Expression> left, List<Expression> right, Optional<Expression> rest) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < left.size(); i++) {
            text.append(text.isEmpty() ? " on " : " and ")
                    .append(ExpressionText.of(left.get(i)))
                    .append(" = ")
                    .append(ExpressionText.of(right.get(i)));
        }
        rest.ifPresent(each -> text.append(text.isEmpty() ? " on " : " and ").append(ExpressionText.of(each)));
        return text.toString();
    }

    private static String bound(TimeBound bound) {
        return "within " + span(bound.before()) + " before and " + span(bound.after()) + " after"
                + (bound.grace().isZero() ? "" : " with grace " + span(bound.grace()));
    }

    private static String span(Duration duration) {
        return ExplainText.duration(duration);
    }
}
