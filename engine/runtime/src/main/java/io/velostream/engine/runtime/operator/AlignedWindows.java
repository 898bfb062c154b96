package io.velostream.engine.runtime.operator;

import io.velostream.engine.plan.physical.StageOperator.Window;

/**
 * When windows aligned to the epoch begin, close and are forgotten. A window {@code [start, end)} begins at each
 * multiple of the advance; where the advance is the size, windows tumble, and a moment falls into exactly one. A window
 * closes when the watermark reaches end + grace: a record that comes for it later is late. How long a
 * closed window is kept for corrections, {@link LateRows} says; what is later still is late for good.
 *
 * <p>Example, tumbling, one minute, no grace: 10:00:59 falls into [10:00, 10:01). A watermark of 10:01 closes it; with
 * {@code update_previous} it still takes records until the watermark reaches 10:02.
 *
 * <p>Example, sliding, two minutes by one: 10:00:59 falls into [09:59, 10:01) and [10:00, 10:02).
 */
final class AlignedWindows {

    private final long size;
    private final long advance;
    private final long grace;
    private final long kept;

    private AlignedWindows(long size, long advance, long grace, long kept) {
        this.size = size;
        this.advance = advance;
        this.grace = grace;
        this.kept = kept;
    }

    static AlignedWindows of(Window.Tumbling window, LateRows late) {
        long size = window.size().toMillis();
        return new AlignedWindows(size, size, window.grace().toMillis(), late.keptAfter(size));
    }

    static AlignedWindows of(Window.Sliding window, LateRows late) {
        long size = window.size().toMillis();
        return new AlignedWindows(
                size, window.advance().toMillis(), window.grace().toMillis(), late.keptAfter(size));
    }

    /** For an aggregate without a window, which never asks. */
    static AlignedWindows none() {
        return new AlignedWindows(1, 1, 0, 0);
    }

    /** The start of the last window that a moment falls into; where windows tumble, of the only one. */
    long start(long eventTime) {
        return Math.floorDiv(eventTime, advance) * advance;
    }

    /** The start of the first window that a moment falls into. */
    long firstStart(long eventTime) {
        return start(eventTime - size) + advance;
    }

    /** The start of the window after this one. */
    long next(long start) {
        return start + advance;
    }

    /** The longest stretch that every window is made of whole ones of. */
    long pane() {
        long larger = size;
        long smaller = advance;
        while (smaller != 0) {
            long rest = larger % smaller;
            larger = smaller;
            smaller = rest;
        }
        return larger;
    }

    /** The start of the first window that a watermark has not closed. */
    long firstOpen(long watermark) {
        return start(watermark - size - grace) + advance;
    }

    /** The end of a window. */
    long end(long start) {
        return start + size;
    }

    /** The watermark that closes a window. */
    long closesAt(long start) {
        return start + size + grace;
    }

    /** The watermark at which a window is forgotten. */
    long droppedAt(long start) {
        return start + size + grace + kept;
    }

    /** The earliest moment all of whose windows are still open: where a late record goes that the next window takes. */
    long firstOpenMoment(long watermark) {
        return watermark - grace;
    }
}
