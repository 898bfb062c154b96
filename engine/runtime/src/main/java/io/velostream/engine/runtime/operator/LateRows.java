package io.velostream.engine.runtime.operator;

import io.velostream.engine.plan.physical.SourceSpec.LateData;
import java.time.Duration;
import java.util.Optional;

/**
 * What becomes of rows whose window has closed, with their counters and log lines.
 *
 * <p>A closed window is kept for the allowed lateness, where that is given, and corrected by what comes for it in that
 * time, whatever the strategy. The strategy {@code update_previous} without it keeps windows for one more length of the
 * window.
 */
final class LateRows {

    private final LateData strategy;
    private final Optional<Duration> allowed;
    private final StageContext context;
    private final StageReader reader;

    LateRows(LateData strategy, Optional<Duration> allowed, StageContext context, StageReader reader) {
        this.strategy = strategy;
        this.allowed = allowed;
        this.context = context;
        this.reader = reader;
    }

    /**
     * How long a closed window is kept, milliseconds.
     *
     * @param length of the window
     */
    long keptAfter(long length) {
        return allowed.map(Duration::toMillis).orElse(strategy == LateData.UPDATE_PREVIOUS ? length : 0L);
    }

    /** Whether a late row counts in the next window. */
    boolean goToNext() {
        return strategy == LateData.INCLUDE_IN_NEXT_WINDOW;
    }

    /** The current row is counted all the same. */
    void counted() {
        context.counters.lateProcessed++;
        context.emitter().lateRow(context.origin.eventTime, context.watermark, true);
    }

    /** The current row is not counted: it is dropped, or goes to the dead-letter topic. */
    void refused() {
        context.counters.lateDropped++;
        context.emitter().lateRow(context.origin.eventTime, context.watermark, false);
        if (strategy == LateData.DEAD_LETTER) {
            reader.late(context.emitter(), context.batch(), context.index, context.watermark);
        }
    }
}
