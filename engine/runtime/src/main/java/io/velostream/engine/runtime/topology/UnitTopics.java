package io.velostream.engine.runtime.topology;

import io.velostream.engine.plan.physical.FileSource;
import io.velostream.engine.plan.physical.QueryPlan;
import io.velostream.engine.plan.physical.StageInput;
import io.velostream.engine.plan.physical.StageOutput;
import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.plan.physical.UnitPlan;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * The topics of a unit by their full names. Names of our own begin with the application id, so that they can be told,
 * secured and deleted by it.
 */
public final class UnitTopics {

    private static final String REPARTITION_SUFFIX = "-repartition";
    private static final String INGEST_SUFFIX = "-ingest";

    private final UnitPlan unit;
    private final String applicationId;

    /** The topics of the unit when it runs under that application id. */
    public UnitTopics(UnitPlan unit, String applicationId) {
        this.unit = unit;
        this.applicationId = applicationId;
    }

    /** Topics of users that the unit reads, in the order of the text. */
    public Set<String> sources() {
        Set<String> topics = new LinkedHashSet<>();
        for (QueryPlan query : unit.queries()) {
            for (StagePlan stage : query.stages()) {
                if (stage.input() instanceof StageInput.Topic topic
                        && topic.source().options().file().isEmpty()) {
                    topics.add(topic.source().topic());
                }
            }
        }
        return topics;
    }

    /** Files that the unit reads, by the full name of the topic of our own that holds their records. */
    public Map<String, FileSource> files() {
        Map<String, FileSource> files = new LinkedHashMap<>();
        for (QueryPlan query : unit.queries()) {
            for (StagePlan stage : query.stages()) {
                if (stage.input() instanceof StageInput.Topic topic) {
                    topic.source().options().file().ifPresent(file -> files.put(input(stage), file));
                }
            }
        }
        return files;
    }

    /** The topics, of users or our own, that the unit reads as tables. */
    public Set<String> tables() {
        Set<String> topics = new LinkedHashSet<>();
        for (QueryPlan query : unit.queries()) {
            for (StagePlan stage : query.stages()) {
                if (stage.readsTable()) {
                    topics.add(input(stage));
                }
            }
        }
        return topics;
    }

    /** Topics of users that the unit writes. */
    public Set<String> sinks() {
        Set<String> topics = new LinkedHashSet<>();
        for (QueryPlan query : unit.queries()) {
            for (StagePlan stage : query.stages()) {
                if (stage.output() instanceof StageOutput.Sink sink) {
                    topics.add(sink.topic());
                }
            }
        }
        return topics;
    }

    /**
     * Repartition topics with their partitions. What a stage reads has the same number everywhere: that of the user's topic
     * that it reads itself, else the largest of what stands before its inputs, so that parallelism stays.
     *
     * @param partitionsOf the partitions of a topic of a user
     */
    public Map<String, Integer> repartitions(ToIntFunction<String> partitionsOf) {
        Map<String, Integer> partitions = new LinkedHashMap<>();
        for (QueryPlan query : unit.queries()) {
            Map<String, Integer> before = new HashMap<>();
            for (StagePlan stage : query.stages()) {
                int tasks = tasks(stage, before, partitionsOf);
                for (StageInput input : stage.inputs()) {
                    if (input instanceof StageInput.Repartition repartition) {
                        partitions.put(repartition(repartition.topic()), tasks);
                    }
                }
                if (stage.output() instanceof StageOutput.Repartition repartition) {
                    before.put(repartition.topic(), tasks);
                }
            }
        }
        return partitions;
    }

    private int tasks(StagePlan stage, Map<String, Integer> before, ToIntFunction<String> partitionsOf) {
        if (stage.input() instanceof StageInput.Topic) {
            return partitionsOf.applyAsInt(input(stage));
        }
        return stage.inputs().stream()
                .filter(StageInput.Repartition.class::isInstance)
                .mapToInt(input -> before.getOrDefault(((StageInput.Repartition) input).topic(), 1))
                .max()
                .orElse(1);
    }

    /** The stores' changelogs, which Streams creates itself. */
    public Set<String> changelogs() {
        Set<String> topics = new LinkedHashSet<>();
        for (QueryPlan query : unit.queries()) {
            for (StagePlan stage : query.stages()) {
                stage.storeName().ifPresent(store -> topics.add(applicationId + "-" + store + "-changelog"));
            }
        }
        return topics;
    }

    /** The full name of a plan's repartition topic. */
    public String repartition(String name) {
        return applicationId + "-" + name + REPARTITION_SUFFIX;
    }

    /** The full name of the topic that a stage reads. */
    public String input(StagePlan stage) {
        return input(stage.input());
    }

    /** The full name of the topic of an input. */
    String input(StageInput input) {
        return switch (input) {
            case StageInput.Topic topic ->
                topic.source().options().file().isPresent()
                        ? applicationId + "-" + topic.source().topic() + INGEST_SUFFIX
                        : topic.source().topic();
            case StageInput.Repartition repartition -> repartition(repartition.topic());
        };
    }

    /** The full name of the topic that a stage writes. */
    public String output(StagePlan stage) {
        return switch (stage.output()) {
            case StageOutput.Sink sink -> sink.topic();
            case StageOutput.Repartition repartition -> repartition(repartition.topic());
        };
    }
}
