package io.velostream.engine.stats.history;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One series at every resolution. Of a counter the growth is kept, so that a restart, which sets it to zero, is no loss. */
final class Series {

    private final SeriesName name;
    private final Map<Resolution, Ring> rings = new EnumMap<>(Resolution.class);
    private double last = Double.NaN;

    Series(SeriesName name, Duration retention) {
        this.name = name;
        for (Resolution each : Resolution.values()) {
            rings.put(each, new Ring(each, each.capacity(retention), name.kind() == SeriesName.Kind.GAUGE));
        }
    }

    SeriesName name() {
        return name;
    }

    void add(long millis, double value) {
        double taken = name.kind() == SeriesName.Kind.GAUGE ? value : growth(value);
        rings.values().forEach(ring -> ring.add(millis, taken));
    }

    /** The first value of a process is all growth: counters begin at zero. */
    private double growth(double value) {
        double before = last;
        last = value;
        return Double.isNaN(before) || value < before ? value : value - before;
    }

    /** The points of a stretch of time, each moment once and as finely as it is kept. */
    List<Point> points(long from, long to) {
        Resolution[] all = Resolution.values();
        List<Point> points = points(all[0], from, to);
        for (int coarser = 1; coarser < all.length; coarser++) {
            long width = all[coarser].millis();
            long begin = points.isEmpty() ? to : points.getFirst().at();
            if (ring(all[coarser]).oldest() + width <= begin) {
                // Where the two meet the coarser bucket is taken whole, and what it holds more finely left out.
                long border = points.isEmpty() ? to : Math.ceilDiv(begin, width) * width;
                List<Point> joined = new ArrayList<>(points(all[coarser], from, border));
                points.stream().filter(point -> point.at() >= border).forEach(joined::add);
                points = joined;
            }
        }
        return points;
    }

    /** The points at one resolution. */
    List<Point> points(Resolution resolution, long from, long to) {
        List<Point> points = new ArrayList<>();
        ring(resolution).forEach(from, to, points::add);
        return points;
    }

    private Ring ring(Resolution resolution) {
        Ring ring = rings.get(resolution);
        if (ring == null) {
            throw new IllegalStateException("Every resolution has its ring");
        }
        return ring;
    }

    /** When the newest bucket begins; {@link Long#MIN_VALUE} when there is none. */
    long newest() {
        return ring(Resolution.MINUTE).newest();
    }

    int forget(long before) {
        return rings.values().stream().mapToInt(ring -> ring.forget(before)).sum();
    }

    boolean isEmpty() {
        return rings.values().stream().allMatch(Ring::isEmpty);
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(name.metric());
        out.writeUTF(name.kind().name());
        out.writeInt(name.labels().size());
        for (Map.Entry<String, String> label : name.labels().entrySet()) {
            out.writeUTF(label.getKey());
            out.writeUTF(label.getValue());
        }
        for (Ring ring : rings.values()) {
            ring.write(out);
        }
    }

    static Series read(DataInput in, Duration retention) throws IOException {
        String metric = in.readUTF();
        String kind = in.readUTF();
        int labels = in.readInt();
        Map<String, String> byName = new HashMap<>();
        for (int i = 0; i < labels; i++) {
            byName.put(in.readUTF(), in.readUTF());
        }
        Series series = new Series(new SeriesName(metric, byName, SeriesName.Kind.valueOf(kind)), retention);
        for (Ring ring : series.rings.values()) {
            ring.read(in);
        }
        return series;
    }
}
