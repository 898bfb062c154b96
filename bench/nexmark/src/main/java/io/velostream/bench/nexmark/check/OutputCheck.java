package io.velostream.bench.nexmark.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares what the engine wrote to one topic with what was computed without it. Rows are given in the order written. */
public interface OutputCheck {

    /**
     * Takes one record.
     *
     * @param value JSON, or null for a tombstone
     */
    void row(@Nullable String key, byte @Nullable [] value);

    /** What differs, with a few examples; empty when all is as it must be. To be called once, after the last row. */
    List<String> problems();

    /** How many rows are expected. */
    long expected();
}
