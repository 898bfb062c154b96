package io.velostream.cli.run;

import io.velostream.engine.job.JobDocument;
import io.velostream.engine.job.JobDocument.DeliveryGuarantee;
import io.velostream.engine.job.JobDocument.DesiredState;
import io.velostream.engine.job.JobDocument.ErrorHandling;
import io.velostream.engine.job.JobDocument.ErrorStrategy;
import io.velostream.engine.job.JobDocument.StartFrom;
import io.velostream.engine.job.JobDocument.StartType;
import io.velostream.engine.job.JobDocument.TopicDefaults;
import io.velostream.engine.job.JobDocument.Watermark;
import io.velostream.engine.job.JobRegistry.Applied;
import io.velostream.engine.job.JobStatus;
import io.velostream.engine.job.PodSettings;
import io.velostream.engine.job.StreamsJobRegistry;
import io.velostream.engine.plan.Compilation;
import io.velostream.engine.plan.CompileOptions;
import io.velostream.engine.plan.SqlCompiler;
import io.velostream.engine.plan.physical.JobPlan;
import io.velostream.engine.plan.physical.StageInput;
import io.velostream.engine.plan.physical.StageOutput;
import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.runtime.operator.StageCompiler;
import io.velostream.engine.sql.analysis.SqlProblemRenderer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code velo run}: one job in this process, for development. */
@Command(
        name = "run",
        description = {
            "Runs a file of SQL in this process until Ctrl-C and prints the rows that its queries write.",
            "Without --bootstrap an embedded broker is started with the topics that the file names; feed them with",
            "--input, or with any Kafka client at the address that is printed."
        })
public final class RunCommand implements Callable<Integer> {

    private static final long STATUS_SECONDS = 5;

    @Parameters(paramLabel = "FILE", description = "A file of SQL.")
    Path file = Path.of("-");

    @Option(names = "--bootstrap", paramLabel = "HOST:PORT", description = "A broker instead of the embedded one.")
    @Nullable String bootstrap;

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "Value of $${NAME} in the text.")
    Map<String, String> variables = new LinkedHashMap<>();

    @Option(
            names = "--input",
            paramLabel = "TOPIC=FILE",
            description = "Sends the lines of a file into a topic, one record a line; - is standard input.")
    Map<String, String> inputs = new LinkedHashMap<>();

    @Option(names = "--threads", defaultValue = "1", description = "Stream threads (default ${DEFAULT-VALUE}).")
    int threads = 1;

    @Option(
            names = "--partitions",
            defaultValue = "1",
            description = "Partitions of topics that are created (default ${DEFAULT-VALUE}).")
    int partitions = 1;

    @Spec
    @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        String sql = Files.readString(file);
        Compilation compilation = new SqlCompiler().compile(sql, new CompileOptions(variables, Map.of(), true));
        compilation
                .problems()
                .forEach(problem -> err.println(SqlProblemRenderer.render(file.toString(), sql, problem)));
        err.flush();
        return switch (compilation) {
            case Compilation.Refused refused -> 1;
            case Compilation.Compiled compiled -> run(sql, compiled.plan(), out, err);
        };
    }

    private int run(String sql, JobPlan plan, PrintWriter out, PrintWriter err)
            throws IOException, InterruptedException {
        Set<String> sources = topics(plan, RunCommand::source);
        Set<String> sinks = new LinkedHashSet<>(topics(plan, RunCommand::sink));
        plan.inserts().forEach(insert -> sinks.add(insert.topic()));
        Path state = Files.createTempDirectory("velo-run-");
        CountDownLatch ended = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            ended.countDown();
            try {
                closed.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        try (Broker broker = Broker.of(Optional.ofNullable(bootstrap))) {
            broker.createMissing(Stream.concat(sources.stream(), sinks.stream()).toList(), partitions);
            err.println("velo: Kafka at " + broker.address() + ", reading " + sources + ", writing " + sinks);
            err.flush();
            try (StreamsJobRegistry registry = new StreamsJobRegistry(
                            pod(broker, state), new SqlCompiler()::compile, new StageCompiler()::compile);
                    SinkPrinter printer = new SinkPrinter(broker.address(), sinks, out);
                    LineFeed feed = new LineFeed(broker.address(), inputs)) {
                if (registry.apply(document(sql)) instanceof Applied.Refused refused) {
                    refused.status().problems().forEach(problem -> err.println("velo: " + problem));
                    err.flush();
                    return 1;
                }
                printer.start();
                feed.start();
                follow(registry, ended, err);
            }
        } finally {
            closed.countDown();
        }
        return 0;
    }

    private static void follow(StreamsJobRegistry registry, CountDownLatch ended, PrintWriter err)
            throws InterruptedException {
        String before = "";
        while (!ended.await(STATUS_SECONDS, TimeUnit.SECONDS)) {
            for (JobStatus status : registry.statuses()) {
                String line = "velo: " + status.state() + ", " + status.recordsProcessed() + " records read, "
                        + status.recordsFailed() + " failed, " + status.backlog() + " waiting"
                        + status.lastError()
                                .map(error -> ", last error: " + error)
                                .orElse("");
                if (!line.equals(before)) {
                    err.println(line);
                    err.flush();
                }
                before = line;
            }
        }
    }

    private static Set<String> topics(JobPlan plan, Function<StagePlan, Optional<String>> of) {
        Set<String> topics = new LinkedHashSet<>();
        plan.units().stream()
                .flatMap(unit -> unit.queries().stream())
                .flatMap(query -> query.stages().stream())
                .map(of)
                .flatMap(Optional::stream)
                .forEach(topics::add);
        return topics;
    }

    private static Optional<String> source(StagePlan stage) {
        return stage.input() instanceof StageInput.Topic topic
                ? Optional.of(topic.source().topic())
                : Optional.empty();
    }

    private static Optional<String> sink(StagePlan stage) {
        return stage.output() instanceof StageOutput.Sink sink ? Optional.of(sink.topic()) : Optional.empty();
    }

    private PodSettings pod(Broker broker, Path state) {
        return new PodSettings(
                "velo-run-0",
                0,
                state,
                threads,
                true,
                Map.of("bootstrap.servers", broker.address()),
                Map.of(),
                Map.of());
    }

    private JobDocument document(String sql) {
        String name = file.getFileName().toString().replaceAll("\\.sql$", "").replaceAll("[^A-Za-z0-9-]", "-");
        return new JobDocument(
                "local",
                name,
                "local-" + name,
                1,
                1,
                sql,
                variables,
                "velostream.local." + name,
                1,
                DesiredState.RUNNING,
                1,
                List.of(),
                Optional.of(threads),
                0,
                DeliveryGuarantee.EXACTLY_ONCE,
                new StartFrom(StartType.EARLIEST, Optional.empty()),
                new ErrorHandling(ErrorStrategy.DEAD_LETTER, Optional.empty()),
                new Watermark(0, 30_000),
                new TopicDefaults(true, partitions, -1, Map.of()),
                Optional.empty());
    }
}
