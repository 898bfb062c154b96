package io.velostream.bench.shape;

import io.velostream.bench.nexmark.event.Record;
import io.velostream.bench.nexmark.job.Feed;
import io.velostream.bench.nexmark.job.InMemoryJob;
import io.velostream.bench.nexmark.job.JobCompiler;
import io.velostream.bench.nexmark.job.StagesJob;
import io.velostream.bench.nexmark.job.Timing;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the shapes in memory, JSON in and JSON out, and prints published rates beside ours. */
@Command(
        name = "shapes",
        mixinStandardHelpOptions = true,
        description = "Runs one query of each shape in memory, JSON in and JSON out, on one thread.",
        footer = "Exit code 0: every shape gave what was computed without the engine.")
public final class ShapesCommand implements Callable<Integer> {

    private static final String ROW = "%-20s %10s %10s %9s %11s %9s %11s %11s %11s  %s%n";

    @Option(names = "--orders", defaultValue = "1000000", description = "orders to make (default: ${DEFAULT-VALUE})")
    private long orders;

    @Option(names = "--shapes", split = ",", description = "such as having,exists (default: all)")
    private List<String> shapes = new ArrayList<>();

    @Option(names = "--batch", defaultValue = "1000", description = "records of a batch (default: ${DEFAULT-VALUE})")
    private int batch;

    @Option(names = "--seed", defaultValue = "42", description = "of the data (default: ${DEFAULT-VALUE})")
    private long seed;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** The program. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ShapesCommand()).execute(arguments));
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<Shape> chosen = shapes.isEmpty()
                ? List.of(Shape.values())
                : shapes.stream().map(Shape::of).toList();
        Market market = new Market(orders, seed);
        List<Record> records = market.records();
        out.printf(
                ROW,
                "shape",
                "records",
                "rows",
                "seconds",
                "records/s",
                "warm cpu",
                "rec/cpu s",
                "published",
                "as a job",
                "result");
        int failed = 0;
        for (Shape shape : chosen) {
            failed += run(shape, market, records, out) ? 0 : 1;
            out.flush();
        }
        out.println(chosen.size() - failed + " verified, " + failed + " failed");
        out.flush();
        return failed == 0 ? 0 : 1;
    }

    private boolean run(Shape shape, Market market, List<Record> records, PrintWriter out) {
        try (InMemoryJob job = new StagesJob(new JobCompiler().compile(shape.sql()))) {
            List<Record> wanted = records.stream()
                    .filter(record -> job.inputs().contains(record.topic()))
                    .toList();
            Timing timing = new Timing(wanted.size());
            Feed feed = new Feed(job.inputs(), batch, full -> {
                job.feed(full);
                timing.processed(full.size());
            });
            wanted.forEach(feed::add);
            feed.end();
            timing.end();
            Result expected = shape.expected(market);
            Result found = Result.of(job.outputs().getOrDefault("out", List.of()), shape.column());
            boolean isRight = expected.rows() > 0 && expected.isLike(found);
            out.printf(
                    ROW,
                    shape.id(),
                    wanted.size(),
                    found.rows(),
                    "%.2f".formatted(timing.seconds()),
                    timing.rate(),
                    timing.warmCpu(),
                    Math.round(1e9 / Math.max(1, timing.warmCpu())),
                    text(shape.operatorRate()),
                    text(shape.jobRate()),
                    isRight ? "verified" : "NOT VERIFIED: " + found + " instead of " + expected);
            return isRight;
        } catch (JobCompiler.RefusedException e) {
            out.printf(ROW, shape.id(), "", "", "", "", "", "", "", "", "REFUSED: " + e.getMessage());
            return false;
        }
    }

    private static String text(OptionalLong rate) {
        return rate.isPresent() ? Long.toString(rate.getAsLong()) : "-";
    }
}
