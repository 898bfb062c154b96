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
 */
public record LogicalQuery(
        String name, QueryKind kind, SinkDefinition sink, List<Branch> branches, ErrorHandling errors) {
    public LogicalQuery {
        branches = List.copyOf(branches);
    }

    /**
     * Where the rows go.
     *
     * @param options what the format needs to know beyond its name
     */
    public record SinkDefinition(
            String name, String topic, Format format, Map<String, String> properties, FormatOptions options) {
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
