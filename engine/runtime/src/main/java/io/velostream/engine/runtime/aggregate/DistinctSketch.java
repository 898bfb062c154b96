package io.velostream.engine.runtime.aggregate;

import io.velostream.engine.runtime.expression.Evaluator;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.GroupTable;
import io.velostream.engine.runtime.state.TupleCodec;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.HllUnion;
import org.apache.datasketches.hll.TgtHllType;
import org.jspecify.annotations.Nullable;

/**
 * APPROX_COUNT_DISTINCT by a HyperLogLog sketch of 2¹² registers of four bits: at most about 2 KiB a group, far less for
 * few values, with a standard error of 1.6 %. The object is the sketch; its durable form begins with its version.
 */
final class DistinctSketch extends Accumulator {

    private static final byte VERSION = 1;
    private static final int LOG_REGISTERS = 12;
    private static final long BYTES = 1L << (LOG_REGISTERS - 1);

    private final Evaluator argument;
    private final boolean isAny;
    private final Row register = new Row(1, new Origin());
    private final GrowingBuffer encoded = new GrowingBuffer(64);

    DistinctSketch(Evaluator argument) {
        super(0, 1);
        this.argument = argument;
        this.isAny = argument.type() == Simple.ANY;
    }

    @Override
    public void prepare(Row row) {
        argument.store(row, register, 0);
        encoded.clear();
        TupleCodec.encode(register, 0, isAny, encoded);
    }

    @Override
    public void apply(GroupTable table, int group) {
        if (!register.isNull(0)) {
            sketchOrNew(table, group).update(Arrays.copyOf(encoded.buffer(), encoded.position()));
        }
    }

    private @Nullable HllSketch sketch(GroupTable table, int group) {
        return (HllSketch) table.object(group, object);
    }

    private HllSketch sketchOrNew(GroupTable table, int group) {
        HllSketch sketch = sketch(table, group);
        if (sketch == null) {
            sketch = new HllSketch(LOG_REGISTERS, TgtHllType.HLL_4);
            table.object(group, object, sketch);
            table.countObjectBytes(BYTES);
        }
        return sketch;
    }

    @Override
    public void merge(GroupTable table, int group, GroupTable later, int laterGroup) {
        HllSketch theirs = sketch(later, laterGroup);
        if (theirs != null) {
            HllUnion union = new HllUnion(LOG_REGISTERS);
            union.update(sketchOrNew(table, group));
            union.update(theirs);
            table.object(group, object, union.getResult(TgtHllType.HLL_4));
        }
    }

    @Override
    public void result(GroupTable table, int group, Row out, int slot) {
        HllSketch sketch = sketch(table, group);
        out.setLong(slot, sketch == null ? 0 : Math.round(sketch.getEstimate()));
    }

    @Override
    public void write(GroupTable table, int group, GrowingBuffer out) {
        HllSketch sketch = sketch(table, group);
        byte[] bytes = sketch == null ? new byte[0] : sketch.toCompactByteArray();
        out.put(VERSION);
        out.putSized(bytes, 0, bytes.length);
    }

    @Override
    public void read(GroupTable table, int group, ByteCursor in) {
        Versions.check(in.get(), VERSION);
        int from = in.skipSized();
        if (in.position() > from) {
            byte[] bytes = Arrays.copyOfRange(in.bytes(), from, in.position());
            table.object(group, object, HllSketch.heapify(MemorySegment.ofArray(bytes)));
            table.countObjectBytes(BYTES);
        }
    }
}
