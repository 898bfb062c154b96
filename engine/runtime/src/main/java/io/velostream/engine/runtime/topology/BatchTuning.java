package io.velostream.engine.runtime.topology;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What can be asked of the tasks of a pod while units run. Safe for use by several threads; read once a poll or batch. */
public final class BatchTuning {

    private volatile int records = Integer.MAX_VALUE;
    private volatile long slowNanos = Long.MAX_VALUE;
    private final AtomicInteger trims = new AtomicInteger();

    /**
     * Changes both.
     *
     * @param batchRecords records that are processed as one batch at most, from 1
     * @param slow how long a batch may take without a warning
     */
    public void change(int batchRecords, Duration slow) {
        records = Math.max(1, batchRecords);
        slowNanos = slow.toNanos();
    }

    /** Every task moves half of the state that it has in memory to disk at its next tick, where it can. */
    public void trim() {
        trims.incrementAndGet();
    }

    /** How often {@link #trim} was asked for. */
    int trims() {
        return trims.get();
    }

    /** Records that are processed as one batch at most. */
    int records() {
        return records;
    }

    /** Whether a batch that took so long is worth a warning. */
    boolean isSlow(long nanos) {
        return nanos > slowNanos;
    }

    /** Milliseconds above which {@link #isSlow} warns. */
    long slowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(slowNanos);
    }
}
