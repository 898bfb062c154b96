package io.velostream.engine.runtime.operator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Records to feed a stage with, in offset order. */
final class Records {

    private record Entry(byte @Nullable [] key, byte @Nullable [] value, long timestamp) {}

    private static final Headers NO_HEADERS = new RecordHeaders();

    private final List<Entry> entries = new ArrayList<>();
    private long nextOffset;

    Records json(long timestamp, String value) {
        return json(null, timestamp, value.replace('\'', '"'));
    }

    Records json(@Nullable String key, long timestamp, @Nullable String value) {
        entries.add(new Entry(bytes(key), bytes(value == null ? null : value.replace('\'', '"')), timestamp));
        return this;
    }

    Records raw(byte @Nullable [] key, byte @Nullable [] value, long timestamp) {
        entries.add(new Entry(key, value, timestamp));
        return this;
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    int size() {
        return entries.size();
    }

    /** The records as batches of at most so many. */
    List<RecordBatch> batches(int size) {
        List<RecordBatch> batches = new ArrayList<>();
        for (int from = 0; from < entries.size(); from += size) {
            List<Entry> part = List.copyOf(entries.subList(from, Math.min(from + size, entries.size())));
            batches.add(new Batch(part, nextOffset));
            nextOffset += part.size();
        }
        entries.clear();
        return batches;
    }

    private record Batch(List<Entry> entries, long firstOffset) implements RecordBatch {
        @Override
        public int size() {
            return entries.size();
        }

        @Override
        public String topic() {
            return "t";
        }

        @Override
        public int partition() {
            return 0;
        }

        @Override
        public byte @Nullable [] key(int index) {
            return entries.get(index).key();
        }

        @Override
        public byte @Nullable [] value(int index) {
            return entries.get(index).value();
        }

        @Override
        public long timestamp(int index) {
            return entries.get(index).timestamp();
        }

        @Override
        public long offset(int index) {
            return firstOffset + index;
        }

        @Override
        public Headers headers(int index) {
            return NO_HEADERS;
        }
    }
}
