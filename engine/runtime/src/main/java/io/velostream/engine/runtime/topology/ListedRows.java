package io.velostream.engine.runtime.topology;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Rows that already are arrays: entries of a changelog, dead letters. */
final class ListedRows implements FanOutRows {

    private record Row(byte @Nullable [] key, byte @Nullable [] value, long timestamp, Header[] headers) {}

    private final List<Row> rows = new ArrayList<>();
    private long bytes;

    void add(byte @Nullable [] key, byte @Nullable [] value, long timestamp, Header[] headers) {
        rows.add(new Row(key, value, timestamp, headers));
        bytes += (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
    }

    /** Bytes of all keys and values. */
    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public byte @Nullable [] key(int row) {
        return rows.get(row).key();
    }

    @Override
    public byte @Nullable [] value(int row) {
        return rows.get(row).value();
    }

    @Override
    public long timestamp(int row) {
        return rows.get(row).timestamp();
    }

    @Override
    public Header[] headers(int row) {
        return rows.get(row).headers();
    }
}
