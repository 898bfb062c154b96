package io.velostream.bench.nexmark;

import io.velostream.bench.nexmark.event.Event;
import io.velostream.bench.nexmark.event.EventGenerator;
import io.velostream.bench.nexmark.event.EventJson;
import io.velostream.bench.nexmark.event.NexmarkSpec;
import io.velostream.bench.nexmark.event.Record;
import io.velostream.bench.nexmark.job.Feed;
import io.velostream.bench.nexmark.job.InMemoryJob;
import io.velostream.bench.nexmark.job.JobCompiler;
import io.velostream.bench.nexmark.job.StagesJob;
import io.velostream.bench.nexmark.job.StreamsJob;
import io.velostream.bench.nexmark.job.Timing;
import io.velostream.bench.nexmark.query.NexmarkQuery;
import io.velostream.bench.nexmark.query.Verification;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the Nexmark queries in memory and compares every row with a computation without the engine. */
@Command(
        name = "nexmark/run",
        mixinStandardHelpOptions = true,
        description = "Runs the Nexmark queries in memory on one partition and verifies every row.",
        footer = "Exit code 0: every query ran and every row was right.")
public final class RunCommand implements Callable<Integer> {

    private static final String ROW = "%-5s %10s %10s %9s %11s %11s %8s %8s  %s%n";

    @Option(names = "--events", defaultValue = "1000000", description = "events to make (default: ${DEFAULT-VALUE})")
    private long events;

    @Option(names = "--queries", split = ",", description = "such as q1,q5 (default: all)")
    private List<String> queries = new ArrayList<>();

    @Option(names = "--batch", defaultValue = "1000", description = "records of a batch (default: ${DEFAULT-VALUE})")
    private int batch;

    @Option(names = "--seed", defaultValue = "42", description = "of the events (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--stretched",
            description = "50 events a second out of order by up to 2 s, instead of 10,000 in order")
    private boolean stretched;

    @Option(
            names = "--driver",
            description =
                    "run on the topologies of production in Kafka Streams' test driver instead of the stages alone")
    private boolean driver;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** The program. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new RunCommand()).execute(arguments));
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<NexmarkQuery> chosen = queries.isEmpty()
                ? List.of(NexmarkQuery.values())
                : queries.stream().map(NexmarkQuery::of).toList();
        EventGenerator generator = new EventGenerator(
                stretched ? NexmarkSpec.stretched(events, seed) : NexmarkSpec.standard(events, seed));
        List<Record> records = new ArrayList<>(EventJson.sideInput(0));
        for (Event event : generator) {
            records.add(EventJson.record(event));
        }
        out.printf(
                ROW, "query", "records", "rows", "seconds", "records/s", "warm rec/s", "cpu ns", "warm cpu", "result");
        int failed = 0;
        for (NexmarkQuery query : chosen) {
            List<String> problems = run(query, records, generator, out);
            failed += problems.isEmpty() ? 0 : 1;
            problems.forEach(problem -> out.println("      " + problem));
            out.flush();
        }
        out.println(chosen.size() - failed + " verified, " + failed + " failed");
        out.flush();
        return failed == 0 ? 0 : 1;
    }

    private List<String> run(NexmarkQuery query, List<Record> records, EventGenerator generator, PrintWriter out) {
        JobCompiler compiler = new JobCompiler();
        try (InMemoryJob job =
                driver ? new StreamsJob(compiler.compile(query.sql())) : new StagesJob(compiler.compile(query.sql()))) {
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
            Map<String, List<InMemoryJob.Row>> outputs = job.outputs();
            List<String> problems = Verification.problems(query.expect(generator), outputs);
            out.printf(
                    ROW,
                    query.id(),
                    wanted.size(),
                    outputs.getOrDefault(query.id(), List.of()).size(),
                    "%.2f".formatted(timing.seconds()),
                    timing.rate(),
                    timing.warmRate(),
                    timing.cpu(),
                    timing.warmCpu(),
                    problems.isEmpty() ? "verified" : "NOT VERIFIED");
            return problems;
        } catch (JobCompiler.RefusedException e) {
            out.printf(ROW, query.id(), "", "", "", "", "", "", "", "REFUSED");
            return List.of(e.getMessage());
        }
    }
}
