package io.velostream.bench;

import io.velostream.bench.query.BenchQuery;
import io.velostream.bench.report.ResultFile;
import io.velostream.bench.report.ResultTable;
import io.velostream.bench.report.Summary;
import io.velostream.bench.run.Campaign;
import io.velostream.bench.run.RunResult;
import io.velostream.bench.system.SystemUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Compares Velostream end to end with its peers and with the least that the Kafka clients cost. */
@Command(
        name = "bench/run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Runs each query on each system over the same input, verifies every output against an oracle and prints"
                        + " medians and paired ratios.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:every run is verified", "1:a run failed or its output is wrong", "2:wrong arguments"})
public final class RunCommand implements Callable<Integer> {
    private static final long RECORDS = 20_000_000;
    private static final long SMOKE_RECORDS = 300_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--smoke", description = "A short run for correctness and trend: 300,000 records, one repetition.")
    private boolean smoke;

    @Option(
            names = "--queries",
            split = ",",
            paramLabel = "Q",
            description = "Q1, Q1s, Q2, Q3, Q3r, Q4, Q5; default: all.")
    private List<String> queries = new ArrayList<>();

    @Option(
            names = "--systems",
            split = ",",
            paramLabel = "S",
            description = "velostream, kafka-streams, flink-sql, flink-sql-minibatch, ceiling; default: all.")
    private List<String> systems = new ArrayList<>();

    @Option(names = "--records", paramLabel = "N", description = "Records of the input; default: 20,000,000.")
    private Optional<Long> records = Optional.empty();

    @Option(names = "--repetitions", paramLabel = "N", description = "Interleaved repetitions; default: 3.")
    private Optional<Integer> repetitions = Optional.empty();

    @Option(
            names = "--latency",
            negatable = true,
            fallbackValue = "true",
            description = "Also runs each system at a steady 20 %% and 80 %% of its own rate; default: unless --smoke.")
    private Optional<Boolean> latency = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "Picks the input; default: ${DEFAULT-VALUE}.")
    private long seed = 42;

    @Option(
            names = "--duplicates",
            description =
                    "Some orders have their amount twice, of which the last counts. Flink SQL's default JSON reader gets"
                            + " that wrong, so comparisons run without.")
    private boolean duplicates;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            description = "Heap of each system's process; default: ${DEFAULT-VALUE}.")
    private String heap = "2g";

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the medians to this file.")
    private Optional<Path> json = Optional.empty();

    @Option(names = "--work", paramLabel = "DIR", description = "Where data goes; default: /dev/shm if there is room.")
    private Optional<Path> work = Optional.empty();

    @Option(names = "--logs", paramLabel = "DIR", description = "Where logs go; default: bench/target/logs.")
    private Optional<Path> logs = Optional.empty();

    /** Where the build is: set by the script. */
    private final Path build =
            Path.of(System.getProperty("bench.build", "bench/target")).toAbsolutePath();

    /** Runs the command and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new RunCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        long count = records.orElse(smoke ? SMOKE_RECORDS : RECORDS);
        int times = repetitions.orElse(smoke ? 1 : 3);
        if (count < 10_000) {
            throw new ParameterException(spec.commandLine(), "--records must be at least 10000, not " + count);
        }
        if (times < 1) {
            throw new ParameterException(spec.commandLine(), "--repetitions must be at least 1, not " + times);
        }
        List<BenchQuery> chosenQueries = queries();
        List<SystemUnderTest> chosenSystems = systems();
        try (WorkDirectory directory = WorkDirectory.create(work, count)) {
            Campaign campaign = new Campaign(
                    new Campaign.Plan(
                            chosenQueries,
                            chosenSystems,
                            count,
                            times,
                            latency.orElse(!smoke),
                            seed,
                            duplicates,
                            heap,
                            Path.of(System.getProperty("java.home")),
                            build,
                            directory.path(),
                            logs.orElse(build.resolve("logs")).toAbsolutePath()),
                    System.out::println);
            System.out.printf(
                    "JDK %s, ParallelGC, heap %s, %d processors, data in %s%n",
                    Runtime.version(), heap, Runtime.getRuntime().availableProcessors(), directory.path());
            Campaign.Outcome outcome = campaign.run(this::save);
            List<Summary> summaries = Summary.of(outcome.runs());
            new ResultTable(System.out).print(summaries, outcome.latencies());
            boolean good = outcome.failures().isEmpty() && summaries.stream().allMatch(Summary::verified);
            return good ? 0 : 1;
        }
    }

    private void save(List<RunResult> results) {
        json.ifPresent(file -> {
            try {
                ResultFile.write(file, Summary.of(results));
            } catch (IOException e) {
                throw new UncheckedIOException("The results could not be written to " + file, e);
            }
        });
    }

    private List<BenchQuery> queries() {
        if (queries.isEmpty()) {
            return List.of(BenchQuery.values());
        }
        // In the declared order, so that queries over the same input follow each other.
        List<BenchQuery> chosen = queries.stream()
                .map(name -> BenchQuery.find(name.strip())
                        .orElseThrow(() -> new ParameterException(
                                spec.commandLine(),
                                "There is no query '" + name + "'; there are " + BenchQuery.names())))
                .toList();
        return List.of(BenchQuery.values()).stream().filter(chosen::contains).toList();
    }

    private List<SystemUnderTest> systems() {
        if (systems.isEmpty()) {
            return List.of(SystemUnderTest.values());
        }
        return systems.stream()
                .map(name -> SystemUnderTest.find(name.strip())
                        .orElseThrow(() -> new ParameterException(
                                spec.commandLine(),
                                "There is no system '" + name + "'; there are " + SystemUnderTest.names())))
                .distinct()
                .toList();
    }
}
