package io.velostream.engine.runtime.operator;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A changelog as Kafka would compact it: the last value of each key, in the order of the last writes. */
final class Changelog implements StageState.Changes {

    final Map<ByteBuffer, byte[]> entries = new LinkedHashMap<>();
    int removals;

    @Override
    public void entry(byte[] key, byte @Nullable [] value) {
        entries.remove(ByteBuffer.wrap(key));
        if (value == null) {
            removals++;
        } else {
            entries.put(ByteBuffer.wrap(key), value);
        }
    }

    void into(StageState state) {
        entries.forEach((key, value) -> state.restore(key.array(), value));
    }
}
