package io.velostream.engine.runtime.topology;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * One callback for all records of a fan-out. It completes exactly once: after the last acknowledgement, with the last
 * metadata (so that a changelog's checkpoint is the highest offset), or at once with the first error, as it came, so that
 * the runtime still recognises fencing. Errors may come on the sending thread; acknowledgements come on the producer's
 * one network thread alone, so they are counted without atomic steps.
 */
final class SharedCallback implements Callback {

    private final Callback target;
    private final AtomicBoolean completed = new AtomicBoolean();

    /** How many acknowledgements complete this. */
    private final int expected;

    /** How many came; the network thread's own. */
    private int acknowledged;

    /**
     * @param expected how many records will be sent
     */
    SharedCallback(Callback target, int expected) {
        this.target = target;
        this.expected = expected;
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
        boolean ends = exception != null || ++acknowledged == expected;
        if (ends && completed.compareAndSet(false, true)) {
            target.onCompletion(metadata, exception);
        }
    }
}
