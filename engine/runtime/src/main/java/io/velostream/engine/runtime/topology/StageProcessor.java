package io.velostream.engine.runtime.topology;

import io.velostream.engine.guard.FaultHooks;
import io.velostream.engine.runtime.operator.OutputBatch;
import io.velostream.engine.runtime.operator.RecordBatch;
import io.velostream.engine.runtime.operator.Stage;
import io.velostream.engine.runtime.operator.StageCounters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one stage for one task. A batch is finished, forwards included, before {@link #process} returns, so that a commit
 * finds nothing pending. Should a forward time out under at-least-once, Streams calls again with the same record: the
 * stage is not run a second time, only what was not forwarded is. Under exactly-once such a timeout ends the unit, since
 * Streams would commit the half of the batch that was sent.
 */
final class StageProcessor implements Processor<byte[], Object, byte[], Object> {

    private static final Logger LOG = LoggerFactory.getLogger(StageProcessor.class);
    private static final Duration TICK = Duration.ofMillis(500);

    private final StageNode node;
    private final UnitRuntime runtime;
    private final SingleRecord single = new SingleRecord();
    private final StageEmitter emitter;
    private final MemoryGuard memory;
    private @Nullable ProcessorContext<byte[], Object> context;
    private @Nullable Stage stage;
    private @Nullable LiveStore store;
    private List<TopicPartition> inputs = List.of();
    private int trims;
    private int forwardedRows;
    private long appliedOffset = -1;
    private @Nullable TopicPartition appliedInput;

    StageProcessor(StageNode node, UnitRuntime runtime) {
        this.node = node;
        this.runtime = runtime;
        this.emitter = runtime.emitter(node);
        this.memory = new MemoryGuard(node, runtime);
        this.trims = runtime.tuning().trims();
        emitter.whenLarge(this::forwardEarly);
    }

    @Override
    public void init(ProcessorContext<byte[], Object> processorContext) {
        int partition = processorContext.taskId().partition();
        context = processorContext;
        emitter.clear();
        appliedInput = null;
        forwardedRows = 0;
        if (node.storeName().isPresent()) {
            LiveStore state = processorContext.getStateStore(node.storeName().get());
            store = state;
            stage = state.stage();
        } else {
            stage = runtime.stage(node, partition);
        }
        inputs = node.inputTopics().stream()
                .map(topic -> new TopicPartition(topic, partition))
                .toList();
        inputs.forEach(runtime.progress()::assigned);
        holdUntilReady(stage);
        node.meter().started(partition, stage);
        processorContext.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
    }

    @Override
    public void process(Record<byte[], Object> record) {
        ProcessorContext<byte[], Object> here = initialised(context);
        Stage running = initialised(stage);
        RecordBatch batch = record.value() instanceof RecordBatch merged
                ? merged
                : single.of(
                        metadata(here), record.key(), (byte[]) record.value(), record.timestamp(), record.headers());
        TopicPartition input = input(batch.topic());
        if (appliedOffset != batch.offset(0) || !input.equals(appliedInput)) {
            touchState();
            long began = System.nanoTime();
            running.process(batch, emitter);
            StageCounters counters = running.counters();
            counters.lastBatchNanos = System.nanoTime() - began;
            counters.lastBatchRecords = batch.size();
            counters.batches++;
            counters.batchNanos += counters.lastBatchNanos;
            if (runtime.tuning().isSlow(counters.lastBatchNanos)) {
                warnOfSlowness(batch, counters.lastBatchNanos / 1_000_000);
            }
            appliedOffset = batch.offset(0);
            appliedInput = input;
        }
        forwardAll(record.timestamp());
        appliedInput = null;
        lookAtMemory(running);
        runtime.progress().processed(input, batch);
        if (!node.sides().isEmpty()) {
            holdUntilReady(running);
        }
    }

    /** In the words that the runbook looks for. A record that is slow makes its batch so. */
    private void warnOfSlowness(RecordBatch batch, long millis) {
        runtime.log()
                .warn(
                        runtime.job() + '/' + node.query() + "/slow",
                        Map.of(
                                "job", runtime.job(),
                                "query", node.query(),
                                "processing_time_ms", Long.toString(millis)),
                        () ->
                                ("processing_time %d ms exceeded %d ms: job=%s query=%s stage %s took so long for %d records of"
                                                + " %s-%d from offset %d")
                                        .formatted(
                                                millis,
                                                runtime.tuning().slowMillis(),
                                                runtime.job(),
                                                node.query(),
                                                node.id(),
                                                batch.size(),
                                                batch.topic(),
                                                batch.partition(),
                                                batch.offset(0)));
    }

    /** Rows wait for the tables that they look up; under the test driver nothing waits, since there records come in order. */
    private void holdUntilReady(Stage running) {
        TopicPartition own = inputs.getFirst();
        if (running.isReady() || !node.mayHold() || runtime.bounded()) {
            if (runtime.progress().free(own, node.id())) {
                LOG.info("Stage {} has its tables whole and goes on with {}", node.id(), own);
            }
        } else if (runtime.progress().hold(own, node.id())) {
            LOG.info("Stage {} holds {} back until its tables were read to their ends", node.id(), own);
        }
    }

    private TopicPartition input(String topic) {
        for (TopicPartition each : inputs) {
            if (each.topic().equals(topic)) {
                return each;
            }
        }
        throw new IllegalStateException("Stage " + node.id() + " was given a record of topic " + topic);
    }

    private void tick(long wallClockMillis) {
        touchState();
        Stage running = initialised(stage);
        if (node.plan().readsTable() && runtime.progress().isLoaded(inputs.getFirst())) {
            running.sourceComplete();
        }
        for (TopicPartition input : inputs) {
            if (runtime.progress().isWaiting(input)) {
                running.inputWaits(input.topic());
            }
        }
        running.tick(wallClockMillis, emitter);
        forwardAll(wallClockMillis);
        lookAtMemory(running);
        trimOnceAsked();
    }

    private void trimOnceAsked() {
        int asked = runtime.tuning().trims();
        LiveStore state = store;
        if (asked != trims && state != null) {
            state.trim();
        }
        trims = asked;
    }

    /** After each batch and tick, when nothing is pending. */
    private void lookAtMemory(Stage running) {
        LiveStore state = store;
        if (state != null) {
            memory.look(running, state, inputs);
        }
    }

    /**
     * Forwards what a closing window has written so far. A retry would write it again, so a time-out ends the unit, also
     * under at-least-once.
     */
    private void forwardEarly() {
        long timestamp = emitter.output().timestamp(0);
        try {
            forwardRows(timestamp);
            forwardDeadLetters(timestamp);
        } catch (TimeoutException e) {
            throw new StreamsException("The brokers did not take the rows of stage " + node.id() + " in time", e);
        }
        emitter.clear();
        forwardedRows = 0;
    }

    private void touchState() {
        LiveStore state = store;
        if (state != null) {
            state.touched();
        }
    }

    private void forwardAll(long timestamp) {
        try {
            forwardRows(timestamp);
            forwardDeadLetters(timestamp);
        } catch (TimeoutException e) {
            if (runtime.exactlyOnce()) {
                throw new StreamsException("The brokers did not take the rows of stage " + node.id() + " in time", e);
            }
            throw e;
        }
        emitter.clear();
        forwardedRows = 0;
    }

    private void forwardRows(long timestamp) {
        OutputBatch output = emitter.output();
        if (output.isEmpty()) {
            return;
        }
        OutputRows rows = new OutputRows(output, node.outputIsRepartition());
        if (runtime.fanOut().inForce()) {
            if (forwardedRows == 0) {
                forward(null, rows, timestamp, new RecordHeaders(), node.outputNode());
                forwardedRows = rows.size();
            }
            return;
        }
        for (; forwardedRows < rows.size(); forwardedRows++) {
            byte[] value = rows.value(forwardedRows);
            Object row =
                    rows.isBroadcast(forwardedRows) && value != null ? new RowSerializer.BroadcastRow(value) : value;
            forward(
                    rows.key(forwardedRows),
                    row,
                    rows.timestamp(forwardedRows),
                    new RecordHeaders(rows.headers(forwardedRows)),
                    node.outputNode());
        }
    }

    private void forwardDeadLetters(long timestamp) {
        ListedRows letters = emitter.deadLetters();
        if (letters.isEmpty()) {
            return;
        }
        if (runtime.fanOut().inForce()) {
            forward(null, letters, timestamp, new RecordHeaders(), node.deadLetterNode());
        } else {
            for (int row = 0; row < letters.size(); row++) {
                forward(
                        letters.key(row),
                        letters.value(row),
                        letters.timestamp(row),
                        new RecordHeaders(letters.headers(row)),
                        node.deadLetterNode());
            }
        }
        emitter.clearDeadLetters();
    }

    private void forward(
            byte @Nullable [] key, @Nullable Object value, long timestamp, RecordHeaders headers, String child) {
        initialised(context).forward(new Record<>(key, value, Math.max(0, timestamp), headers), child);
    }

    @Override
    public void close() {
        FaultHooks.hit(FaultHooks.Point.ON_REVOKE);
        memory.release(inputs);
        inputs.stream().limit(1).forEach(read -> runtime.progress().free(read, node.id()));
        for (TopicPartition read : inputs) {
            node.meter().stopped(read.partition());
            runtime.progress().released(read);
        }
        emitter.clear();
    }

    private static RecordMetadata metadata(ProcessorContext<byte[], Object> here) {
        return here.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("A record came without its topic and offset"));
    }

    private static <T> T initialised(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("A processor is used before Streams has initialised it");
        }
        return value;
    }
}
