package io.velostream.engine.stats.history;

import io.velostream.engine.stats.history.Baselines.Baseline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a stretch of time amounts to, beside what is normal (runbook, “Weekly Maintenance” and “Monthly Maintenance”).
 *
 * @param coveragePercent of the stretch, how much there are samples for
 * @param baseline the baselines that it is compared with
 * @param figures by {@link Figure#key}
 * @param totals how much counters of the pod grew, by name
 * @param queries what each query did
 * @param findings what deserves a look, as sentences
 */
public record PerformanceReport(
        Instant from,
        Instant to,
        double coveragePercent,
        Optional<Baseline> baseline,
        Map<String, Comparison> figures,
        Map<String, Double> totals,
        List<QueryWeek> queries,
        List<String> findings) {

    /** A change below this share is none. */
    private static final double NOTABLE_PERCENT = 20;

    private static final Map<String, String> TOTALS = totalsByMetric();

    /** How a figure stands to its baseline. */
    public enum Verdict {
        /** There is none to compare with. */
        NO_BASELINE,
        /** Within 20 %. */
        SAME,
        HIGHER,
        LOWER,
        BETTER,
        WORSE
    }

    /**
     * One figure.
     *
     * @param changePercent of the mean, against the baseline's
     */
    public record Comparison(Amount now, Optional<Amount> baseline, Optional<Double> changePercent, Verdict verdict) {}

    /** What one query did. */
    public record QueryWeek(
            String job,
            String query,
            long recordsProcessed,
            long recordsFailed,
            long resultsProduced,
            double meanBacklog,
            double largestStateBytes) {}

    /** Reports on the stretch from one moment to another. */
    public static PerformanceReport of(MetricsHistory history, Optional<Baseline> baseline, Instant from, Instant to) {
        Map<String, Comparison> figures = new LinkedHashMap<>();
        figures(history, from, to).forEach((key, amount) -> figures.put(key, compare(key, amount, baseline)));
        Map<String, Double> totals = totals(history, from, to);
        return new PerformanceReport(
                from,
                to,
                coverage(history, from, to),
                baseline,
                figures,
                totals,
                queries(history, from, to),
                findings(figures, totals));
    }

    /** The pod's figures over a stretch of time; those without a sample are left out. */
    public static Map<String, Amount> figures(MetricsHistory history, Instant from, Instant to) {
        Map<String, Amount> figures = new LinkedHashMap<>();
        for (Figure figure : Figure.values()) {
            Map<Long, Double> means = new TreeMap<>();
            double largest = 0;
            for (SeriesName name : history.names()) {
                if (figure.isMadeOf(name)) {
                    List<Point> points = history.tenMinutes(name, from.toEpochMilli(), to.toEpochMilli());
                    points.forEach(point -> means.merge(point.at(), point.mean(), Double::sum));
                    largest = Math.max(largest, Amount.largest(points));
                }
            }
            Amount.of(means.values(), largest).ifPresent(amount -> figures.put(figure.key(), amount));
        }
        return figures;
    }

    private static Comparison compare(String key, Amount now, Optional<Baseline> baseline) {
        Optional<Amount> before = baseline.map(each -> each.figures().get(key));
        if (before.isEmpty()) {
            return new Comparison(now, Optional.empty(), Optional.empty(), Verdict.NO_BASELINE);
        }
        double mean = before.get().mean();
        if (mean == 0) {
            return new Comparison(now, before, Optional.empty(), verdict(key, now.mean() == 0 ? 0 : 100));
        }
        double change = 100 * (now.mean() - mean) / mean;
        return new Comparison(now, before, Optional.of(change), verdict(key, change));
    }

    private static Verdict verdict(String key, double change) {
        if (Math.abs(change) <= NOTABLE_PERCENT) {
            return Verdict.SAME;
        }
        if (key.equals(Figure.THROUGHPUT.key())) {
            // It follows the input, so more or less of it is neither good nor bad.
            return change > 0 ? Verdict.HIGHER : Verdict.LOWER;
        }
        return change > 0 ? Verdict.WORSE : Verdict.BETTER;
    }

    private static double coverage(MetricsHistory history, Instant from, Instant to) {
        long bucket = Duration.ofMinutes(10).toMillis();
        long wanted = Math.max(1, Math.ceilDiv(to.toEpochMilli() - from.toEpochMilli(), bucket));
        long found = history.names().stream()
                .filter(Figure.MEMORY::isMadeOf)
                .mapToLong(name -> history.tenMinutes(name, from.toEpochMilli(), to.toEpochMilli())
                        .size())
                .max()
                .orElse(0);
        return Math.min(100.0, 100.0 * found / wanted);
    }

    private static Map<String, String> totalsByMetric() {
        Map<String, String> totals = new LinkedHashMap<>();
        totals.put("velo_streams_records_processed_total", "records_processed");
        totals.put("velo_streams_records_failed_total", "records_failed");
        totals.put("velo_streams_query_results_produced_total", "results_produced");
        totals.put("velo_streams_late_data_dropped_total", "late_data_dropped");
        totals.put("velo_streams_late_data_processed_total", "late_data_processed");
        totals.put("velo_streams_processing_errors_total", "processing_errors");
        totals.put("velo_streams_resource_limit_violations_total", "resource_limit_violations");
        return totals;
    }

    private static Map<String, Double> totals(MetricsHistory history, Instant from, Instant to) {
        Map<String, Double> totals = new LinkedHashMap<>();
        TOTALS.values().forEach(key -> totals.put(key, 0.0));
        for (SeriesName name : history.names()) {
            String key = TOTALS.get(name.metric());
            if (key != null) {
                totals.merge(key, sum(history, name, from, to), Double::sum);
            }
        }
        return totals;
    }

    private static double sum(MetricsHistory history, SeriesName name, Instant from, Instant to) {
        return history.tenMinutes(name, from.toEpochMilli(), to.toEpochMilli()).stream()
                .mapToDouble(Point::mean)
                .sum();
    }

    private static List<QueryWeek> queries(MetricsHistory history, Instant from, Instant to) {
        Map<List<String>, Map<String, SeriesName>> byQuery = new TreeMap<>(Comparator.comparing(List::toString));
        for (SeriesName name : history.names()) {
            if (!name.label("job").isEmpty() && !name.label("query").isEmpty()) {
                byQuery.computeIfAbsent(List.of(name.label("job"), name.label("query")), key -> new TreeMap<>())
                        .put(name.metric(), name);
            }
        }
        List<QueryWeek> queries = new ArrayList<>();
        byQuery.forEach((key, series) -> queries.add(new QueryWeek(
                key.get(0),
                key.get(1),
                Math.round(total(history, series, "velo_streams_job_records_processed_total", from, to)),
                Math.round(total(history, series, "velo_streams_job_records_failed_total", from, to)),
                Math.round(total(history, series, "velo_streams_job_results_produced_total", from, to)),
                points(history, series, "velo_streams_job_backlog_size", from, to).stream()
                        .mapToDouble(Point::mean)
                        .average()
                        .orElse(0),
                Amount.largest(points(history, series, "velo_streams_job_state_bytes", from, to)))));
        return queries;
    }

    private static double total(
            MetricsHistory history, Map<String, SeriesName> series, String metric, Instant from, Instant to) {
        return points(history, series, metric, from, to).stream()
                .mapToDouble(Point::mean)
                .sum();
    }

    private static List<Point> points(
            MetricsHistory history, Map<String, SeriesName> series, String metric, Instant from, Instant to) {
        return Optional.ofNullable(series.get(metric))
                .map(name -> history.tenMinutes(name, from.toEpochMilli(), to.toEpochMilli()))
                .orElse(List.of());
    }

    private static List<String> findings(Map<String, Comparison> figures, Map<String, Double> totals) {
        List<String> findings = new ArrayList<>();
        figures.forEach((key, comparison) -> {
            if (comparison.verdict() == Verdict.WORSE) {
                findings.add(String.format(
                        Locale.ROOT,
                        "%s was %.1f on average, and %.1f in the baseline",
                        key,
                        comparison.now().mean(),
                        comparison.baseline().map(Amount::mean).orElse(0.0)));
            }
        });
        note(findings, totals, "records_failed", "%d records could not be processed: see velo_dead_letters");
        note(findings, totals, "resource_limit_violations", "a resource limit was reached %d times");
        note(findings, totals, "late_data_dropped", "%d records came late and were dropped");
        return findings;
    }

    private static void note(List<String> findings, Map<String, Double> totals, String key, String sentence) {
        long count = Math.round(totals.getOrDefault(key, 0.0));
        if (count > 0) {
            findings.add(sentence.formatted(count));
        }
    }
}
