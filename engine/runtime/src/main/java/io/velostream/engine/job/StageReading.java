package io.velostream.engine.job;

import io.velostream.engine.plan.physical.JobPlan;
import io.velostream.engine.plan.physical.QueryPlan;
import io.velostream.engine.plan.physical.StageInput;
import io.velostream.engine.plan.physical.StageOperator;
import io.velostream.engine.plan.physical.StageOutput;
import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.runtime.topology.StageMeter;
import io.velostream.engine.runtime.topology.UnitTopics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/** Puts what the meters counted beside the plan that it belongs to. */
final class StageReading {

    private StageReading() {}

    static Stream<String> sourceStages(JobPlan plan) {
        return plan.units().stream()
                .flatMap(unit -> unit.queries().stream())
                .flatMap(query -> query.stages().stream())
                .filter(stage -> stage.input() instanceof StageInput.Topic)
                .map(StagePlan::id);
    }

    static List<StageStatistics> of(String job, List<UnitControl> units, Function<String, StageMeter> meterOf) {
        List<StageStatistics> all = new ArrayList<>();
        for (UnitControl unit : units) {
            UnitTopics topics = new UnitTopics(unit.spec().plan(), unit.spec().applicationId());
            Map<String, Long> backlog = unit.lags().entrySet().stream()
                    .collect(Collectors.groupingBy(
                            entry -> topicOf(entry.getKey()), Collectors.summingLong(Map.Entry::getValue)));
            for (QueryPlan query : unit.spec().plan().queries()) {
                for (StagePlan stage : query.stages()) {
                    String input = topics.input(stage);
                    all.add(statistics(
                            job, query, stage, input, backlog.getOrDefault(input, 0L), meterOf.apply(stage.id())));
                }
            }
        }
        return all;
    }

    static List<DeadLetterStatistics> deadLetters(
            String job, List<UnitControl> units, Function<String, StageMeter> meterOf) {
        List<DeadLetterStatistics> all = new ArrayList<>();
        for (UnitControl unit : units) {
            Optional<String> topic = unit.spec().deadLetterTopicInUse();
            if (topic.isPresent()) {
                for (QueryPlan query : unit.spec().plan().queries()) {
                    all.add(deadLetters(job, query, topic.get(), meterOf));
                }
            }
        }
        return all;
    }

    private static DeadLetterStatistics deadLetters(
            String job, QueryPlan query, String topic, Function<String, StageMeter> meterOf) {
        long count = 0;
        StageMeter.Letters last = StageMeter.Letters.NONE;
        for (StagePlan stage : query.stages()) {
            StageMeter.Letters letters = meterOf.apply(stage.id()).letters();
            count += letters.count();
            if (letters.lastAt() > last.lastAt()) {
                last = letters;
            }
        }
        return new DeadLetterStatistics(
                job,
                query.name(),
                topic,
                count,
                last.code(),
                last.message(),
                count == 0 ? OptionalLong.empty() : OptionalLong.of(last.lastAt()));
    }

    private static String topicOf(TopicPartition partition) {
        return partition.topic();
    }

    private static StageStatistics statistics(
            String job, QueryPlan query, StagePlan stage, String input, long backlog, StageMeter meter) {
        StageMeter.Reading reading = meter.read();
        return new StageStatistics(
                job,
                query.name(),
                typeOf(query),
                stage.id(),
                input,
                stage.input() instanceof StageInput.Topic,
                stage.output() instanceof StageOutput.Sink,
                reading.counts().recordsIn(),
                reading.counts().recordsFailed(),
                reading.counts().rowsOut(),
                reading.counts().lateDropped(),
                reading.counts().lateProcessed(),
                reading.lastBatchNanos(),
                reading.lastBatchRecords(),
                reading.watermark(),
                reading.maxEventTime(),
                reading.stateBytes(),
                reading.stateGroups(),
                reading.spilledGroups(),
                backlog,
                reading.counts().batches(),
                reading.counts().batchNanos());
    }

    private static StageStatistics.QueryType typeOf(QueryPlan query) {
        List<StageOperator.Aggregate> aggregates = query.stages().stream()
                .flatMap(stage -> stage.operators().stream())
                .filter(StageOperator.Aggregate.class::isInstance)
                .map(StageOperator.Aggregate.class::cast)
                .toList();
        boolean overs = query.stages().stream()
                .flatMap(stage -> stage.operators().stream())
                .anyMatch(StageOperator.Over.class::isInstance);
        if (overs) {
            return StageStatistics.QueryType.WINDOWING;
        }
        if (aggregates.isEmpty()) {
            return StageStatistics.QueryType.PROJECTION;
        }
        return aggregates.stream().anyMatch(aggregate -> aggregate.window().isPresent())
                ? StageStatistics.QueryType.WINDOWING
                : StageStatistics.QueryType.AGGREGATION;
    }

    static List<JobStatus.QueryStatus> queries(JobPlan plan, List<UnitControl> units, JobStatus.JobState jobState) {
        Map<String, UnitControl> byUnit = units.stream()
                .collect(Collectors.toMap(unit -> unit.spec().plan().name(), unit -> unit));
        List<JobStatus.QueryStatus> queries = new ArrayList<>();
        plan.units()
                .forEach(unit -> unit.queries().forEach(query -> {
                    UnitControl control = byUnit.get(unit.name());
                    queries.add(new JobStatus.QueryStatus(
                            query.name(),
                            query.kind().name(),
                            source(query),
                            sink(query),
                            control == null ? jobState.name() : control.phase().name(),
                            control == null ? Optional.empty() : control.error()));
                }));
        return queries;
    }

    private static String source(QueryPlan query) {
        return query.stages().stream()
                .filter(stage -> stage.input() instanceof StageInput.Topic)
                .map(stage -> ((StageInput.Topic) stage.input()).source().topic())
                .distinct()
                .collect(Collectors.joining(","));
    }

    private static String sink(QueryPlan query) {
        return query.stages().stream()
                .filter(stage -> stage.output() instanceof StageOutput.Sink)
                .map(stage -> ((StageOutput.Sink) stage.output()).topic())
                .distinct()
                .collect(Collectors.joining(","));
    }
}
