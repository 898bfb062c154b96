package io.velostream.engine.runtime.topology;

import io.velostream.engine.guard.FaultHooks;
import io.velostream.engine.runtime.operator.OutputBatch;
import io.velostream.engine.runtime.operator.RecordBatch;
import io.velostream.engine.runtime.operator.Stage;
import io.velostream.engine.runtime.operator.StageCounters;
import java.time.Duration;
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

/**
 * Runs one stage for one task. A batch is finished, forwards included, before {@link #process} returns, so that a commit
 * finds nothing pending. Should a forward time out under at-least-once, Streams calls again with the same record: the
 * stage is not run a second time, only what was not forwarded is. Under exactly-once such a timeout ends the unit, since
 * Streams would commit the half of the batch that was sent.
 */
final class StageProcessor implements Processor<byte[], Object, byte[], Object> {

    private static final Duration TICK = Duration.ofMillis(500);

    private final StageNode node;
    private final UnitRuntime runtime;
    private final SingleRecord single = new SingleRecord();
    private final StageEmitter emitter;
    private @Nullable ProcessorContext<byte[], Object> context;
    private @Nullable Stage stage;
    private @Nullable LiveStore store;
    private @Nullable TopicPartition input;
    private int forwardedRows;
    private long applied = -1;

    StageProcessor(StageNode node, UnitRuntime runtime) {
        this.node = node;
        this.runtime = runtime;
        this.emitter = runtime.emitter(node);
    }

    @Override
    public void init(ProcessorContext<byte[], Object> processorContext) {
        int partition = processorContext.taskId().partition();
        context = processorContext;
        emitter.clear();
        applied = -1;
        forwardedRows = 0;
        if (node.storeName().isPresent()) {
            LiveStore state = processorContext.getStateStore(node.storeName().get());
            store = state;
            stage = state.stage();
        } else {
            stage = runtime.stage(node, partition);
        }
        input = new TopicPartition(node.inputTopic(), partition);
        runtime.progress().assigned(input);
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
        if (applied != batch.offset(0)) {
            touchState();
            long began = System.nanoTime();
            running.process(batch, emitter);
            StageCounters counters = running.counters();
            counters.lastBatchNanos = System.nanoTime() - began;
            counters.lastBatchRecords = batch.size();
            applied = batch.offset(0);
        }
        forwardAll(record.timestamp());
        applied = -1;
        runtime.progress().processed(initialised(input), batch);
    }

    private void tick(long wallClockMillis) {
        touchState();
        initialised(stage).tick(wallClockMillis, emitter);
        forwardAll(wallClockMillis);
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
                    new RecordHeaders(),
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
        TopicPartition read = input;
        if (read != null) {
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
