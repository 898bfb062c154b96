package io.velostream.engine.runtime.aggregate;

import io.velostream.engine.runtime.row.Slice;
import io.velostream.engine.runtime.row.Tag;
import io.velostream.engine.runtime.row.Value;

/** A value that outlives its record: text is copied into an array of its own, which is reused where it is large enough. */
final class KeptValue {

    private static final int OVERHEAD = 96;

    /** The value. */
    final Value value = new Value();

    private byte[] own = {};

    /** Takes another value; returns by how many bytes this has grown. */
    long keep(Value other) {
        int before = own.length;
        if (isSlice(other.tag)) {
            Slice text = other.text;
            int length = text.length();
            if (own.length < length) {
                own = new byte[length];
            }
            System.arraycopy(text.array, text.start, own, 0, length);
            value.tag = other.tag;
            value.text.set(own, 0, length);
        } else {
            value.set(other);
            value.text.set(own, 0, 0);
        }
        return (long) own.length - before;
    }

    private static boolean isSlice(byte tag) {
        return Tag.isText(tag) || tag == Tag.JSON;
    }

    /** Bytes that a new one takes. */
    static long overhead() {
        return OVERHEAD;
    }
}
