package io.velostream.engine.runtime.topology;

import org.apache.kafka.streams.errors.StreamsException;

/**
 * Streams wants to go on with a corrupted task in place. It uses the same store and processor objects again and may have
 * committed half of what the task did, so the unit is closed and rebuilt from what is committed instead.
 */
final class RevivedStoreException extends StreamsException {

    private static final long serialVersionUID = 1L;

    RevivedStoreException(String store) {
        super("The task of store " + store + " was corrupted; its unit is rebuilt from the last commit");
    }
}
