package io.velostream.engine.runtime.row;

import org.jspecify.annotations.Nullable;

/** A mutable value of any kind: what an expression of type ANY yields. A register, reused for every record. */
public final class Value {

    /** The kind; see {@link Tag}. ESCAPED, NUMBER and WIDE do not occur. */
    public byte tag;

    /** A number, a double's bits, or 0 or 1. */
    public long number;

    /** Text or JSON. */
    public final Slice text = new Slice();

    /** A value without a flat form. */
    public @Nullable Object object;

    /** Becomes NULL. */
    public void setNull() {
        tag = Tag.NULL;
    }

    /** Becomes an integer. */
    public void setLong(long value) {
        tag = Tag.LONG;
        number = value;
    }

    /** Becomes a double. */
    public void setDouble(double value) {
        tag = Tag.DOUBLE;
        number = Double.doubleToRawLongBits(value);
    }

    /** Becomes a boolean. */
    public void setBoolean(boolean value) {
        tag = Tag.BOOLEAN;
        number = value ? 1 : 0;
    }

    /** Becomes text. */
    public void setText(Slice slice) {
        tag = Tag.TEXT;
        text.set(slice.array, slice.start, slice.end);
    }

    /** Becomes whatever the object is. */
    public void setObject(@Nullable Object value) {
        switch (value) {
            case null -> setNull();
            case Long integer -> setLong(integer);
            case Double fraction -> setDouble(fraction);
            case Boolean bool -> setBoolean(bool);
            case String string -> {
                tag = Tag.TEXT;
                text.set(string);
            }
            default -> {
                tag = Tag.OBJECT;
                object = value;
            }
        }
    }

    /** Takes what a slot of type ANY holds. */
    public void load(Row row, int slot) {
        byte kind = row.tags[slot];
        tag = kind;
        switch (kind) {
            case Tag.NULL -> {}
            case Tag.LONG, Tag.DOUBLE, Tag.BOOLEAN -> number = row.longs[slot];
            case Tag.OBJECT -> object = row.objects[slot];
            default -> row.slice(slot, text);
        }
    }

    /** Puts the value into a slot of type ANY. */
    public void store(Row row, int slot) {
        switch (tag) {
            case Tag.NULL -> row.setNull(slot);
            case Tag.OBJECT -> {
                Object value = object;
                if (value == null) {
                    row.setNull(slot);
                } else {
                    row.setObject(slot, value);
                }
            }
            case Tag.LONG, Tag.DOUBLE, Tag.BOOLEAN -> {
                row.tags[slot] = tag;
                row.longs[slot] = number;
                row.bytes[slot] = null;
            }
            default -> row.setBytes(slot, tag, text.array, text.start, text.end);
        }
    }

    /** Takes another value. */
    public void set(Value other) {
        tag = other.tag;
        number = other.number;
        text.set(other.text.array, other.text.start, other.text.end);
        object = other.object;
    }

    /** The double; only when the tag says so. */
    public double asDouble() {
        return Double.longBitsToDouble(number);
    }

    /** Whether there is no value. */
    public boolean isNull() {
        return tag == Tag.NULL;
    }
}
