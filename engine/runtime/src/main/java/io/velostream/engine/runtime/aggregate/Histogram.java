package io.velostream.engine.runtime.aggregate;

import io.velostream.engine.runtime.expression.TextEvaluator;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Slice;
import io.velostream.engine.runtime.state.GroupTable;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * HISTOGRAM: how often each value of the group came, by its text. The counts are the only cell of a table of their own,
 * which is the object; its durable form begins with its version.
 */
final class Histogram extends Accumulator {

    private static final byte VERSION = 1;

    private final TextEvaluator argument;
    private final Slice text = new Slice();
    private boolean present;

    Histogram(TextEvaluator argument) {
        super(0, 1);
        this.argument = argument;
    }

    @Override
    public void prepare(Row row) {
        present = argument.eval(row, text);
    }

    @Override
    public void apply(GroupTable table, int group) {
        if (present) {
            count(table, group, text.array, text.start, text.end, 1);
        }
    }

    private void count(GroupTable table, int group, byte[] value, int from, int to, long times) {
        GroupTable counts = (GroupTable) table.object(group, object);
        long before = 0;
        if (counts == null) {
            counts = new GroupTable(1, 0);
            table.object(group, object, counts);
        } else {
            before = counts.bytes();
        }
        int bucket = counts.findOrAdd(value, from, to);
        counts.cells()[counts.base(bucket)] += times;
        table.countObjectBytes(counts.bytes() - before);
    }

    @Override
    public void merge(GroupTable table, int group, GroupTable later, int laterGroup) {
        GroupTable theirs = (GroupTable) later.object(laterGroup, object);
        for (int bucket = 0; theirs != null && bucket < theirs.size(); bucket++) {
            count(
                    table,
                    group,
                    theirs.keys(),
                    theirs.keyFrom(bucket),
                    theirs.keyTo(bucket),
                    theirs.cells()[theirs.base(bucket)]);
        }
    }

    @Override
    public void result(GroupTable table, int group, Row out, int slot) {
        GroupTable counts = (GroupTable) table.object(group, object);
        Map<String, Object> result = new LinkedHashMap<>();
        for (int bucket = 0; counts != null && bucket < counts.size(); bucket++) {
            int from = counts.keyFrom(bucket);
            String value = new String(counts.keys(), from, counts.keyTo(bucket) - from, StandardCharsets.UTF_8);
            result.put(value, counts.cells()[counts.base(bucket)]);
        }
        out.setObject(slot, result);
    }

    @Override
    public void write(GroupTable table, int group, GrowingBuffer out) {
        GroupTable counts = (GroupTable) table.object(group, object);
        int size = counts == null ? 0 : counts.size();
        out.put(VERSION);
        out.putVarint(size);
        for (int bucket = 0; counts != null && bucket < size; bucket++) {
            out.putSized(counts.keys(), counts.keyFrom(bucket), counts.keyTo(bucket));
            out.putVarint(counts.cells()[counts.base(bucket)]);
        }
    }

    @Override
    public void read(GroupTable table, int group, ByteCursor in) {
        Versions.check(in.get(), VERSION);
        long size = in.getVarint();
        for (long i = 0; i < size; i++) {
            int from = in.skipSized();
            int to = in.position();
            count(table, group, in.bytes(), from, to, in.getVarint());
        }
    }
}
