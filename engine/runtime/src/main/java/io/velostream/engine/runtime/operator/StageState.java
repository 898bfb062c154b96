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

    /** Number of groups held. */
    long groups();

    /** Takes entries. */
    interface Changes {
        /** One entry; the arrays belong to the taker afterwards. */
        void entry(byte[] key, byte @Nullable [] value);
    }
}
