package io.velostream.bench.report;

import io.velostream.bench.query.BenchQuery;
import io.velostream.bench.run.LatencyResult;
import io.velostream.bench.run.Measurement;
import io.velostream.bench.run.RunResult;
import io.velostream.bench.system.SystemUnderTest;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Prints medians a query and system, and the paired ratios of the others to Velostream. */
public final class ResultTable {
    private static final String ROW = "  %-20s %12s %12s %9s %9s %9s %8s %7s %12s  %s%n";
    private static final String RATIO = "  %-32s %18s %18s %18s%n";

    private static final String LATENCY = "  %-32s %12s %12s %12s %12s  %s%n";

    private final PrintStream out;

    /** A table that goes to this stream. */
    public ResultTable(PrintStream out) {
        this.out = out;
    }

    /** Prints the tables of all queries. */
    public void print(List<Summary> summaries, List<LatencyResult> latencies) {
        for (BenchQuery query : BenchQuery.values()) {
            List<Summary> ofQuery =
                    summaries.stream().filter(s -> s.query() == query).toList();
            if (!ofQuery.isEmpty()) {
                medians(query, ofQuery);
                ratios(ofQuery);
                latencies(latencies.stream().filter(l -> l.query() == query).toList());
            }
        }
    }

    private void medians(BenchQuery query, List<Summary> summaries) {
        Summary first = summaries.getFirst();
        out.printf(
                Locale.ROOT,
                "%n%s: %s; %,d records, medians of %d%n",
                query.id(),
                query.description(),
                first.records(),
                first.results().size());
        out.printf(
                ROW,
                "system",
                "records/s",
                "warm rec/s",
                "cpu ns",
                "warm cpu",
                "broker",
                "peak MB",
                "start s",
                "rows",
                "");
        for (Summary summary : summaries) {
            RunResult last = summary.results().getLast();
            out.printf(
                    ROW,
                    summary.system().id(),
                    figure(summary, "%,.0f", Measurement::recordsPerSecond),
                    figure(summary, "%,.0f", Measurement::warmRecordsPerSecond),
                    figure(summary, "%,.0f", Measurement::cpuNanos),
                    figure(summary, "%,.0f", Measurement::warmCpuNanos),
                    figure(summary, "%,.0f", Measurement::brokerNanos),
                    figure(summary, "%,.0f", m -> m.peakMemory() / 1e6),
                    figure(summary, "%.1f", Measurement::startSeconds),
                    String.format(Locale.ROOT, "%,d", last.verdict().rows()),
                    summary.verified() ? "verified" : "NOT VERIFIED");
        }
        summaries.forEach(this::complaints);
    }

    private void complaints(Summary summary) {
        summary.results().stream()
                .filter(r -> !r.isValid())
                .forEach(r -> out.println("  " + summary.system().id() + ", repetition " + r.repetition() + ": "
                        + r.verdict().message()));
    }

    private void ratios(List<Summary> summaries) {
        Optional<Summary> base = summaries.stream()
                .filter(s -> s.system() == SystemUnderTest.VELOSTREAM)
                .findFirst();
        if (base.isEmpty() || summaries.size() < 2) {
            return;
        }
        out.printf(RATIO, "median [least-largest] of pairs", "warm cpu", "cpu", "records/s");
        for (Summary other : summaries) {
            if (other == base.get()) {
                continue;
            }
            boolean ceiling = other.system() == SystemUnderTest.CEILING;
            Summary top = ceiling ? base.get() : other;
            Summary bottom = ceiling ? other : base.get();
            out.printf(
                    RATIO,
                    top.system().id() + " / " + bottom.system().id(),
                    ratio(top, bottom, Measurement::warmCpuNanos),
                    ratio(top, bottom, Measurement::cpuNanos),
                    ratio(top, bottom, Measurement::recordsPerSecond));
        }
    }

    private void latencies(List<LatencyResult> latencies) {
        if (latencies.isEmpty()) {
            return;
        }
        out.printf(LATENCY, "latency at a steady load", "of own rate", "records/s", "median ms", "p99 ms", "");
        for (LatencyResult latency : latencies) {
            out.printf(
                    LATENCY,
                    latency.system().id(),
                    String.format(Locale.ROOT, "%.0f %%", latency.load() * 100),
                    String.format(Locale.ROOT, "%,d", latency.recordsPerSecond()),
                    String.format(Locale.ROOT, "%,.0f", latency.median()),
                    String.format(Locale.ROOT, "%,.0f", latency.p99()),
                    latency.keptUp() ? "" : "did not keep up");
        }
    }

    private static String ratio(Summary top, Summary bottom, ToDoubleFunction<Measurement> figure) {
        return PairedRatio.of(top.results(), bottom.results(), figure)
                .map(r -> String.format(Locale.ROOT, "%.2f [%.2f-%.2f]", r.median(), r.least(), r.largest()))
                .orElse("void");
    }

    private static String figure(Summary summary, String format, ToDoubleFunction<Measurement> figure) {
        return summary.median(figure).stream()
                .mapToObj(v -> String.format(Locale.ROOT, format, v))
                .findFirst()
                .orElse("-");
    }
}
