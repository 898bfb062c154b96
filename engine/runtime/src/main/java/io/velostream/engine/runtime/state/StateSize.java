package io.velostream.engine.runtime.state;

/**
 * What the tables of one operator's state on one task hold: they add to it as they allocate, so that nobody has to walk
 * over them. It belongs to the task's thread.
 */
public final class StateSize {

    private long bytes;
    private long groups;
    private long spilled;

    /** Bytes that were allocated in memory. */
    public long bytes() {
        return bytes;
    }

    /** Groups in memory. */
    public long groups() {
        return groups;
    }

    /** Groups on disk. */
    public long spilled() {
        return spilled;
    }

    void addBytes(long change) {
        bytes += change;
    }

    void addGroups(long change) {
        groups += change;
    }

    void addSpilled(long change) {
        spilled += change;
    }
}
