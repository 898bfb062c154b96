package io.velostream.engine.runtime.row;

import io.velostream.engine.sql.function.HeaderAccess;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The headers of the current record, and what the expressions of a row change of them for the output. One a stage,
 * reused.
 */
public final class OriginHeaders implements HeaderAccess {

    /** No headers. */
    public static final Header[] NONE = new Header[0];

    private static final Headers EMPTY = new RecordHeaders();

    private Headers record = EMPTY;

    /** What was set, or empty for a key that was removed. */
    private final Map<String, Optional<RecordHeader>> changes = new LinkedHashMap<>();

    /** Begins with another record. */
    public void begin(Headers headers) {
        record = headers;
        forgetChanges();
    }

    /** Begins with no record at hand. */
    public void clear() {
        begin(EMPTY);
    }

    /** The row has failed: what it has changed is void. */
    public void forgetChanges() {
        if (!changes.isEmpty()) {
            changes.clear();
        }
    }

    /** The headers at hand, to {@link #begin} with them again later. */
    public Headers current() {
        return record;
    }

    /** The headers of a row's output record; what the row has changed is forgotten. */
    public Header[] takeOutput() {
        if (changes.isEmpty()) {
            Header[] same = record.toArray();
            return same.length == 0 ? NONE : same;
        }
        List<Header> output = new ArrayList<>();
        for (Header header : record) {
            if (!changes.containsKey(header.key())) {
                output.add(header);
            }
        }
        changes.values().forEach(change -> change.ifPresent(output::add));
        changes.clear();
        return output.toArray(NONE);
    }

    @Override
    public @Nullable String get(String key) {
        Header header = record.lastHeader(key);
        byte[] value = header == null ? null : header.value();
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    @Override
    public boolean has(String key) {
        return record.lastHeader(key) != null;
    }

    @Override
    public List<String> keys() {
        Set<String> keys = new LinkedHashSet<>();
        record.forEach(header -> keys.add(header.key()));
        return new ArrayList<>(keys);
    }

    @Override
    public void set(String key, @Nullable String value) {
        byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        changes.put(key, Optional.of(new RecordHeader(key, bytes)));
    }

    @Override
    public void remove(String key) {
        changes.put(key, Optional.empty());
    }
}
