package io.velostream.engine.runtime.operator;

import io.velostream.engine.runtime.memory.MemoryBudget;
import io.velostream.engine.runtime.state.WindowTables;

/**
 * How many windows one key may have open ({@code resource_limits.max_windows_per_key}). It only counts when there are more
 * windows than that, since then alone one key can have too many.
 */
final class WindowLimit {

    private final MemoryBudget.Share share;

    WindowLimit(MemoryBudget.Share share) {
        this.share = share;
    }

    /**
     * A key is about to get one more window.
     *
     * @throws RecordFailure when it has as many as it may
     */
    void check(WindowTables tables, byte[] key, int length) {
        if (tables.all().size() > share.windowsPerKey()) {
            check(tables.windowsOf(key, 0, length));
        }
    }

    /**
     * The same by the number of windows that the key has.
     *
     * @throws RecordFailure when it has as many as it may
     */
    void check(long open) {
        if (open >= share.windowsPerKey()) {
            share.tooManyWindows();
            throw new RecordFailure(
                    "TOO_MANY_WINDOWS",
                    "Resource exhausted: the record's key has " + open + " windows open, which is the limit;"
                            + " raise resource_limits.max_windows_per_key, or make windows close earlier by a smaller"
                            + " GRACE or watermark.max_out_of_orderness");
        }
    }
}
