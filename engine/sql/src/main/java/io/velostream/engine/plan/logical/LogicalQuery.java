package io.velostream.engine.plan.logical;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.ErrorHandling;
import io.velostream.engine.plan.physical.FormatOptions;
import io.velostream.engine.plan.physical.MetricSpec;
import io.velostream.engine.plan.physical.QueryPlan.QueryKind;
import io.velostream.engine.plan.physical.SourceSpec.Format;
import io.velostream.engine.plan.physical.StageOutput.KeySpec;
import io.velostream.engine.plan.physical.StageOutput.SinkColumn;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One query: branches joined by UNION ALL, all writing to one sink.
 *
 * @param name unique in the job
 * @param errors what happens to records that cannot be processed
 * @param inner whether it is a query within a statement, which other statements cannot read
 */
public record LogicalQuery(
        String name, QueryKind kind, SinkDefinition sink, List<Branch> branches, ErrorHandling errors, boolean inner) {
    public LogicalQuery {
        branches = List.copyOf(branches);
    }

    /** The same query with other branches. */
    public LogicalQuery withBranches(List<Branch> changed) {
        return new LogicalQuery(name, kind, sink, changed, errors, inner);
    }

    /** The same query as one within a statement. */
    public LogicalQuery asInner() {
        return new LogicalQuery(name, kind, sink, branches, errors, true);
    }

    /**
     * Where the rows go.
     *
     * @param keyFormat in what a reader finds the record keys
     * @param options what the format needs to know beyond its name
     */
    public record SinkDefinition(
            String name,
            String topic,
            Format format,
            Format keyFormat,
            Map<String, String> properties,
            FormatOptions options) {
        public SinkDefinition {
            properties = Map.copyOf(properties);
        }
    }

    /**
     * One SELECT: the plan, and what of its last row is written.
     *
     * @param timestamp the output record's timestamp; empty: the row's own time
     * @param metrics what each written row updates
     */
    public record Branch(
            LogicalPlan plan,
            List<SinkColumn> columns,
            KeySpec key,
            Optional<Expression> timestamp,
            List<MetricSpec> metrics) {
        public Branch {
            columns = List.copyOf(columns);
            metrics = List.copyOf(metrics);
        }
    }
}
