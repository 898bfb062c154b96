package io.velostream.engine.stats.history;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The buckets of one series at one resolution: those of the newest stretch of time, in arrays that are used round and round
 * and grow with what is kept. A bucket without a sample is not a number. Gauges are kept as three floats, counters as one
 * double.
 */
final class Ring {

    private static final int FIRST_CAPACITY = 64;

    private final Resolution resolution;
    private final int largest;
    private final boolean gauge;
    private double[] means;
    private float[] least = new float[0];
    private float[] most = new float[0];
    private long lastSlot = Long.MIN_VALUE;
    private int size;

    private long openSlot = Long.MIN_VALUE;
    private double openLeast;
    private double openMost;
    private double openSum;
    private long openCount;

    Ring(Resolution resolution, int largest, boolean gauge) {
        this.resolution = resolution;
        this.largest = largest;
        this.gauge = gauge;
        this.means = new double[Math.min(FIRST_CAPACITY, largest)];
        if (gauge) {
            least = new float[means.length];
            most = new float[means.length];
        }
    }

    /** Takes a sample; one that is older than the newest bucket, since the clock was put back, is left out. */
    void add(long millis, double value) {
        long slot = resolution.slot(millis);
        if (slot != openSlot) {
            if (openSlot != Long.MIN_VALUE && slot < openSlot || slot <= lastSlot) {
                return;
            }
            close();
            openSlot = slot;
            openLeast = value;
            openMost = value;
            openSum = 0;
            openCount = 0;
        }
        openLeast = Math.min(openLeast, value);
        openMost = Math.max(openMost, value);
        openSum += value;
        openCount++;
    }

    /** Puts the bucket that is being filled beside the others. */
    private void close() {
        if (openSlot == Long.MIN_VALUE) {
            return;
        }
        put(openSlot, openLeast, gauge ? openSum / openCount : openSum, openMost);
        openSlot = Long.MIN_VALUE;
    }

    private void put(long slot, double low, double mean, double high) {
        long gap = lastSlot == Long.MIN_VALUE ? 0 : slot - lastSlot - 1;
        if (gap >= largest) {
            size = 0;
        } else {
            for (long empty = slot - gap; empty < slot; empty++) {
                set(empty, Double.NaN, Double.NaN, Double.NaN);
            }
        }
        set(slot, low, mean, high);
    }

    private void set(long slot, double low, double mean, double high) {
        if (size == means.length && size < largest) {
            grow();
        }
        size = Math.min(size + 1, largest);
        lastSlot = slot;
        int place = place(slot);
        means[place] = mean;
        if (gauge) {
            least[place] = (float) low;
            most[place] = (float) high;
        }
    }

    /** Arrays of another length have other places, so what is kept is moved. */
    private void grow() {
        int length = Math.min(largest, means.length * 2);
        double[] oldMeans = means;
        float[] oldLeast = least;
        float[] oldMost = most;
        means = new double[length];
        if (gauge) {
            least = new float[length];
            most = new float[length];
        }
        for (long slot = lastSlot - size + 1; slot <= lastSlot; slot++) {
            int from = Math.floorMod(slot, oldMeans.length);
            int to = place(slot);
            means[to] = oldMeans[from];
            if (gauge) {
                least[to] = oldLeast[from];
                most[to] = oldMost[from];
            }
        }
    }

    private int place(long slot) {
        return Math.floorMod(slot, means.length);
    }

    /** Gives the buckets that begin in a stretch of time, oldest first, the one being filled last. */
    void forEach(long from, long to, Consumer<Point> taker) {
        for (long slot = lastSlot - size + 1; size > 0 && slot <= lastSlot; slot++) {
            int place = place(slot);
            if (!Double.isNaN(means[place])) {
                give(
                        slot,
                        from,
                        to,
                        gauge ? least[place] : means[place],
                        means[place],
                        gauge ? most[place] : means[place],
                        taker);
            }
        }
        if (openSlot != Long.MIN_VALUE) {
            double mean = gauge ? openSum / openCount : openSum;
            give(openSlot, from, to, gauge ? openLeast : mean, mean, gauge ? openMost : mean, taker);
        }
    }

    private void give(long slot, long from, long to, double low, double mean, double high, Consumer<Point> taker) {
        long at = slot * resolution.millis();
        if (at >= from && at < to) {
            taker.accept(new Point(at, resolution.seconds(), low, mean, high));
        }
    }

    /** When the oldest bucket begins; {@link Long#MAX_VALUE} when there is none. */
    long oldest() {
        if (size > 0) {
            return (lastSlot - size + 1) * resolution.millis();
        }
        return openSlot == Long.MIN_VALUE ? Long.MAX_VALUE : openSlot * resolution.millis();
    }

    /** When the newest bucket begins; {@link Long#MIN_VALUE} when there is none. */
    long newest() {
        if (openSlot != Long.MIN_VALUE) {
            return openSlot * resolution.millis();
        }
        return size == 0 ? Long.MIN_VALUE : lastSlot * resolution.millis();
    }

    /** Forgets the buckets that ended before a moment, and says how many held anything. */
    int forget(long before) {
        int forgotten = 0;
        while (size > 0 && (lastSlot - size + 2) * resolution.millis() <= before) {
            forgotten += Double.isNaN(means[place(lastSlot - size + 1)]) ? 0 : 1;
            size--;
        }
        if (openSlot != Long.MIN_VALUE && (openSlot + 1) * resolution.millis() <= before) {
            openSlot = Long.MIN_VALUE;
            forgotten++;
        }
        return forgotten;
    }

    boolean isEmpty() {
        return size == 0 && openSlot == Long.MIN_VALUE;
    }

    /** The bucket that is being filled too, so that a restart goes on filling it. */
    void write(DataOutput out) throws IOException {
        out.writeLong(openSlot);
        out.writeDouble(openLeast);
        out.writeDouble(openMost);
        out.writeDouble(openSum);
        out.writeLong(openCount);
        out.writeLong(lastSlot);
        out.writeInt(size);
        for (long slot = lastSlot - size + 1; size > 0 && slot <= lastSlot; slot++) {
            int place = place(slot);
            out.writeDouble(means[place]);
            if (gauge) {
                out.writeFloat(least[place]);
                out.writeFloat(most[place]);
            }
        }
    }

    void read(DataInput in) throws IOException {
        openSlot = in.readLong();
        openLeast = in.readDouble();
        openMost = in.readDouble();
        openSum = in.readDouble();
        openCount = in.readLong();
        long newest = in.readLong();
        int count = in.readInt();
        if (count < 0 || count > Resolution.HOUR.capacity(Duration.ofDays(400))) {
            throw new IOException("A series says that it has " + count + " buckets");
        }
        Arrays.fill(means, Double.NaN);
        for (int i = 0; i < count; i++) {
            double mean = in.readDouble();
            float low = gauge ? in.readFloat() : 0;
            float high = gauge ? in.readFloat() : 0;
            set(newest - count + 1 + i, low, mean, high);
        }
    }
}
