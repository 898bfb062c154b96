package io.velostream.bench.run;

import io.velostream.bench.broker.Broker;
import io.velostream.bench.broker.Input;
import io.velostream.bench.data.CustomerTable;
import io.velostream.bench.data.Feed;
import io.velostream.bench.data.OrderGenerator;
import io.velostream.bench.query.BenchQuery;
import io.velostream.bench.query.BenchQuery.Side;
import io.velostream.bench.system.SystemUnderTest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * All runs of one call: query by query, each repetition runs every system once, beginning with another system each time, so
 * that what else the machine does meets all alike.
 */
public final class Campaign {
    private final Plan plan;
    private final Consumer<String> progress;
    private static final List<Double> LOADS = List.of(0.2, 0.8);
    private static final Duration PACED_RUN = Duration.ofSeconds(40);

    private final List<RunResult> results = new ArrayList<>();
    private final List<LatencyResult> latencies = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private int done;

    /**
     * What to run.
     *
     * @param javaHome the JDK of every process
     * @param latency whether each system also runs at a steady 20 % and 80 % of its own rate
     * @param build the folder that the build writes to
     * @param work an empty directory on a fast file system, for the broker's log and the systems' state
     * @param logs where the processes' logs go
     */
    public record Plan(
            List<BenchQuery> queries,
            List<SystemUnderTest> systems,
            long records,
            int repetitions,
            boolean latency,
            long seed,
            boolean duplicates,
            String heap,
            Path javaHome,
            Path build,
            Path work,
            Path logs) {
        /** How many runs there are. */
        public int runs() {
            int perRepetition = queries.stream()
                    .mapToInt(q -> (int) systems.stream().filter(s -> s.runs(q)).count())
                    .sum();
            return perRepetition * repetitions;
        }
    }

    /**
     * What came out.
     *
     * @param runs the runs at full speed
     * @param latencies the paced runs that gave a result
     * @param failures why other paced runs gave none
     */
    public record Outcome(List<RunResult> runs, List<LatencyResult> latencies, List<String> failures) {}

    /** A campaign that tells its progress line by line. */
    public Campaign(Plan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /**
     * Runs everything.
     *
     * @param afterQuery told all results so far after each query
     */
    public Outcome run(Consumer<List<RunResult>> afterQuery) throws InterruptedException {
        try (Broker broker = Broker.start(plan.javaHome(), plan.work(), plan.logs())) {
            Bench bench = new Bench(broker, plan.javaHome(), plan.build(), plan.work(), plan.logs(), plan.heap());
            String loaded = "";
            for (BenchQuery query : inRunningOrder()) {
                OrderGenerator generator = Feed.orders(query, plan.seed(), plan.records(), plan.duplicates());
                InputTopics topics = InputTopics.loaded(query);
                if (!topics.orders().equals(loaded)) {
                    load(broker, query, generator, topics);
                    loaded = topics.orders();
                }
                if (query.side().filter(Side.CUSTOMERS::equals).isPresent()) {
                    loadTable(broker, query, generator, topics);
                }
                Workload workload = new Workload(query, generator, topics);
                for (int repetition = 1; repetition <= plan.repetitions(); repetition++) {
                    repetition(bench, workload, repetition);
                }
                afterQuery.accept(results);
                if (plan.latency()) {
                    latencies(bench, query);
                }
            }
        }
        return new Outcome(results, latencies, failures);
    }

    private void latencies(Bench bench, BenchQuery query) throws InterruptedException {
        for (SystemUnderTest system : plan.systems()) {
            List<Double> rates = results.stream()
                    .filter(r -> r.query() == query && r.system() == system && r.isValid())
                    .map(r -> r.measurement().orElseThrow().recordsPerSecond())
                    .toList();
            if (!rates.isEmpty() && !system.coalesces()) {
                for (double load : LOADS) {
                    latency(bench, query, system, load, Statistics.median(rates));
                }
            }
        }
    }

    private void latency(Bench bench, BenchQuery query, SystemUnderTest system, double load, double capacity)
            throws InterruptedException {
        String what = String.format(Locale.ROOT, "%-3s   %-19s at %.0f %%", query.id(), system.id(), load * 100);
        try {
            LatencyResult result = new LatencyRun(bench, query, system, load, capacity, PACED_RUN, plan.seed()).run();
            latencies.add(result);
            progress.accept(String.format(
                    Locale.ROOT,
                    "        %s: %,d records/s, latency median %,.0f ms, p99 %,.0f ms%s",
                    what,
                    result.recordsPerSecond(),
                    result.median(),
                    result.p99(),
                    result.keptUp() ? "" : ", did not keep up"));
        } catch (RunFailedException e) {
            failures.add(what + ": " + e.getMessage());
            progress.accept("        " + failures.getLast());
        }
    }

    /**
     * Queries over the same input follow each other; windowed ones come last, because the records that remind systems of the
     * end stay in the input.
     */
    private List<BenchQuery> inRunningOrder() {
        return plan.queries().stream()
                .sorted(Comparator.comparing(BenchQuery::partitions)
                        .thenComparing(query -> InputTopics.loaded(query).orders())
                        .thenComparing(query -> !query.rowPerInput()))
                .toList();
    }

    private void load(Broker broker, BenchQuery query, OrderGenerator generator, InputTopics topics) {
        broker.deleteTopics(name -> true);
        List<String> counted = topics.counted(query);
        counted.forEach(topic -> broker.createTopic(topic, query.partitions(), false));
        long start = System.nanoTime();
        Feed feed = Feed.of(query, generator);
        try (Input input = new Input(feed, broker, topics.orders(), topics.side(), 20)) {
            input.loadAll();
        }
        progress.accept(String.format(
                Locale.ROOT,
                "loaded %,d records of %d bytes into %s (%d partitions) in %.1f s",
                feed.records(),
                broker.size(counted) / feed.records(),
                String.join(" and ", counted),
                query.partitions(),
                (System.nanoTime() - start) / 1e9));
    }

    private static void loadTable(Broker broker, BenchQuery query, OrderGenerator generator, InputTopics topics) {
        broker.createTopic(topics.side(), query.partitions(), false);
        try (Input input = new Input(Feed.of(query, generator), broker, topics.orders(), topics.side(), 20)) {
            input.loadTable(new CustomerTable(generator.spec()));
        }
    }

    private void repetition(Bench bench, Workload workload, int repetition) throws InterruptedException {
        List<SystemUnderTest> systems =
                plan.systems().stream().filter(s -> s.runs(workload.query())).toList();
        for (int i = 0; i < systems.size(); i++) {
            SystemUnderTest system = systems.get((i + repetition - 1) % systems.size());
            RunResult result = new ThroughputRun(bench, workload, system, repetition).run();
            results.add(result);
            done++;
            progress.accept("[" + done + "/" + plan.runs() + "] " + describe(result));
        }
    }

    private static String describe(RunResult result) {
        String figures = result.measurement()
                .map(m -> String.format(
                        Locale.ROOT,
                        "%,9.0f records/s (warm %,9.0f), cpu %,6.0f ns (warm %,6.0f), start %.1f s",
                        m.recordsPerSecond(),
                        m.warmRecordsPerSecond(),
                        m.cpuNanos(),
                        m.warmCpuNanos(),
                        m.startSeconds()))
                .orElse("no result");
        return String.format(
                Locale.ROOT,
                "%-3s %d %-19s %s, %s",
                result.query().id(),
                result.repetition(),
                result.system().id(),
                figures,
                (result.verdict().verified() ? "verified: " : "NOT VERIFIED: ")
                        + result.verdict().message());
    }
}
