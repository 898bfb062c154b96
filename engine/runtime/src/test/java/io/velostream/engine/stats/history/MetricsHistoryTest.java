package io.velostream.engine.stats.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.velostream.engine.stats.history.MetricsHistory.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsHistoryTest {

    private static final long START = Instant.parse("2026-03-01T10:07:00Z").toEpochMilli();
    private static final long SECOND = 1_000;
    private static final SeriesName GAUGE = new SeriesName("memory", Map.of(), SeriesName.Kind.GAUGE);
    private static final SeriesName COUNTER =
            new SeriesName("records", Map.of("source", "kafka"), SeriesName.Kind.COUNTER);

    @TempDir
    Path directory;

    private MetricsHistory history(int mostSeries) {
        return new MetricsHistory(directory, Duration.ofDays(30), mostSeries);
    }

    private static void record(MetricsHistory history, long at, SeriesName name, double value) {
        history.record(at, List.of(new Sample(name, value)));
    }

    @Test
    void keepsTheLeastTheMeanAndTheLargestOfAMinute() {
        MetricsHistory history = history(10);
        record(history, START, GAUGE, 4);
        record(history, START + 5 * SECOND, GAUGE, 9);
        record(history, START + 10 * SECOND, GAUGE, 2);
        record(history, START + 60 * SECOND, GAUGE, 7);

        assertThat(history.points(GAUGE, START, START + 120 * SECOND))
                .containsExactly(new Point(START, 60, 2, 5, 9), new Point(START + 60 * SECOND, 60, 7, 7, 7));
    }

    @Test
    void givesEachMomentOfThreeWeeksOnceAndNoGrowthIsLostOrDoubled() {
        MetricsHistory history = history(10);
        long every = 30 * SECOND;
        long samples = Duration.ofDays(21).toMillis() / every;
        for (long i = 1; i <= samples; i++) {
            record(history, START + i * every, COUNTER, i);
        }
        long now = START + samples * every + 1;

        List<Point> points = history.points(COUNTER, START - Duration.ofHours(1).toMillis(), now);

        assertThat(points.stream().mapToDouble(Point::mean).sum()).isEqualTo(samples);
        assertThat(new HashSet<>(points.stream().map(Point::at).toList())).hasSameSizeAs(points);
        assertThat(points).extracting(Point::seconds).contains(60L, 600L, 3600L);
        for (int i = 1; i < points.size(); i++) {
            assertThat(points.get(i).at())
                    .isGreaterThanOrEqualTo(
                            points.get(i - 1).at() + points.get(i - 1).seconds() * SECOND);
        }
        assertThat(points).hasSizeLessThan(1441 + 1009 + 721);
    }

    @Test
    void countsOnAfterTheProcessBeganAgainAtZero() {
        MetricsHistory history = history(10);
        record(history, START, COUNTER, 100);
        record(history, START + 5 * SECOND, COUNTER, 120);
        record(history, START + 10 * SECOND, COUNTER, 7);

        assertThat(history.points(COUNTER, START, START + 60 * SECOND))
                .singleElement()
                .satisfies(point -> assertThat(point.mean()).isEqualTo(127));
    }

    @Test
    void carriesItselfAcrossARestartWithinAMinute() throws IOException {
        MetricsHistory before = history(10);
        record(before, START, GAUGE, 4);
        record(before, START, COUNTER, 10);
        record(before, START + 60 * SECOND, GAUGE, 6);
        before.save();

        MetricsHistory after = history(10);
        after.load();
        record(after, START + 65 * SECOND, GAUGE, 8);
        record(after, START + 65 * SECOND, COUNTER, 3);

        assertThat(after.points(GAUGE, START, START + 120 * SECOND))
                .containsExactly(new Point(START, 60, 4, 4, 4), new Point(START + 60 * SECOND, 60, 6, 7, 8));
        assertThat(after.tenMinutes(COUNTER, START - 600 * SECOND, START + 600 * SECOND))
                .singleElement()
                .satisfies(point -> assertThat(point.mean()).isEqualTo(13));
    }

    @Test
    void setsADamagedFileAsideAndBeginsAnew() throws IOException {
        MetricsHistory before = history(10);
        record(before, START, GAUGE, 4);
        before.save();
        Path file = directory.resolve("history.bin");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        MetricsHistory after = history(10);
        after.load();

        assertThat(after.names()).isEmpty();
        assertThat(file).doesNotExist();
        assertThat(directory.resolve("history.damaged")).exists();
    }

    @Test
    void forgetsWhatIsOlderAndSeriesThatAreEmptyThen() {
        MetricsHistory history = history(10);
        for (int minute = 0; minute < 180; minute++) {
            record(history, START + minute * 60 * SECOND, GAUGE, minute);
        }
        record(history, START, COUNTER, 1);
        long border = START + 170 * 60 * SECOND;

        MetricsHistory.Forgotten forgotten = history.forget(border);

        assertThat(forgotten.series()).isEqualTo(1);
        assertThat(forgotten.points()).isGreaterThan(170);
        assertThat(history.names()).containsExactly(GAUGE);
        assertThat(history.points(GAUGE, border, border + 600 * SECOND)).hasSize(10);
        assertThat(history.points(GAUGE, START, START + 3600 * SECOND)).isEmpty();
    }

    @Test
    void takesNoMoreSeriesThanItMayAndGivesTheRoomOfASilentOneAway() {
        MetricsHistory history = history(1);
        record(history, START, GAUGE, 1);
        record(history, START + SECOND, COUNTER, 1);
        assertThat(history.names()).containsExactly(GAUGE);

        record(history, START + Duration.ofHours(2).toMillis(), COUNTER, 1);
        assertThat(history.names()).containsExactly(COUNTER);
    }

    @Test
    void leavesOutSamplesOfAClockThatWasPutBackAndForgetsAcrossAGapOfMonths() {
        MetricsHistory history = history(10);
        record(history, START, GAUGE, 1);
        record(history, START - Duration.ofHours(3).toMillis(), GAUGE, 99);
        long later = START + Duration.ofDays(90).toMillis();
        record(history, later, GAUGE, 5);

        assertThat(history.points(GAUGE, START - Duration.ofDays(1).toMillis(), later + 1))
                .extracting(Point::mean)
                .containsExactly(5.0);
    }

    @Test
    void comparesAWeekWithItsBaseline() throws IOException {
        SeriesName latency = new SeriesName(
                "velo_streams_processing_latency_ms", Map.of("operation", "record_processing"), SeriesName.Kind.GAUGE);
        SeriesName throughput =
                new SeriesName("velo_streams_throughput_records_per_second", Map.of(), SeriesName.Kind.GAUGE);
        SeriesName failed =
                new SeriesName("velo_streams_records_failed_total", Map.of("source", "kafka"), SeriesName.Kind.COUNTER);
        SeriesName ofQuery = new SeriesName(
                "velo_streams_job_records_processed_total",
                Map.of("job", "sales", "query", "totals"),
                SeriesName.Kind.COUNTER);
        MetricsHistory history = history(10);
        long hour = Duration.ofHours(1).toMillis();
        for (int i = 0; i < 100; i++) {
            history.record(
                    START + i * 600 * SECOND,
                    List.of(
                            new Sample(latency, i < 50 ? 10 : 20),
                            new Sample(throughput, 1_000),
                            new Sample(failed, i < 90 ? 0 : 3),
                            new Sample(ofQuery, i)));
        }
        Instant from = Instant.ofEpochMilli(START - hour);
        Instant middle = Instant.ofEpochMilli(START + 50 * 600 * SECOND);
        Instant to = Instant.ofEpochMilli(START + 100 * 600 * SECOND);
        Baselines baselines = new Baselines(directory);
        assertThat(PerformanceReport.of(history, baselines.current(), from, to)
                        .figures()
                        .values())
                .allMatch(each -> each.verdict() == PerformanceReport.Verdict.NO_BASELINE);

        baselines.replace(new Baselines.Baseline(to, from, middle, PerformanceReport.figures(history, from, middle)));
        PerformanceReport report = PerformanceReport.of(history, new Baselines(directory).current(), middle, to);

        assertThat(report.figures().get("processing_latency_ms")).satisfies(each -> {
            assertThat(each.now().mean()).isCloseTo(20, within(0.5));
            assertThat(each.baseline())
                    .hasValueSatisfying(before -> assertThat(before.mean()).isCloseTo(10, within(0.5)));
            assertThat(each.changePercent())
                    .hasValueSatisfying(change -> assertThat(change).isCloseTo(100, within(5.0)));
            assertThat(each.verdict()).isEqualTo(PerformanceReport.Verdict.WORSE);
        });
        assertThat(report.figures().get("throughput_records_per_second").verdict())
                .isEqualTo(PerformanceReport.Verdict.SAME);
        assertThat(report.totals()).containsEntry("records_failed", 3.0);
        assertThat(report.queries()).singleElement().satisfies(query -> {
            assertThat(query.job()).isEqualTo("sales");
            assertThat(query.recordsProcessed()).isBetween(48L, 50L);
        });
        assertThat(report.findings())
                .anyMatch(sentence -> sentence.startsWith("processing_latency_ms was 20"))
                .anyMatch(sentence -> sentence.startsWith("3 records could not be processed"));
    }
}
