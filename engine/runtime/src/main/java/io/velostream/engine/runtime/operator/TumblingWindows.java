package io.velostream.engine.runtime.operator;

import io.velostream.engine.plan.physical.SourceSpec.LateData;
import io.velostream.engine.plan.physical.StageOperator.Window.Tumbling;

/**
 * When tumbling windows begin, close and are forgotten. A window {@code [start, end)} is aligned to the epoch. It
 * closes when the watermark reaches end + grace: a record that comes for it later is late. Where late records update
 * the previous window, a closed window is kept for one more window's length, and what is later still is dropped.
 *
 * <p>Example, one minute, no grace: 10:00:59 falls into [10:00, 10:01). A watermark of 10:01 closes it; with {@code
 * update_previous} it still takes records until the watermark reaches 10:02.
 */
final class TumblingWindows {

    private final long size;
    private final long grace;
    private final long kept;

    TumblingWindows(Tumbling window, LateData lateData) {
        this(
                window.size().toMillis(),
                window.grace().toMillis(),
                lateData == LateData.UPDATE_PREVIOUS ? window.size().toMillis() : 0);
    }

    private TumblingWindows(long size, long grace, long kept) {
        this.size = size;
        this.grace = grace;
        this.kept = kept;
    }

    /** For an aggregate without a window, which never asks. */
    static TumblingWindows none() {
        return new TumblingWindows(1, 0, 0);
    }

    /** The start of the window that a moment falls into. */
    long start(long eventTime) {
        return Math.floorDiv(eventTime, size) * size;
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

    /** The start of the earliest window that a watermark has not closed. */
    long firstOpen(long watermark) {
        return start(watermark - grace);
    }
}
