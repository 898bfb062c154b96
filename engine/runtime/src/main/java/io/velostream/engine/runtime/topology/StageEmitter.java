package io.velostream.engine.runtime.topology;

import io.velostream.engine.guard.DeadLetterHeaders;
import io.velostream.engine.guard.DeadLetterHeaders.Content;
import io.velostream.engine.guard.LetterForm;
import io.velostream.engine.guard.LetterForm.RecordError;
import io.velostream.engine.runtime.operator.Emitter;
import io.velostream.engine.runtime.operator.OutputBatch;
import io.velostream.engine.runtime.operator.RecordBatch;
import io.velostream.engine.runtime.operator.RecordFailure;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** Collects what a stage makes of one batch: its rows, and the records that nobody could process. */
final class StageEmitter implements Emitter {

    private static final int FIRST_CAPACITY = 64 * 1024;

    /** Bytes of output that are forwarded before a closing window has written all of its rows. */
    private static final int LARGE = 4 << 20;

    private final OutputBatch output;
    private final DeadLetterHeaders provenance;
    private final UnitRuntime runtime;
    private final Set<String> internalTopics;
    private final StageMeter meter;
    private ListedRows deadLetters = new ListedRows();
    private Runnable forwarder = () -> {};

    StageEmitter(StageNode node, UnitRuntime runtime) {
        this.provenance = new DeadLetterHeaders(runtime.job(), node.query(), node.id());
        this.runtime = runtime;
        this.internalTopics = node.repartitionTopics();
        this.meter = node.meter();
        this.output = new OutputBatch(FIRST_CAPACITY, runtime.rowLimit());
    }

    @Override
    public OutputBatch output() {
        return output;
    }

    @Override
    public void relieve() {
        if (output.position() > LARGE) {
            forwarder.run();
        }
    }

    /** Lets a batch that has grown large be forwarded before the stage is done. */
    void whenLarge(Runnable forwards) {
        forwarder = forwards;
    }

    @Override
    public void failed(RecordBatch batch, int index, RecordFailure failure) {
        warn(failure.code(), "in " + place(batch, index) + ": " + failure.getMessage());
        switch (runtime.errorPolicy()) {
            case DEAD_LETTER -> bury(batch, index, failure.code(), String.valueOf(failure.getMessage()));
            case SKIP -> {}
            case FAIL -> throw failure;
            case RETRY -> {
                if (runtime.retries().retriesAfterFailure(batch.topic(), batch.partition(), batch.offset(index))) {
                    throw failure;
                }
                bury(batch, index, failure.code(), String.valueOf(failure.getMessage()));
            }
        }
    }

    @Override
    public void groupFailed(RecordFailure failure) {
        warn(failure.code(), "in a group's result: " + failure.getMessage());
        boolean stops = switch (runtime.errorPolicy()) {
            case DEAD_LETTER, SKIP -> false;
            case FAIL -> true;
            case RETRY -> runtime.retries().retriesAfterFailure(provenance.stage(), 0, 0);
        };
        if (stops) {
            throw failure;
        }
    }

    @Override
    public void lateRow(long eventTime, long watermark, boolean isCounted) {
        String job = provenance.job();
        String query = provenance.query();
        runtime.log()
                .warn(
                        job + '/' + query + (isCounted ? "/late counted" : "/late refused"),
                        context("error_type", "LATE_RECORD"),
                        () ->
                                ("WatermarkViolation error_type=LATE_RECORD job=%s query=%s a record of %s came when time was at %s:"
                                                + " its window had closed, and it was %s; watermark.max_out_of_orderness makes windows wait")
                                        .formatted(
                                                job,
                                                query,
                                                Instant.ofEpochMilli(eventTime),
                                                Instant.ofEpochMilli(watermark),
                                                isCounted ? "counted late" : "not counted"));
    }

    @Override
    public void late(RecordBatch batch, int index, long watermark) {
        bury(
                batch,
                index,
                "LATE_RECORD",
                "The record came after its window had closed; the watermark was " + watermark);
    }

    private void bury(RecordBatch batch, int index, String code, String message) {
        Content content = internalTopics.contains(batch.topic()) ? Content.ROW : Content.RECORD;
        LetterForm letter =
                LetterForm.of(provenance, batch, index, content, new RecordError(code, message), runtime.rowLimit());
        long now = runtime.clock().millis();
        // The letter's own time: by the record's, which may be years old, the topic's retention would delete it at
        // once.
        deadLetters.add(letter.key(), letter.value(), now, letter.headers());
        meter.buried(code, message, now);
    }

    private void warn(String code, String text) {
        runtime.log()
                .warn(
                        provenance.job() + '/' + provenance.query() + '/' + code,
                        context("error_type", code),
                        () -> "ProcessingError error_type=%s job=%s query=%s %s"
                                .formatted(code, provenance.job(), provenance.query(), text));
    }

    private Map<String, String> context(String name, String value) {
        return Map.of("job", provenance.job(), "query", provenance.query(), name, value);
    }

    private static String place(RecordBatch batch, int index) {
        return batch.topic() + "-" + batch.partition() + " at offset " + batch.offset(index);
    }

    /** The dead letters of the batch; empty most of the time. */
    ListedRows deadLetters() {
        return deadLetters;
    }

    /** Forgets everything: what was collected has been sent, or the task begins anew. */
    void clear() {
        output.clear();
        clearDeadLetters();
    }

    void clearDeadLetters() {
        if (!deadLetters.isEmpty()) {
            deadLetters = new ListedRows();
        }
    }
}
