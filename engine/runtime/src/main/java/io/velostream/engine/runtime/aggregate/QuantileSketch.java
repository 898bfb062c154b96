package io.velostream.engine.runtime.aggregate;

import io.velostream.engine.runtime.expression.DoubleEvaluator;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.GroupTable;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.jspecify.annotations.Nullable;

/**
 * APPROX_PERCENTILE by a KLL sketch (Karnin, Lang, Liberty, "Optimal Quantile Approximation in Streams", 2016) with k =
 * 200: about 5 KiB a group at most; the rank of the result is off by 1.4 % at most with 99 % confidence. The object is the
 * sketch; its durable form begins with its version.
 */
final class QuantileSketch extends Accumulator {

    private static final byte VERSION = 1;
    private static final int K = 200;
    private static final long BYTES = 2_048;

    private final DoubleEvaluator argument;
    private final double fraction;
    private double value;
    private boolean present;

    QuantileSketch(DoubleEvaluator argument, double fraction) {
        super(0, 1);
        this.argument = argument;
        this.fraction = fraction;
    }

    @Override
    public void prepare(Row row) {
        value = argument.eval(row);
        present = !row.isNull;
    }

    @Override
    public void apply(GroupTable table, int group) {
        if (present) {
            sketchOrNew(table, group).update(value);
        }
    }

    private @Nullable KllDoublesSketch sketch(GroupTable table, int group) {
        return (KllDoublesSketch) table.object(group, object);
    }

    private KllDoublesSketch sketchOrNew(GroupTable table, int group) {
        KllDoublesSketch sketch = sketch(table, group);
        if (sketch == null) {
            sketch = KllDoublesSketch.newHeapInstance(K);
            table.object(group, object, sketch);
            table.countObjectBytes(BYTES);
        }
        return sketch;
    }

    @Override
    public void merge(GroupTable table, int group, GroupTable later, int laterGroup) {
        KllDoublesSketch theirs = sketch(later, laterGroup);
        if (theirs != null) {
            sketchOrNew(table, group).merge(theirs);
        }
    }

    @Override
    public void result(GroupTable table, int group, Row out, int slot) {
        KllDoublesSketch sketch = sketch(table, group);
        if (sketch == null) {
            out.setNull(slot);
        } else {
            out.setDouble(slot, sketch.getQuantile(fraction));
        }
    }

    @Override
    public void write(GroupTable table, int group, GrowingBuffer out) {
        KllDoublesSketch sketch = sketch(table, group);
        byte[] bytes = sketch == null ? new byte[0] : sketch.toByteArray();
        out.put(VERSION);
        out.putSized(bytes, 0, bytes.length);
    }

    @Override
    public void read(GroupTable table, int group, ByteCursor in) {
        Versions.check(in.get(), VERSION);
        int from = in.skipSized();
        if (in.position() > from) {
            byte[] bytes = Arrays.copyOfRange(in.bytes(), from, in.position());
            table.object(group, object, KllDoublesSketch.heapify(MemorySegment.ofArray(bytes)));
            table.countObjectBytes(BYTES);
        }
    }
}
