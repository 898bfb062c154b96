package io.velostream.bench.oracle;

import java.util.Arrays;
import java.util.function.LongConsumer;

/** A growing list of hashes. */
final class HashList implements LongConsumer {
    private long[] values = new long[1024];
    private int size;

    @Override
    public void accept(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    long[] sorted() {
        long[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        return sorted;
    }
}
