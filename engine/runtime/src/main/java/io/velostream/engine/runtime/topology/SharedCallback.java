package io.velostream.engine.runtime.topology;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * One callback for all records of a fan-out. It completes exactly once: after the last acknowledgement, with the last
 * metadata (so that a changelog's checkpoint is the highest offset), or at once with the first error, as it came, so that
 * the runtime still recognises fencing. Errors may come on the sending thread, acknowledgements on the producer's.
 */
final class SharedCallback implements Callback {

    private final Callback target;
    private final AtomicInteger open = new AtomicInteger(1);
    private final AtomicBoolean completed = new AtomicBoolean();
    private volatile @Nullable RecordMetadata last;

    SharedCallback(Callback target) {
        this.target = target;
    }

    /**
     * So many more records are about to be sent. Told once for all of them, since the acknowledging thread counts down at the
     * same time and the two would pass the count to and fro for each record.
     */
    void opened(int records) {
        open.addAndGet(records);
    }

    /** No further record will be sent. */
    void closed() {
        release();
    }

    /** The fan-out ended by an exception that the caller throws on; nothing is to be reported any more. */
    void abandon() {
        completed.set(true);
    }

    /** Whether a record failed. */
    boolean isCompleted() {
        return completed.get();
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
        if (exception != null) {
            if (completed.compareAndSet(false, true)) {
                target.onCompletion(metadata, exception);
            }
            return;
        }
        last = metadata;
        release();
    }

    private void release() {
        if (open.decrementAndGet() == 0 && completed.compareAndSet(false, true)) {
            target.onCompletion(last, null);
        }
    }
}
