package io.velostream.engine.runtime.operator;

import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.OriginHeaders;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Rows on their way to one topic: keys and values lie behind one another in one growing buffer. A row is begun, its
 * bytes are appended to {@link #buffer()} from {@link #position()} on, and it is closed with {@link #addRow}. The batch
 * is reused only by its owner and only after the producer has copied the bytes.
 */
public final class OutputBatch extends GrowingBuffer {

    /** Length of an absent key or value. */
    public static final int ABSENT = -1;

    private final int rowLimit;
    private int size;
    private int[] keyOffset = new int[64];
    private int[] keyLength = new int[64];
    private int[] valueOffset = new int[64];
    private int[] valueLength = new int[64];
    private long[] timestamp = new long[64];
    private boolean[] broadcast = new boolean[64];
    private Header[][] headers = new Header[64][];

    /**
     * @param capacity first size of the buffer in bytes
     */
    public OutputBatch(int capacity) {
        this(capacity, Integer.MAX_VALUE);
    }

    /**
     * @param capacity first size of the buffer in bytes
     * @param rowLimit largest key and value of one row together, in bytes: what the producer would refuse
     */
    public OutputBatch(int capacity, int rowLimit) {
        super(capacity);
        this.rowLimit = rowLimit;
    }

    /**
     * Closes a row. Offsets point into the buffer; a length of {@link #ABSENT} means null.
     *
     * @param timestampMillis the record's timestamp
     * @throws RecordFailure when the row is larger than the producer takes
     */
    public void addRow(int keyFrom, int keyBytes, int valueFrom, int valueBytes, long timestampMillis) {
        addRow(keyFrom, keyBytes, valueFrom, valueBytes, timestampMillis, OriginHeaders.NONE);
    }

    /** The same with headers. */
    public void addRow(
            int keyFrom, int keyBytes, int valueFrom, int valueBytes, long timestampMillis, Header[] recordHeaders) {
        long bytes = (long) Math.max(0, keyBytes) + Math.max(0, valueBytes) + bytesOf(recordHeaders);
        if (bytes > rowLimit) {
            throw new RecordFailure(
                    "ROW_TOO_LARGE",
                    "The row that came of it has " + bytes + " bytes and the producer takes " + rowLimit
                            + "; raise max.request.size of the sink and max.message.bytes of its topic.");
        }
        add(keyFrom, keyBytes, valueFrom, valueBytes, timestampMillis, false);
        headers[size - 1] = recordHeaders;
    }

    private static long bytesOf(Header[] recordHeaders) {
        long bytes = 0;
        for (Header header : recordHeaders) {
            byte[] value = header.value();
            bytes += header.key().length() + (value == null ? 0 : value.length);
        }
        return bytes;
    }

    /** Closes a control record that goes to every partition of a repartition topic. */
    public void addBroadcast(int valueFrom, int valueBytes, long timestampMillis) {
        add(0, ABSENT, valueFrom, valueBytes, timestampMillis, true);
    }

    private void add(int keyFrom, int keyBytes, int valueFrom, int valueBytes, long timestampMillis, boolean toAll) {
        if (size == timestamp.length) {
            grow();
        }
        keyOffset[size] = keyFrom;
        keyLength[size] = keyBytes;
        valueOffset[size] = valueFrom;
        valueLength[size] = valueBytes;
        timestamp[size] = timestampMillis;
        broadcast[size] = toAll;
        headers[size] = OriginHeaders.NONE;
        size++;
    }

    private void grow() {
        int capacity = size * 2;
        keyOffset = Arrays.copyOf(keyOffset, capacity);
        keyLength = Arrays.copyOf(keyLength, capacity);
        valueOffset = Arrays.copyOf(valueOffset, capacity);
        valueLength = Arrays.copyOf(valueLength, capacity);
        timestamp = Arrays.copyOf(timestamp, capacity);
        broadcast = Arrays.copyOf(broadcast, capacity);
        headers = Arrays.copyOf(headers, capacity);
    }

    /** Number of rows. */
    public int size() {
        return size;
    }

    /** Whether there is no row. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** Offset of a row's key in the buffer. */
    public int keyOffset(int row) {
        return keyOffset[row];
    }

    /** Length of a row's key, or {@link #ABSENT}. */
    public int keyLength(int row) {
        return keyLength[row];
    }

    /** Offset of a row's value in the buffer. */
    public int valueOffset(int row) {
        return valueOffset[row];
    }

    /** Length of a row's value, or {@link #ABSENT}. */
    public int valueLength(int row) {
        return valueLength[row];
    }

    /** A copy of a row's key, or null. */
    public byte @Nullable [] key(int row) {
        return copy(keyOffset[row], keyLength[row]);
    }

    /** A copy of a row's value, or null. */
    public byte @Nullable [] value(int row) {
        return copy(valueOffset[row], valueLength[row]);
    }

    private byte @Nullable [] copy(int from, int length) {
        return length == ABSENT ? null : Arrays.copyOfRange(buffer(), from, from + length);
    }

    /** A row's timestamp in milliseconds. */
    public long timestamp(int row) {
        return timestamp[row];
    }

    /** A row's headers. */
    public Header[] headers(int row) {
        return headers[row];
    }

    /** Whether a row goes to every partition. */
    public boolean isBroadcast(int row) {
        return broadcast[row];
    }

    /** Forgets all rows; the buffer is kept. */
    @Override
    public void clear() {
        super.clear();
        size = 0;
    }
}
