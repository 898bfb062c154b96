package io.velostream.engine.job;

import io.velostream.engine.breaker.BreakerSettings;
import io.velostream.engine.breaker.CircuitBreakers;
import io.velostream.engine.plan.Compilation;
import io.velostream.engine.plan.CompileOptions;
import io.velostream.engine.runtime.metric.MetricReading;
import io.velostream.engine.runtime.metric.MetricText;
import io.velostream.engine.runtime.topology.BatchTuning;
import io.velostream.engine.runtime.topology.StageFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of one pod as Kafka Streams applications. It never waits for Kafka in a call: documents are compiled and
 * noted, and each job's own thread does the rest.
 */
public final class StreamsJobRegistry implements JobRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(StreamsJobRegistry.class);
    private static final String BOOTSTRAP = "bootstrap.servers";
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(50);
    private static final long PROBE_MILLIS = 2_000;
    private static final int PROBE_TIMEOUT_MILLIS = 5_000;
    private static final long BREAKER_TICK_MILLIS = 200;

    private final BatchTuning tuning = new BatchTuning();
    private final PlanCompiler compiler;
    private final StageFactory stages;
    private final Admin admin;
    private final TopicKeeper topics;
    private final GroupOffsets offsets;
    private final CircuitBreakers breakers;
    private final TopicProbe topicProbe;
    private final InstantSource clock = InstantSource.system();
    private final Map<String, JobControl> jobs = new ConcurrentHashMap<>();
    private final Thread probe;
    private final Thread breakerClock;
    private volatile PodSettings pod;
    private volatile boolean draining;
    private volatile boolean reachable;
    private boolean said;
    private volatile boolean closed;

    /** Makes a registry without jobs, with circuit breakers by their defaults; Kafka may be away. */
    public StreamsJobRegistry(PodSettings pod, PlanCompiler compiler, StageFactory stages) {
        this(pod, compiler, stages, new CircuitBreakers(BreakerSettings.DEFAULT, InstantSource.system()));
    }

    /** Makes a registry without jobs; Kafka may be away. */
    public StreamsJobRegistry(PodSettings pod, PlanCompiler compiler, StageFactory stages, CircuitBreakers breakers) {
        this.pod = pod;
        this.compiler = compiler;
        this.stages = stages;
        this.admin = LateAdmin.of(new HashMap<>(pod.kafka()));
        this.topics = new TopicKeeper(admin);
        this.offsets = new GroupOffsets(admin);
        this.breakers = breakers;
        this.topicProbe = new TopicProbe(admin, breakers);
        this.breakerClock = Thread.ofVirtual().name("breakers").start(this::passTime);
        this.probe = Thread.ofVirtual().name("kafka-probe").start(this::probe);
    }

    @Override
    public synchronized Applied apply(JobDocument document) {
        JobControl known = jobs.get(document.name());
        if (known != null) {
            JobDocument inForce = known.newest();
            if (document.sequence() < inForce.sequence()) {
                return new Applied.Outdated(inForce.sequence());
            }
            if (!document.uid().equals(inForce.uid())) {
                remove(document.name());
                known = null;
            } else if (document.equals(inForce)) {
                return known.isRefused() ? new Applied.Refused(known.status()) : new Applied.Accepted(known.status());
            }
        }
        Compilation compilation = compiler.compile(document.sql(), options(document));
        JobControl job = known == null ? create(document) : known;
        return switch (compilation) {
            case Compilation.Refused refused -> {
                job.refuse(document, refused.problems());
                yield new Applied.Refused(job.status());
            }
            case Compilation.Compiled compiled -> {
                job.accept(document, compiled.plan(), compiled.problems());
                yield new Applied.Accepted(job.status());
            }
        };
    }

    private static CompileOptions options(JobDocument document) {
        return new CompileOptions(
                document.variables(),
                Map.of(
                        "watermark.max_out_of_orderness",
                        document.watermark().maxOutOfOrdernessMillis() + "ms",
                        "watermark.idle_timeout",
                        document.watermark().idleTimeoutMillis() + "ms"),
                false);
    }

    private JobControl create(JobDocument document) {
        JobControl job = new JobControl(
                document,
                meterOf -> new UnitControl.Tools(() -> pod, tuning, topics, offsets, stages, meterOf, breakers, clock),
                () -> draining,
                () -> reachable);
        jobs.put(document.name(), job);
        job.start();
        return job;
    }

    @Override
    public synchronized CompletableFuture<Void> remove(String name) {
        JobControl job = jobs.remove(name);
        return job == null ? CompletableFuture.completedFuture(null) : job.remove();
    }

    @Override
    public List<JobStatus> statuses() {
        return jobs.values().stream()
                .map(JobControl::status)
                .sorted(Comparator.comparing(JobStatus::name))
                .toList();
    }

    @Override
    public Optional<JobStatus> status(String name) {
        return Optional.ofNullable(jobs.get(name)).map(JobControl::status);
    }

    @Override
    public List<StageStatistics> statistics() {
        return jobs.values().stream().flatMap(job -> job.statistics().stream()).toList();
    }

    @Override
    public List<DeadLetterStatistics> deadLetters() {
        return jobs.values().stream().flatMap(job -> job.deadLetters().stream()).toList();
    }

    @Override
    public List<MetricReading> metrics() {
        return MetricText.merge(
                jobs.values().stream().flatMap(job -> job.metrics().stream()).toList());
    }

    @Override
    public CompletableFuture<List<JobStatus>> drain(Duration timeout) {
        draining = true;
        jobs.values().forEach(JobControl::wake);
        CompletableFuture<List<JobStatus>> drained = new CompletableFuture<>();
        Thread.ofVirtual().name("drain").start(() -> followDrain(timeout, drained));
        return drained;
    }

    private void followDrain(Duration timeout, CompletableFuture<List<JobStatus>> drained) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (processingState() == ProcessingState.DRAINING) {
                if (System.nanoTime() - deadline > 0) {
                    drained.completeExceptionally(new TimeoutException(
                            "The jobs were not drained within " + timeout + "; the drain goes on"));
                    return;
                }
                Thread.sleep(50);
            }
            drained.complete(statuses());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            drained.completeExceptionally(e);
        }
    }

    @Override
    public CompletableFuture<Void> restart() {
        draining = false;
        return CompletableFuture.allOf(
                jobs.values().stream().map(JobControl::restart).toArray(CompletableFuture[]::new));
    }

    @Override
    public void reconfigure(PodSettings settings, int batchRecords, Duration slowBatch) {
        tuning.change(batchRecords, slowBatch);
        pod = settings;
        jobs.values().forEach(JobControl::wake);
    }

    @Override
    public void trim() {
        tuning.trim();
    }

    @Override
    public ProcessingState processingState() {
        if (!draining) {
            return ProcessingState.RUNNING;
        }
        return jobs.values().stream().allMatch(JobControl::isAtRest)
                ? ProcessingState.DRAINED
                : ProcessingState.DRAINING;
    }

    @Override
    public boolean kafkaReachable() {
        return reachable;
    }

    @Override
    public CircuitBreakers breakers() {
        return breakers;
    }

    private void passTime() {
        try {
            while (!closed) {
                breakers.tick();
                Thread.sleep(BREAKER_TICK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void probe() {
        try {
            while (!closed) {
                probeOnce();
                if (reachable) {
                    topicProbe.look();
                }
                Thread.sleep(PROBE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says once that Kafka is away and once that it is there. */
    private void probeOnce() throws InterruptedException {
        Optional<String> failure = unanswered();
        boolean answered = failure.isEmpty();
        if (answered != reachable || !said) {
            if (answered) {
                LOG.info("Kafka at {} is reachable", pod.kafka().get(BOOTSTRAP));
            } else {
                LOG.warn(
                        "Kafka at {} is not reachable ({}); jobs wait and go on by themselves when it is",
                        pod.kafka().get(BOOTSTRAP),
                        failure.get());
            }
        }
        said = true;
        reachable = answered;
        breakers.main().probed(failure.map(why -> "Kafka is not reachable: " + why));
    }

    private Optional<String> unanswered() throws InterruptedException {
        try {
            boolean empty = admin.describeCluster(new DescribeClusterOptions().timeoutMs(PROBE_TIMEOUT_MILLIS))
                    .nodes()
                    .get(PROBE_TIMEOUT_MILLIS + 1_000L, TimeUnit.MILLISECONDS)
                    .isEmpty();
            return empty ? Optional.of("no broker is registered") : Optional.empty();
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            return Optional.of(Failures.sentence(e));
        }
    }

    @Override
    public void close() {
        closed = true;
        List<CompletableFuture<Void>> closing =
                jobs.values().stream().map(JobControl::close).toList();
        try {
            CompletableFuture.allOf(closing.toArray(CompletableFuture[]::new))
                    .get(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // The process ends anyway; what was not committed is rolled back by the brokers.
        } finally {
            probe.interrupt();
            breakerClock.interrupt();
            admin.close(Duration.ofSeconds(5));
        }
    }
}
