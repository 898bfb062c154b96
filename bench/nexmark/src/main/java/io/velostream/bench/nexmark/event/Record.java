package io.velostream.bench.nexmark.event;

import org.jspecify.annotations.Nullable;

/**
 * An event as its topic has it.
 *
 * @param key the id of a person, an auction or an entry of the side input, as text; bids have none
 * @param value JSON
 * @param timestamp milliseconds since the epoch
 */
@SuppressWarnings("ArrayRecordComponent")
public record Record(String topic, byte @Nullable [] key, byte[] value, long timestamp) {}
