package io.velostream.engine.runtime.topology;

import io.velostream.engine.runtime.operator.StageState;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A copy of a store's entries in the form in which a snapshot holds them, made fast and written elsewhere. */
final class EntryBuffer implements StageState.Changes {

    private static final int CHUNK = 1 << 20;

    private final List<byte[]> full = new ArrayList<>();
    private final List<Integer> lengths = new ArrayList<>();
    private byte[] chunk = new byte[1 << 12];
    private int position;
    private int entries;

    @Override
    public void entry(byte[] key, byte @Nullable [] value) {
        if (value == null) {
            return;
        }
        int needed = 2 * Integer.BYTES + key.length + value.length;
        if (chunk.length - position < needed) {
            full.add(chunk);
            lengths.add(position);
            chunk = new byte[Math.max(CHUNK, needed)];
            position = 0;
        }
        put(key);
        put(value);
        entries++;
    }

    private void put(byte[] bytes) {
        int length = bytes.length;
        chunk[position++] = (byte) (length >>> 24);
        chunk[position++] = (byte) (length >>> 16);
        chunk[position++] = (byte) (length >>> 8);
        chunk[position++] = (byte) length;
        System.arraycopy(bytes, 0, chunk, position, length);
        position += length;
    }

    int entries() {
        return entries;
    }

    void writeTo(OutputStream out) throws IOException {
        for (int i = 0; i < full.size(); i++) {
            out.write(full.get(i), 0, lengths.get(i));
        }
        out.write(chunk, 0, position);
    }
}
