package io.velostream.engine.runtime.state;

import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;

/** Turns what is kept of a group, its cells and objects, into bytes and back. */
public interface GroupCodec {

    /** Appends a group. */
    void write(GroupTable table, int group, GrowingBuffer out);

    /** Takes it back into a new group. */
    void read(GroupTable table, int group, ByteCursor in);
}
