package io.velostream.engine.runtime.topology;

import io.velostream.engine.guard.DeadLetterHeaders;
import io.velostream.engine.guard.ErrorPolicy;
import io.velostream.engine.guard.RateLimitedLog;
import io.velostream.engine.runtime.operator.Emitter;
import io.velostream.engine.runtime.operator.OutputBatch;
import io.velostream.engine.runtime.operator.RecordBatch;
import io.velostream.engine.runtime.operator.RecordFailure;
import java.time.Instant;

/** Collects what a stage makes of one batch: its rows, and the records that nobody could process. */
final class StageEmitter implements Emitter {

    private static final int FIRST_CAPACITY = 64 * 1024;

    /** Bytes of output that are forwarded before a closing window has written all of its rows. */
    private static final int LARGE = 4 << 20;

    private final OutputBatch output;
    private final DeadLetterHeaders provenance;
    private final ErrorPolicy policy;
    private final RateLimitedLog log;
    private ListedRows deadLetters = new ListedRows();
    private Runnable forwarder = () -> {};

    StageEmitter(DeadLetterHeaders provenance, ErrorPolicy policy, RateLimitedLog log, int rowLimit) {
        this.provenance = provenance;
        this.policy = policy;
        this.log = log;
        this.output = new OutputBatch(FIRST_CAPACITY, rowLimit);
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
        switch (policy) {
            case DEAD_LETTER -> bury(batch, index, failure.code(), String.valueOf(failure.getMessage()));
            case SKIP -> {}
            case FAIL, RETRY -> throw failure;
        }
    }

    @Override
    public void groupFailed(RecordFailure failure) {
        warn(failure.code(), "in a group's result: " + failure.getMessage());
        if (policy.stops()) {
            throw failure;
        }
    }

    @Override
    public void lateRow(long eventTime, long watermark, boolean isCounted) {
        String job = provenance.job();
        String query = provenance.query();
        log.warn(
                job + '/' + query + (isCounted ? "/late counted" : "/late refused"),
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
        deadLetters.add(
                batch.key(index),
                batch.value(index),
                batch.timestamp(index),
                provenance.of(batch, index, code, message));
    }

    private void warn(String code, String text) {
        String job = provenance.job();
        String query = provenance.query();
        log.warn(
                job + '/' + query + '/' + code,
                "ProcessingError error_type=%s job=%s query=%s %s".formatted(code, job, query, text));
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
