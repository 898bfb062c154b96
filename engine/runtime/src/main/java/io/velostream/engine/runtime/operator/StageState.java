package io.velostream.engine.runtime.operator;

import org.jspecify.annotations.Nullable;

/**
 * Live state of one stage's operators with its durable form: a binary key and value an entry. Everything that must
 * survive a restart is in it, the watermarks seen included. Entries changed since the last {@link #flush} go to the
 * changelog at each commit; after a crash at any line the changelog as of the last commit restores exactly the state
 * that belongs to the committed offsets.
 */
public interface StageState {

    /** Writes each entry changed since the last call, a null value for a removed one. */
    void flush(Changes changes);

    /**
     * Takes one entry of the changelog or of a snapshot back.
     *
     * @param value null removes the entry
     */
    void restore(byte[] key, byte @Nullable [] value);

    /** Writes every entry, for a snapshot. */
    void all(Changes changes);

    /** Drops everything. */
    void clear();

    /** Bytes that the tables have allocated. */
    long bytes();

    /** Bytes that the tables will soon allocate on top, should they go on growing. */
    default long bytesAhead() {
        return 0;
    }

    /** Number of groups in memory. */
    long groups();

    /** Number of groups that were moved to disk. */
    default long spilledGroups() {
        return 0;
    }

    /** Whether {@link #spill} moves anything to disk. */
    default boolean canSpill() {
        return false;
    }

    /**
     * Moves what was not needed lately to disk until at most so many bytes are left in memory, or as few as can be. What
     * was moved comes back when it is asked for. Changes must have been flushed before: what was not stays in memory. Not
     * while a call of the stage runs.
     */
    default void spill(long targetBytes) {}

    /** Takes entries. */
    interface Changes {
        /** One entry; the arrays belong to the taker afterwards. */
        void entry(byte[] key, byte @Nullable [] value);
    }
}
