package io.velostream.engine.runtime.row;

import org.jspecify.annotations.Nullable;

/** Where the current row comes from: the record's metadata, for system columns and failures. One a stage, reused. */
public final class Origin {

    /** The topic of the record. */
    public String topic = "";

    /** The partition of the record. */
    public int partition;

    /** The record's offset. */
    public long offset;

    /** The record's timestamp, milliseconds. */
    public long timestamp;

    /** The row's event time, milliseconds. */
    public long eventTime;

    /** The record's key. */
    public byte @Nullable [] key;

    /** The record's value, while it is a record of a user's topic. */
    public byte @Nullable [] value;

    /** The record's headers. */
    public final OriginHeaders headers = new OriginHeaders();
}
