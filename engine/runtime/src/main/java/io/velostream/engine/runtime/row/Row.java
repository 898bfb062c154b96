package io.velostream.engine.runtime.row;

import org.jspecify.annotations.Nullable;

/**
 * A set of typed slots that is reused from record to record. Its fields are public since the operators read and write
 * them for every record. What a slot holds is said by its {@link Tag}.
 *
 * <p>A slot that a format reader has filled with a number also keeps the number's text in {@code bytes}, so that a
 * writer copies the text; a computed one has no bytes and is formatted. Bytes stay in force until the row is filled
 * again.
 */
public final class Row {

    /** The kind of each slot. */
    public final byte[] tags;

    /** Numbers; a double's bits; 0 or 1 for a boolean; the low half of a wide number. */
    public final long[] longs;

    /** The high half of a wide number. */
    public final long[] highs;

    /** The array that holds a slot's text, or null. */
    public final byte[] @Nullable [] bytes;

    /** Index of the text's first byte. */
    public final int[] starts;

    /** Index after the text's last byte. */
    public final int[] ends;

    /** Values without a flat form. */
    public final @Nullable Object[] objects;

    /** Metadata of the record that the row was made from. */
    public final Origin origin;

    /**
     * Whether the expression evaluated last on this row is NULL. Each evaluator of a number sets it, true or false,
     * before it returns.
     */
    public boolean isNull;

    /**
     * @param width number of slots
     */
    public Row(int width, Origin origin) {
        this.tags = new byte[width];
        this.longs = new long[width];
        this.highs = new long[width];
        this.bytes = new byte[width][];
        this.starts = new int[width];
        this.ends = new int[width];
        this.objects = new Object[width];
        this.origin = origin;
    }

    /** Number of slots. */
    public int width() {
        return tags.length;
    }

    /** Makes every slot NULL. */
    public void clear() {
        for (int slot = 0; slot < tags.length; slot++) {
            tags[slot] = Tag.NULL;
        }
    }

    /** Whether the slot is NULL. */
    public boolean isNull(int slot) {
        return tags[slot] == Tag.NULL;
    }

    /** Stores NULL. */
    public void setNull(int slot) {
        tags[slot] = Tag.NULL;
    }

    /** Stores a computed number. */
    public void setLong(int slot, long value) {
        tags[slot] = Tag.LONG;
        longs[slot] = value;
        bytes[slot] = null;
    }

    /** Stores a computed double. */
    public void setDouble(int slot, double value) {
        tags[slot] = Tag.DOUBLE;
        longs[slot] = Double.doubleToRawLongBits(value);
        bytes[slot] = null;
    }

    /** Stores a boolean. */
    public void setBoolean(int slot, boolean value) {
        tags[slot] = Tag.BOOLEAN;
        longs[slot] = value ? 1 : 0;
        bytes[slot] = null;
    }

    /** Stores an integer of 128 bits. */
    public void setWide(int slot, long high, long low) {
        tags[slot] = Tag.WIDE;
        longs[slot] = low;
        highs[slot] = high;
        bytes[slot] = null;
    }

    /** Stores an object as its type describes it. */
    public void setObject(int slot, Object value) {
        tags[slot] = Tag.OBJECT;
        objects[slot] = value;
        bytes[slot] = null;
    }

    /** Stores a view on bytes under a tag that says what they are. */
    public void setBytes(int slot, byte tag, byte[] array, int start, int end) {
        tags[slot] = tag;
        setSource(slot, array, start, end);
    }

    /** Stores text. */
    public void setText(int slot, Slice text) {
        setBytes(slot, Tag.TEXT, text.array, text.start, text.end);
    }

    /** Notes where the slot's text is, beside the value that was parsed from it. */
    @SuppressWarnings("ReferenceEquality") // The same array again: one store, and its barrier, less.
    public void setSource(int slot, byte[] array, int start, int end) {
        if (bytes[slot] != array) {
            bytes[slot] = array;
        }
        starts[slot] = start;
        ends[slot] = end;
    }

    /** Copies a slot of another row. */
    public void copy(Row from, int fromSlot, int slot) {
        byte tag = from.tags[fromSlot];
        tags[slot] = tag;
        longs[slot] = from.longs[fromSlot];
        bytes[slot] = from.bytes[fromSlot];
        starts[slot] = from.starts[fromSlot];
        ends[slot] = from.ends[fromSlot];
        if (tag == Tag.WIDE) {
            highs[slot] = from.highs[fromSlot];
        } else if (tag == Tag.OBJECT) {
            objects[slot] = from.objects[fromSlot];
        }
    }

    /** The slot's double; only when its tag says so. */
    public double doubleAt(int slot) {
        return Double.longBitsToDouble(longs[slot]);
    }

    /** Points the slice to the slot's bytes; only when the slot has any. */
    public void slice(int slot, Slice into) {
        byte[] array = bytes[slot];
        if (array == null) {
            throw new IllegalStateException("Slot " + slot + " holds no bytes, its tag is " + tags[slot] + ".");
        }
        into.set(array, starts[slot], ends[slot]);
    }
}
