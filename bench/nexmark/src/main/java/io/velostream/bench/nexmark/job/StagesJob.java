package io.velostream.bench.nexmark.job;

import io.velostream.bench.nexmark.event.Record;
import io.velostream.engine.plan.physical.JobPlan;
import io.velostream.engine.plan.physical.QueryPlan;
import io.velostream.engine.plan.physical.StageInput;
import io.velostream.engine.plan.physical.StageOutput;
import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.plan.physical.UnitPlan;
import io.velostream.engine.runtime.operator.Emitter;
import io.velostream.engine.runtime.operator.OutputBatch;
import io.velostream.engine.runtime.operator.RecordBatch;
import io.velostream.engine.runtime.operator.RecordFailure;
import io.velostream.engine.runtime.operator.Stage;
import io.velostream.engine.runtime.operator.StageCompiler;
import io.velostream.engine.runtime.operator.StageSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A job's stages without Kafka Streams: what a stage makes of a batch is one batch of the stages that read it, as it is
 * behind the vectorised consumer and producer. State is flushed as at a commit, and what would go to the changelog is
 * dropped.
 */
public final class StagesJob implements InMemoryJob {

    private static final int RECORDS_A_COMMIT = 100_000;
    private static final int FIRST_CAPACITY = 1 << 16;

    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, List<Node>> readers = new HashMap<>();
    private final Set<String> inputs = new LinkedHashSet<>();
    private final Map<String, Long> offsets = new HashMap<>();
    private final Map<String, List<Row>> outputs = new LinkedHashMap<>();
    private int uncommitted;

    /** Starts the stages of a plan, one task each. */
    public StagesJob(JobPlan plan) {
        Set<String> written = new HashSet<>();
        for (UnitPlan unit : plan.units()) {
            for (QueryPlan query : unit.queries()) {
                query.stages().forEach(stage -> add(unit, stage, written));
            }
        }
        inputs.removeAll(written);
    }

    private void add(UnitPlan unit, StagePlan stage, Set<String> written) {
        Node node = new Node(unit, stage);
        nodes.add(node);
        for (StageInput input : stage.inputs()) {
            String topic = topic(unit, input);
            List<Node> known = readers.computeIfAbsent(topic, any -> new ArrayList<>());
            if (!known.contains(node)) {
                known.add(node);
            }
            if (input instanceof StageInput.Topic) {
                inputs.add(topic);
            }
        }
        if (node.isSink) {
            written.add(node.target);
        }
    }

    private static String topic(UnitPlan unit, StageInput input) {
        return switch (input) {
            case StageInput.Topic topic -> topic.source().topic();
            case StageInput.Repartition repartition -> repartition(unit, repartition.topic());
        };
    }

    private static String repartition(UnitPlan unit, String topic) {
        return unit.name() + "/" + topic;
    }

    @Override
    public Set<String> inputs() {
        return inputs;
    }

    @Override
    public void feed(List<Record> records) {
        String topic = records.getFirst().topic();
        deliver(new FedBatch(records, take(topic, records.size())));
        uncommitted += records.size();
        if (uncommitted >= RECORDS_A_COMMIT) {
            uncommitted = 0;
            nodes.forEach(Node::commit);
        }
    }

    private long take(String topic, int records) {
        return offsets.merge(topic, (long) records, Long::sum) - records;
    }

    private void deliver(RecordBatch batch) {
        for (Node reader : readers.getOrDefault(batch.topic(), List.of())) {
            reader.process(batch);
        }
    }

    @Override
    public Map<String, List<Row>> outputs() {
        return outputs;
    }

    @Override
    public void close() {
        nodes.clear();
        readers.clear();
    }

    /** A stage and what it writes to. */
    private final class Node implements Emitter {
        private final Stage stage;
        private final String target;
        private final boolean isSink;
        private final OutputBatch output = new OutputBatch(FIRST_CAPACITY);

        Node(UnitPlan unit, StagePlan plan) {
            List<StageSettings.Side> sides = plan.operators().stream()
                    .flatMap(operator -> operator.sides().stream())
                    .map(side -> new StageSettings.Side(topic(unit, side), 1))
                    .toList();
            int upstreams = plan.input() instanceof StageInput.Repartition ? 1 : 0;
            stage = new StageCompiler().compile(plan, new StageSettings(0, upstreams, 0, true, sides));
            switch (plan.output()) {
                case StageOutput.Sink sink -> {
                    target = sink.topic();
                    isSink = true;
                }
                case StageOutput.Repartition repartition -> {
                    target = repartition(unit, repartition.topic());
                    isSink = false;
                }
            }
        }

        void process(RecordBatch batch) {
            stage.process(batch, this);
            if (output.isEmpty()) {
                return;
            }
            ListedBatch written = new ListedBatch(target, take(target, output.size()), output);
            output.clear();
            if (isSink) {
                List<Row> kept = outputs.computeIfAbsent(target, any -> new ArrayList<>());
                for (int row = 0; row < written.size(); row++) {
                    kept.add(new Row(written.key(row), written.value(row)));
                }
            }
            deliver(written);
        }

        void commit() {
            stage.state().ifPresent(state -> state.flush((key, value) -> {}));
        }

        @Override
        public OutputBatch output() {
            return output;
        }

        @Override
        public void failed(RecordBatch batch, int index, RecordFailure failure) {
            bury(failure.getMessage() + ": "
                    + new String(
                            batch.value(index) == null ? new byte[0] : batch.value(index), StandardCharsets.UTF_8));
        }

        @Override
        public void groupFailed(RecordFailure failure) {
            bury(String.valueOf(failure.getMessage()));
        }

        @Override
        public void late(RecordBatch batch, int index, long watermark) {
            bury("late at " + watermark);
        }

        private void bury(String text) {
            outputs.computeIfAbsent(target + ".dlq", any -> new ArrayList<>())
                    .add(new Row(null, text.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
