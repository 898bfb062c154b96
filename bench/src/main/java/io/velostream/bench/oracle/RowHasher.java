package io.velostream.bench.oracle;

import java.util.function.LongConsumer;

/** Turns each row into a 64-bit hash of its values and their positions. */
public final class RowHasher implements RowSink {
    private static final long SEED = 0x2545F4914F6CDD1DL;
    private static final long PRIME = 0x9E3779B97F4A7C15L;

    private final LongConsumer rows;
    private long hash;

    /** A hasher that passes each row's hash on. */
    public RowHasher(LongConsumer rows) {
        this.rows = rows;
    }

    @Override
    public void begin() {
        hash = SEED;
    }

    @Override
    public void integer(long value) {
        add(value);
    }

    @Override
    public void number(double value) {
        add(Double.doubleToLongBits(value == 0 ? 0.0 : value));
    }

    @Override
    public void text(String value) {
        long h = value.length() + 1L;
        for (int i = 0; i < value.length(); i++) {
            h = h * 0x100000001B3L + value.charAt(i);
        }
        add(h);
    }

    @Override
    public void nothing() {
        add(PRIME);
    }

    @Override
    public void end() {
        rows.accept(hash);
    }

    private void add(long value) {
        long x = (hash ^ value) * PRIME;
        x = (x ^ (x >>> 32)) * 0xD6E8FEB86659FD93L;
        hash = x ^ (x >>> 29);
    }
}
