package io.velostream.engine.runtime.aggregate;

import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.OriginHeaders;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.GroupTable;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The headers of the group's last record, for results that are written when no record is at hand: the last event wins. It
 * is no aggregate of the query and gives no column; its result is what the output record's headers are made from. The
 * object is the headers, null for none.
 */
final class LastHeaders extends Accumulator {

    private static final int OVERHEAD = 64;

    private Header[] headers = OriginHeaders.NONE;

    LastHeaders() {
        super(0, 1);
    }

    @Override
    public void prepare(Row row) {
        headers = row.origin.headers.current().toArray();
    }

    @Override
    public void apply(GroupTable table, int group) {
        keep(table, group, headers);
    }

    private void keep(GroupTable table, int group, Header[] added) {
        Header[] before = kept(table, group);
        if (before == null && added.length == 0) {
            return;
        }
        table.object(group, object, added.length == 0 ? null : added);
        table.countObjectBytes(bytes(added) - (before == null ? 0 : bytes(before)));
    }

    private static long bytes(Header[] headers) {
        long bytes = 0;
        for (Header header : headers) {
            byte[] value = header.value();
            bytes += OVERHEAD + header.key().length() + (value == null ? 0 : value.length);
        }
        return bytes;
    }

    private Header @Nullable [] kept(GroupTable table, int group) {
        return (Header[]) table.object(group, object);
    }

    @Override
    public void merge(GroupTable table, int group, GroupTable later, int laterGroup) {
        Header[] theirs = kept(later, laterGroup);
        keep(table, group, theirs == null ? OriginHeaders.NONE : theirs);
    }

    /** Puts the headers where the output record's come from. */
    @Override
    public void result(GroupTable table, int group, Row out, int slot) {
        Header[] kept = kept(table, group);
        if (kept == null) {
            out.origin.headers.clear();
        } else {
            out.origin.headers.begin(new RecordHeaders(kept));
        }
    }

    @Override
    public void write(GroupTable table, int group, GrowingBuffer out) {
        Header[] kept = kept(table, group);
        out.putVarint(kept == null ? 0 : kept.length);
        for (Header header : kept == null ? OriginHeaders.NONE : kept) {
            byte[] key = header.key().getBytes(StandardCharsets.UTF_8);
            out.putSized(key, 0, key.length);
            out.putSizedOrNull(header.value());
        }
    }

    /** A state from before there were headers ends before them. */
    @Override
    public void read(GroupTable table, int group, ByteCursor in) {
        int size = in.atEnd() ? 0 : (int) in.getVarint();
        Header[] read = new Header[size];
        for (int i = 0; i < size; i++) {
            int from = in.skipSized();
            String key = new String(in.bytes(), from, in.position() - from, StandardCharsets.UTF_8);
            read[i] = new RecordHeader(key, in.getSizedOrNull());
        }
        keep(table, group, read);
    }
}
