package io.velostream.engine.runtime.operator;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The states of several operators of one stage in one store: each entry's key begins with the place of its operator. */
final class CompositeState implements StageState {

    private final List<StageState> parts;

    CompositeState(List<StageState> parts) {
        this.parts = List.copyOf(parts);
    }

    @Override
    public void flush(Changes changes) {
        for (int part = 0; part < parts.size(); part++) {
            parts.get(part).flush(prefixed(part, changes));
        }
    }

    @Override
    public void all(Changes changes) {
        for (int part = 0; part < parts.size(); part++) {
            parts.get(part).all(prefixed(part, changes));
        }
    }

    private static Changes prefixed(int part, Changes changes) {
        return (key, value) -> {
            byte[] whole = new byte[key.length + 1];
            whole[0] = (byte) part;
            System.arraycopy(key, 0, whole, 1, key.length);
            changes.entry(whole, value);
        };
    }

    @Override
    public void restore(byte[] key, byte @Nullable [] value) {
        parts.get(key[0]).restore(Arrays.copyOfRange(key, 1, key.length), value);
    }

    @Override
    public void clear() {
        parts.forEach(StageState::clear);
    }

    @Override
    public long bytes() {
        return parts.stream().mapToLong(StageState::bytes).sum();
    }

    @Override
    public long groups() {
        return parts.stream().mapToLong(StageState::groups).sum();
    }

    @Override
    public long bytesAhead() {
        return parts.stream().mapToLong(StageState::bytesAhead).sum();
    }

    @Override
    public long spilledGroups() {
        return parts.stream().mapToLong(StageState::spilledGroups).sum();
    }

    @Override
    public boolean canSpill() {
        return parts.stream().anyMatch(StageState::canSpill);
    }

    /** Each part gives what it is over its share of the target, by what it holds. */
    @Override
    public void spill(long targetBytes) {
        long all = bytes();
        for (StageState part : parts) {
            part.spill((long) ((double) part.bytes() * targetBytes / Math.max(1, all)));
        }
    }
}
