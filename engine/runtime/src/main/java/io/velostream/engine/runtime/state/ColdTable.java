package io.velostream.engine.runtime.state;

import org.jspecify.annotations.Nullable;

/**
 * A map from bytes to bytes on disk, in the unsigned order of its keys. It belongs to one thread.
 *
 * <p>Every method throws {@link ColdStorageException} when the disk does not work.
 */
public interface ColdTable extends AutoCloseable {

    /** Keeps a value under a key; it may be held back until {@link #flush}. */
    void put(byte[] key, byte[] value);

    /** Makes what was put readable. */
    void flush();

    /** The value of a key, or null. */
    byte @Nullable [] get(byte[] key);

    /** Takes a key out; one that is not there is no mistake. */
    void remove(byte[] key);

    /** Visits all entries in the order of their keys, as they were when the visit began. */
    void forEach(Visitor visitor);

    /** Drops the table. */
    @Override
    void close();

    /** Takes entries; the arrays are the taker's. */
    @FunctionalInterface
    interface Visitor {
        void entry(byte[] key, byte[] value);
    }
}
