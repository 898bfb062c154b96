package io.velostream.engine.runtime.topology;

import io.velostream.engine.plan.physical.QueryPlan;
import io.velostream.engine.plan.physical.StageInput;
import io.velostream.engine.plan.physical.StageOutput;
import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.plan.physical.UnitPlan;
import java.util.LinkedHashMap;
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
            int upstream = 0;
            for (StagePlan stage : query.stages()) {
                add(query.name(), stage, upstream);
                upstream = partitionsOf.applyAsInt(topics.input(stage));
            }
        }
        return topology;
    }

    private void add(String query, StagePlan stage, int upstream) {
        boolean readsRepartition = stage.input() instanceof StageInput.Repartition;
        StageNode node = new StageNode(
                query,
                stage,
                topics.input(stage),
                UnitTopics.storeName(stage),
                readsRepartition ? upstream : 0,
                stage.output() instanceof StageOutput.Repartition,
                stage.id() + "-out",
                stage.id() + "-dead-letters",
                meterOf.apply(stage.id()));
        topology.addProcessor(stage.id(), () -> new StageProcessor(node, runtime), source(node, readsRepartition));
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

    private String source(StageNode node, boolean repartition) {
        return sourceNodes.computeIfAbsent(node.inputTopic(), topic -> {
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
