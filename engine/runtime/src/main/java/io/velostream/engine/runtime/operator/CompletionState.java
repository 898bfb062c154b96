package io.velostream.engine.runtime.operator;

import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which upstreams have sent their tables whole: they say so once, so what was heard must outlive the task.
 *
 * <p>Durable form: {@code c} + input + upstream → version.
 */
final class CompletionState implements StageState {

    private static final byte VERSION = 1;
    private static final byte COMPLETE = 'c';

    private final List<RepartitionReader> readers;
    private final BitSet[] written;
    private final GrowingBuffer key = new GrowingBuffer(16);
    private final ByteCursor cursor = new ByteCursor();

    CompletionState(List<RepartitionReader> readers) {
        this.readers = List.copyOf(readers);
        this.written = new BitSet[readers.size()];
        for (int input = 0; input < written.length; input++) {
            written[input] = new BitSet();
        }
    }

    @Override
    public void flush(Changes changes) {
        for (int input = 0; input < written.length; input++) {
            BitSet complete = readers.get(input).complete();
            if (!complete.equals(written[input])) {
                write(input, complete, written[input], changes);
                written[input].or(complete);
            }
        }
    }

    @Override
    public void all(Changes changes) {
        for (int input = 0; input < written.length; input++) {
            write(input, readers.get(input).complete(), new BitSet(), changes);
        }
    }

    private void write(int input, BitSet complete, BitSet known, Changes changes) {
        for (int upstream = complete.nextSetBit(0); upstream >= 0; upstream = complete.nextSetBit(upstream + 1)) {
            if (!known.get(upstream)) {
                key.clear();
                key.put(COMPLETE);
                key.putVarint(input);
                key.putVarint(upstream);
                changes.entry(key.toArray(), new byte[] {VERSION});
            }
        }
    }

    @Override
    public void restore(byte[] entryKey, byte @Nullable [] value) {
        if (entryKey[0] != COMPLETE || value == null || value[0] != VERSION) {
            throw new IllegalStateException(
                    "The state has an entry of completeness that this program cannot read: a newer version wrote it.");
        }
        cursor.reset(entryKey, 1, entryKey.length);
        int input = (int) cursor.getVarint();
        int upstream = (int) cursor.getVarint();
        readers.get(input).complete().set(upstream);
        written[input].set(upstream);
    }

    @Override
    public void clear() {
        for (int input = 0; input < written.length; input++) {
            written[input].clear();
            readers.get(input).complete().clear();
        }
    }

    @Override
    public long bytes() {
        return 0;
    }

    @Override
    public long groups() {
        return 0;
    }
}
