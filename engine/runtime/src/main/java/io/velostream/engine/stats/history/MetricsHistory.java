package io.velostream.engine.stats.history;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small time series of what the pod measured (runbook, “Backup Procedures”: 30 days of metrics). Memory is bounded by the
 * number of series and by the retention, older stretches are kept more coarsely, and a file on the state volume carries it
 * across restarts. Safe for use by several threads.
 */
public final class MetricsHistory {

    private static final Logger LOG = LoggerFactory.getLogger(MetricsHistory.class);
    private static final int MAGIC = 0x56454C48;
    private static final int VERSION = 1;
    private static final int MOST_IN_A_FILE = 100_000;
    private static final Duration SILENT = Duration.ofHours(1);

    private final Path file;
    private final Duration retention;
    private final int mostSeries;
    /** Held while the file is written, which takes longer than a sample may wait. */
    private final Object saving = new Object();

    private final Map<SeriesName, Series> series = new HashMap<>();
    private boolean saidFull;

    /** A value of a series at the moment of a sample. */
    public record Sample(SeriesName series, double value) {}

    /** What was forgotten. */
    public record Forgotten(long points, long series) {}

    /**
     * An empty history.
     *
     * @param directory where its file is kept
     * @param retention how long anything is kept
     * @param mostSeries at most; more are left out
     */
    public MetricsHistory(Path directory, Duration retention, int mostSeries) {
        this.file = directory.resolve("history.bin");
        this.retention = retention;
        this.mostSeries = mostSeries;
    }

    /** How long anything is kept. */
    public Duration retention() {
        return retention;
    }

    /** Takes one sample of everything. */
    public synchronized void record(long millis, List<Sample> samples) {
        for (Sample sample : samples) {
            if (Double.isFinite(sample.value())) {
                of(sample.series(), millis).ifPresent(found -> found.add(millis, sample.value()));
            }
        }
    }

    private Optional<Series> of(SeriesName name, long millis) {
        Series known = series.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        if (series.size() >= mostSeries && !makeRoom(millis)) {
            if (!saidFull) {
                saidFull = true;
                LOG.warn("The metrics history holds {} series and takes no more; {} is left out", mostSeries, name);
            }
            return Optional.empty();
        }
        Series made = new Series(name, retention);
        series.put(name, made);
        return Optional.of(made);
    }

    /** The series that was silent for longest gives way, when that is long enough: its job is gone. */
    private boolean makeRoom(long millis) {
        Optional<Series> oldest = series.values().stream().min(Comparator.comparingLong(Series::newest));
        if (oldest.isEmpty() || oldest.get().newest() > millis - SILENT.toMillis()) {
            return false;
        }
        series.remove(oldest.get().name());
        return true;
    }

    /** The series that there are, by name. */
    public synchronized List<SeriesName> names() {
        return series.keySet().stream()
                .sorted(Comparator.comparing(SeriesName::toString))
                .toList();
    }

    /** The points of a series in a stretch of time, oldest first, each moment once and as finely as it is kept. */
    public synchronized List<Point> points(SeriesName name, long from, long to) {
        Series found = series.get(name);
        return found == null ? List.of() : found.points(Math.max(from, to - retention.toMillis()), to);
    }

    /** The points of a series by ten minutes, for figures over days. */
    public synchronized List<Point> tenMinutes(SeriesName name, long from, long to) {
        Series found = series.get(name);
        return found == null ? List.of() : found.points(Resolution.TEN_MINUTES, from, to);
    }

    /** Forgets what ended before a moment. */
    public synchronized Forgotten forget(long before) {
        long points =
                series.values().stream().mapToLong(each -> each.forget(before)).sum();
        int count = series.size();
        series.values().removeIf(Series::isEmpty);
        saidFull = false;
        return new Forgotten(points, count - series.size());
    }

    /**
     * Writes the file anew, whole or not at all.
     *
     * @throws IOException when it cannot; the earlier one is still there
     */
    public void save() throws IOException {
        synchronized (saving) {
            write();
        }
    }

    private void write() throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path next = file.resolveSibling("history.next");
        CheckedOutputStream checked =
                new CheckedOutputStream(new BufferedOutputStream(Files.newOutputStream(next)), new CRC32C());
        try (DataOutputStream out = new DataOutputStream(checked)) {
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            synchronized (this) {
                out.writeInt(series.size());
                for (Series each : series.values()) {
                    each.write(out);
                }
            }
            out.writeLong(checked.getChecksum().getValue());
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Takes over what an earlier process wrote. A file that is damaged is set aside: history is no reason not to start. */
    public synchronized void load() {
        if (!Files.isRegularFile(file)) {
            return;
        }
        try {
            Map<SeriesName, Series> read = read();
            series.clear();
            series.putAll(read);
        } catch (IOException | RuntimeException e) {
            series.clear();
            Path aside = file.resolveSibling("history.damaged");
            LOG.warn("The metrics history {} cannot be read and begins anew; the old one is {}", file, aside, e);
            try {
                Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException moving) {
                LOG.warn("{} could not be set aside: {}", file, moving.getMessage());
            }
        }
    }

    private Map<SeriesName, Series> read() throws IOException {
        CheckedInputStream checked =
                new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file)), new CRC32C());
        try (DataInputStream in = new DataInputStream(checked)) {
            if (in.readInt() != MAGIC) {
                throw new IOException("It is no metrics history");
            }
            int version = in.readInt();
            if (version != VERSION) {
                throw new IOException("It has version " + version + " and this program reads " + VERSION);
            }
            int count = in.readInt();
            if (count < 0 || count > MOST_IN_A_FILE) {
                throw new IOException("It says that it has " + count + " series");
            }
            Map<SeriesName, Series> read = new HashMap<>();
            for (int i = 0; i < count; i++) {
                Series each = Series.read(in, retention);
                read.put(each.name(), each);
            }
            long sum = checked.getChecksum().getValue();
            if (in.readLong() != sum) {
                throw new IOException("Its checksum is wrong");
            }
            return read;
        }
    }
}
