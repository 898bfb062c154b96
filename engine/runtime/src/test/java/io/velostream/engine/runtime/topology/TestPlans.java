package io.velostream.engine.runtime.topology;

import io.velostream.engine.plan.physical.JobPlan;
import io.velostream.engine.plan.physical.QueryPlan;
import io.velostream.engine.plan.physical.RowLayout;
import io.velostream.engine.plan.physical.SourceSpec;
import io.velostream.engine.plan.physical.StageInput;
import io.velostream.engine.plan.physical.StageOperator;
import io.velostream.engine.plan.physical.StageOutput;
import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.plan.physical.UnitPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans made by hand, whose stages are those of {@link TestStages}: what is in them beyond topics does not matter. */
public final class TestPlans {

    private static final RowLayout NO_SLOTS = new RowLayout(List.of());

    private TestPlans() {}

    /** Every record of a topic goes to another. */
    public static QueryPlan copy(String name, String from, String to) {
        return new QueryPlan(
                name,
                QueryPlan.QueryKind.STREAM,
                List.of(new StagePlan(name + "-0", topic(from), List.of(), sink(to))));
    }

    /** Counts by value: a repartition by the value, then one running count an input. */
    public static QueryPlan countByValue(String name, String from, String to) {
        return new QueryPlan(
                name,
                QueryPlan.QueryKind.TABLE,
                List.of(
                        new StagePlan(
                                name + "-0",
                                topic(from),
                                List.of(),
                                new StageOutput.Repartition(name, List.of(), List.of(), NO_SLOTS)),
                        new StagePlan(
                                name + "-1",
                                new StageInput.Repartition(name, NO_SLOTS),
                                List.of(aggregate(name + "-counts")),
                                sink(to))));
    }

    /** Counts by the record's key, which already is the partition's. */
    public static QueryPlan countByKey(String name, String from, String to) {
        return new QueryPlan(
                name,
                QueryPlan.QueryKind.TABLE,
                List.of(new StagePlan(name + "-0", topic(from), List.of(aggregate(name + "-counts")), sink(to))));
    }

    public static JobPlan job(QueryPlan... queries) {
        return new JobPlan(List.of(unit(queries)));
    }

    public static UnitPlan unit(QueryPlan... queries) {
        return new UnitPlan("u", List.of(queries));
    }

    private static StageInput.Topic topic(String name) {
        return new StageInput.Topic(
                new SourceSpec(
                        name,
                        name,
                        SourceSpec.Format.JSON,
                        SourceSpec.Format.TEXT,
                        true,
                        new SourceSpec.EventTime(Optional.empty(), Optional.empty()),
                        new SourceSpec.Watermark(Duration.ZERO, Duration.ofSeconds(10)),
                        SourceSpec.LateData.DROP,
                        Map.of()),
                List.of(),
                true);
    }

    private static StageOutput.Sink sink(String topic) {
        return new StageOutput.Sink(
                topic,
                topic,
                SourceSpec.Format.JSON,
                List.of(),
                new StageOutput.KeySpec.None(),
                Optional.empty(),
                Map.of());
    }

    private static StageOperator.Aggregate aggregate(String store) {
        return new StageOperator.Aggregate(
                store, List.of(), List.of(), Optional.empty(), StageOperator.Emit.CHANGES, NO_SLOTS);
    }
}
