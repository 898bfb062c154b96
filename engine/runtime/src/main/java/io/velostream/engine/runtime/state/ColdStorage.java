package io.velostream.engine.runtime.state;

/**
 * Scratch space on disk for groups that do not fit into memory. Nothing in it outlives the process: the durable form of
 * state is its changelog. Safe for use by several threads.
 */
@FunctionalInterface
public interface ColdStorage {

    /**
     * A new empty table.
     *
     * @throws ColdStorageException when the space cannot be opened
     */
    ColdTable open();
}
