package io.velostream.engine.pod;

import java.time.Instant;

/**
 * What a clean-up came to.
 *
 * @param tookMillis milliseconds
 * @param freedBytes of heap, native memory and disk together, less what went to disk
 * @param heapFreedBytes heap in use before less after; state that went to disk is in it
 * @param nativeFreedBytes memory outside the heap of what holds state on disk
 * @param diskFreedBytes disk that no state needed any more
 * @param stateMovedBytes state that went from memory to disk
 * @param memoryPercent of the limit afterwards
 */
public record Cleanup(
        Instant at,
        Trigger trigger,
        long tookMillis,
        long freedBytes,
        long heapFreedBytes,
        long nativeFreedBytes,
        long diskFreedBytes,
        long stateMovedBytes,
        double memoryPercent) {

    /** Why it was made. */
    public enum Trigger {
        REQUEST,
        INTERVAL
    }
}
