package io.velostream.engine.runtime.aggregate;

/** The versions of the durable forms of aggregates. */
final class Versions {

    private Versions() {}

    static void check(byte found, byte known) {
        if (found != known) {
            throw new IllegalStateException("An aggregate's state has version " + found + ", but this program reads "
                    + known + ": it was written by a newer version.");
        }
    }
}
