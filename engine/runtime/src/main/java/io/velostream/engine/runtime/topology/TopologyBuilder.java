package io.velostream.engine.runtime.topology;

import io.velostream.engine.plan.physical.QueryPlan;
import io.velostream.engine.plan.physical.StageInput;
import io.velostream.engine.plan.physical.StageOperator;
import io.velostream.engine.plan.physical.StageOutput;
import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.plan.physical.UnitPlan;
import io.velostream.engine.runtime.operator.StageSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/**
 * Makes a Streams topology of a unit: per topic one source node, which the stages that read it share; per stage a
 * processor and its sinks. Streams numbers sub-topologies (hence tasks) by the sorted names of the source nodes, so those
 * begin with their position: a query that is appended to a unit leaves the tasks of the others alone.
 */
final class TopologyBuilder {

    private static final Map<String, String> CHANGELOG_CONFIG =
            Map.of("cleanup.policy", "compact", "min.cleanable.dirty.ratio", "0.3", "segment.bytes", "52428800");

    private final UnitPlan unit;
    private final UnitTopics topics;
    private final UnitRuntime runtime;
    private final String deadLetterTopic;
    private final Function<String, AutoOffsetReset> startOf;
    private final ToIntFunction<String> partitionsOf;
    private final Function<String, StageMeter> meterOf;

    private final Topology topology = new Topology();
    private final Map<String, String> sourceNodes = new LinkedHashMap<>();

    /**
     * @param startOf where a source topic is read from when nothing was committed
     * @param partitionsOf the partitions of a topic
     * @param meterOf the meter of a stage by its id
     */
    TopologyBuilder(
            UnitPlan unit,
            UnitTopics topics,
            UnitRuntime runtime,
            String deadLetterTopic,
            Function<String, AutoOffsetReset> startOf,
            ToIntFunction<String> partitionsOf,
            Function<String, StageMeter> meterOf) {
        this.unit = unit;
        this.topics = topics;
        this.runtime = runtime;
        this.deadLetterTopic = deadLetterTopic;
        this.startOf = startOf;
        this.partitionsOf = partitionsOf;
        this.meterOf = meterOf;
    }

    Topology build() {
        for (QueryPlan query : unit.queries()) {
            Map<String, Integer> writers = new HashMap<>();
            for (StagePlan stage : query.stages()) {
                add(query.name(), stage, writers);
                if (stage.output() instanceof StageOutput.Repartition repartition) {
                    writers.put(topics.repartition(repartition.topic()), partitionsOf.applyAsInt(topics.input(stage)));
                }
            }
        }
        return topology;
    }

    private void add(String query, StagePlan stage, Map<String, Integer> writers) {
        List<StageSettings.Side> sides = new ArrayList<>();
        for (StageOperator operator : stage.operators()) {
            for (StageInput side : operator.sides()) {
                String topic = topics.input(side);
                sides.add(new StageSettings.Side(topic, writers.getOrDefault(topic, 0)));
            }
        }
        StageNode node = new StageNode(
                query,
                stage,
                topics.input(stage),
                stage.storeName(),
                writers.getOrDefault(topics.input(stage), 0),
                sides,
                !topics.tables().contains(topics.input(stage)),
                stage.output() instanceof StageOutput.Repartition,
                stage.id() + "-out",
                stage.id() + "-dead-letters",
                meterOf.apply(stage.id()));
        List<String> parents = new ArrayList<>();
        for (StageInput input : stage.inputs()) {
            parents.add(source(topics.input(input), input instanceof StageInput.Repartition));
        }
        topology.addProcessor(stage.id(), () -> new StageProcessor(node, runtime), parents.toArray(String[]::new));
        node.storeName().ifPresent(store -> addStore(store, node));
        addSink(node.outputNode(), topics.output(stage), node.outputIsRepartition(), stage.id());
        addSink(node.deadLetterNode(), deadLetterTopic, false, stage.id());
    }

    private void addStore(String store, StageNode node) {
        topology.addStateStore(
                new LiveStoreBuilder(
                        store,
                        CHANGELOG_CONFIG,
                        () -> new LiveStore(
                                store,
                                partition -> runtime.stage(node, partition),
                                runtime.fanOut(),
                                runtime.progress(),
                                new SnapshotSchedule(runtime.clock()))),
                node.id());
    }

    private String source(String inputTopic, boolean repartition) {
        return sourceNodes.computeIfAbsent(inputTopic, topic -> {
            String name = "%03d-%s".formatted(sourceNodes.size(), topic);
            topology.addSource(
                    repartition ? AutoOffsetReset.earliest() : startOf.apply(topic),
                    name,
                    new FirstTimestamp(),
                    new ByteArrayDeserializer(),
                    new BatchDeserializer(),
                    topic);
            return name;
        });
    }

    private void addSink(String name, String topic, boolean repartition, String parent) {
        Optional<KeyPartitioner> partitioner = repartition ? Optional.of(new KeyPartitioner()) : Optional.empty();
        topology.addSink(name, topic, new ByteArraySerializer(), new RowSerializer(), partitioner.orElse(null), parent);
    }
}
