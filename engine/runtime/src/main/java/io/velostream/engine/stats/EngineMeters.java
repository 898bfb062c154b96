package io.velostream.engine.stats;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.velostream.engine.config.EngineConfig;
import io.velostream.engine.config.PodResources;
import io.velostream.engine.job.JobRegistry;
import io.velostream.engine.job.JobStatus;
import io.velostream.engine.job.StageStatistics;
import io.velostream.engine.job.StageStatistics.QueryType;
import io.velostream.engine.runtime.memory.LimitedResource;
import io.velostream.engine.runtime.memory.MemoryBudget;
import io.velostream.engine.runtime.metric.MetricText;
import io.velostream.engine.stats.QueryTotals.Growth;
import io.velostream.engine.stats.history.MetricsHistory.Sample;
import io.velostream.engine.stats.history.SeriesName;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meters of one pod. Once a second a sample is taken from the stages' plain counters, so that the hot path pays
 * nothing for them and a scrape, however frequent, reads what is already there.
 */
public final class EngineMeters implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EngineMeters.class);
    private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";
    private static final long IDLE_MILLIS = 10_000;
    private static final double NANOS_PER_MILLI = 1e6;

    private final JobRegistry jobs;
    private final PodResources resources;
    private volatile long memoryLimit;
    private final MemoryBudget budget;
    private final InstantSource clock;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MeterFactory factory = new MeterFactory(registry);
    private final PodMemory memory = new PodMemory();
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final QueryTotals totals = new QueryTotals();
    private final BreakerMeters breakers;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("meters").factory());

    private final AtomicLong processed = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong results = new AtomicLong();
    private final AtomicLong lateDropped = new AtomicLong();
    private final AtomicLong lateProcessed = new AtomicLong();
    private final AtomicLong retryable = new AtomicLong();
    private volatile long throughput;
    private volatile double latencyMillis;
    private volatile double watermarkLag;
    private volatile PodStatistics pod = PodStatistics.NONE;
    private final Map<QueryType, Double> executionMillis = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> backlogs = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> running = new ConcurrentHashMap<>();

    private final Map<QueryKey, QueryMeters> queries = new HashMap<>();
    private final Map<String, Meter> backlogMeters = new HashMap<>();
    private final Map<String, Meter> runningMeters = new HashMap<>();
    private final Map<String, Long> lastActive = new HashMap<>();
    private final Map<String, Long> rebuilds = new HashMap<>();

    private record QueryKey(String job, String query) {}

    /**
     * Registers every series of the pod as a whole at zero; those of jobs come with the jobs.
     *
     * @param limits against which memory is measured
     */
    public EngineMeters(
            JobRegistry jobs, EngineConfig.ResourceLimits limits, PodResources resources, InstantSource clock) {
        this(jobs, limits, resources, MemoryBudget.unlimited(), clock);
    }

    /**
     * The same with the state's memory.
     *
     * @param budget that the stages of the jobs share
     */
    public EngineMeters(
            JobRegistry jobs,
            EngineConfig.ResourceLimits limits,
            PodResources resources,
            MemoryBudget budget,
            InstantSource clock) {
        this.jobs = jobs;
        this.budget = budget;
        this.resources = resources;
        this.memoryLimit = Math.min(limits.maxTotalMemory(), resources.heapBytes());
        this.clock = clock;
        registerPod();
        this.breakers = new BreakerMeters(factory, clock, jobs.breakers());
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    /** Memory is measured against other limits from the next sample on. */
    public void change(EngineConfig.ResourceLimits limits) {
        memoryLimit = Math.min(limits.maxTotalMemory(), resources.heapBytes());
    }

    private void registerPod() {
        factory.register(EngineMetric.MEMORY_USAGE, () -> pod.memoryBytes(), "total");
        factory.register(EngineMetric.MEMORY_USAGE, () -> pod.operatorBytes(), "operator");
        factory.register(EngineMetric.MEMORY_PEAK, () -> pod.memoryPeakBytes(), "total");
        factory.register(EngineMetric.PROCESSING_LATENCY, () -> latencyMillis, "record_processing");
        factory.register(EngineMetric.THROUGHPUT, () -> throughput);
        factory.register(EngineMetric.PROCESSING_ERRORS, retryable::get, "retryable");
        factory.register(EngineMetric.PROCESSING_ERRORS, failed::get, "fatal");
        factory.register(EngineMetric.RESOURCE_UTILIZATION, () -> pod.memoryPercent(), "memory");
        factory.register(EngineMetric.RESOURCE_UTILIZATION, () -> pod.cpuPercent(), "cpu");
        for (LimitedResource resource : LimitedResource.values()) {
            factory.register(
                    EngineMetric.RESOURCE_VIOLATIONS,
                    () -> budget.violations(resource),
                    resource.name().toLowerCase(Locale.ROOT));
        }
        factory.register(EngineMetric.WATERMARK_LAG, () -> watermarkLag);
        factory.register(EngineMetric.LATE_DROPPED, lateDropped::get);
        factory.register(EngineMetric.LATE_PROCESSED, lateProcessed::get);
        factory.register(EngineMetric.RECORDS_PROCESSED, processed::get, "kafka");
        factory.register(EngineMetric.RECORDS_FAILED, failed::get, "kafka");
        factory.register(EngineMetric.RESULTS_PRODUCED, results::get);
        for (QueryType type : QueryType.values()) {
            factory.register(
                    EngineMetric.QUERY_EXECUTION_TIME,
                    () -> executionMillis.getOrDefault(type, 0.0),
                    type.name().toLowerCase(Locale.ROOT));
        }
    }

    /** Begins to sample every second. */
    public void start() {
        var _ = scheduler.scheduleWithFixedDelay(this::sampleOrSay, 0, 1, TimeUnit.SECONDS);
    }

    private void sampleOrSay() {
        try {
            sample();
        } catch (RuntimeException e) {
            LOG.error("The meters could not be brought up to date; the figures stay as they were", e);
        }
    }

    /** Takes one sample. */
    synchronized void sample() {
        List<Growth> growths = totals.grow(jobs.statistics());
        List<JobStatus> statuses = jobs.statuses();
        throughput = statuses.stream().mapToLong(JobStatus::recordsPerSecond).sum();
        addUp(growths);
        sampleTimes(growths);
        sampleQueries(growths);
        sampleBacklogs(growths);
        sampleJobs(statuses);
        sampleRebuilds(statuses);
        breakers.update(jobs.breakers());
        samplePod(growths);
    }

    private void addUp(List<Growth> growths) {
        for (Growth growth : growths) {
            if (growth.stage().readsSource()) {
                processed.addAndGet(growth.recordsIn());
            }
            if (growth.stage().writesSink()) {
                results.addAndGet(growth.rowsOut());
            }
            failed.addAndGet(growth.failed());
            lateDropped.addAndGet(growth.lateDropped());
            lateProcessed.addAndGet(growth.lateProcessed());
        }
    }

    private void sampleTimes(List<Growth> growths) {
        long now = clock.millis();
        Map<QueryType, Double> slowest = new EnumMap<>(QueryType.class);
        Set<String> present = new HashSet<>();
        for (Growth growth : growths) {
            StageStatistics stage = growth.stage();
            String key = stage.job() + "/" + stage.stage();
            present.add(key);
            if (growth.recordsIn() > 0) {
                lastActive.put(key, now);
            }
            if (now - lastActive.getOrDefault(key, Long.MIN_VALUE / 2) <= IDLE_MILLIS) {
                slowest.merge(stage.queryType(), stage.lastBatchNanos() / NANOS_PER_MILLI, Math::max);
            }
        }
        lastActive.keySet().retainAll(present);
        for (QueryType type : QueryType.values()) {
            executionMillis.put(type, slowest.getOrDefault(type, 0.0));
        }
        latencyMillis =
                slowest.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    private void sampleQueries(List<Growth> growths) {
        Map<QueryKey, List<Growth>> byQuery = growths.stream()
                .collect(Collectors.groupingBy(growth ->
                        new QueryKey(growth.stage().job(), growth.stage().query())));
        double slowest = 0;
        for (Map.Entry<QueryKey, List<Growth>> query : byQuery.entrySet()) {
            double lag = watermarkLag(query.getValue());
            slowest = Math.max(slowest, lag);
            queries.computeIfAbsent(query.getKey(), key -> new QueryMeters(factory, key.job(), key.query()))
                    .update(query.getValue(), lag);
        }
        watermarkLag = slowest;
        queries.entrySet().removeIf(entry -> {
            boolean gone = !byQuery.containsKey(entry.getKey());
            if (gone) {
                entry.getValue().remove(factory);
            }
            return gone;
        });
    }

    private double watermarkLag(List<Growth> query) {
        long now = clock.millis();
        return query.stream().flatMapToLong(growth -> growth.stage().watermark().stream()).min().stream()
                .mapToDouble(watermark -> Math.max(0, now - watermark) / 1000.0)
                .findFirst()
                .orElse(0);
    }

    /** Queries of one job that read a topic share its consumer, so their backlogs are one; those of jobs add up. */
    private void sampleBacklogs(List<Growth> growths) {
        Map<String, Map<String, Long>> byTopicAndJob = new HashMap<>();
        for (Growth growth : growths) {
            StageStatistics stage = growth.stage();
            if (stage.readsSource()) {
                byTopicAndJob
                        .computeIfAbsent(stage.inputTopic(), topic -> new HashMap<>())
                        .merge(stage.job(), stage.backlog(), Math::max);
            }
        }
        Map<String, Long> byTopic = new HashMap<>();
        byTopicAndJob.forEach((topic, byJob) -> byTopic.put(
                topic, byJob.values().stream().mapToLong(Long::longValue).sum()));
        keep(EngineMetric.BACKLOG, byTopic, backlogs, backlogMeters);
    }

    private void sampleJobs(List<JobStatus> statuses) {
        Map<String, Long> runs = new HashMap<>();
        for (JobStatus status : statuses) {
            runs.put(status.name(), status.state() == JobStatus.JobState.RUNNING ? 1L : 0L);
        }
        keep(EngineMetric.JOB_RUNNING, runs, running, runningMeters);
    }

    private void sampleRebuilds(List<JobStatus> statuses) {
        Map<String, Long> now = new HashMap<>();
        statuses.stream()
                .flatMap(status -> status.units().stream())
                .forEach(unit -> now.put(unit.applicationId(), unit.rebuilds()));
        now.forEach((unit, count) -> {
            long before = rebuilds.getOrDefault(unit, 0L);
            retryable.addAndGet(count < before ? count : count - before);
        });
        rebuilds.clear();
        rebuilds.putAll(now);
    }

    /** Gives each key a series of its own as long as it is there. */
    private void keep(
            EngineMetric metric, Map<String, Long> now, Map<String, AtomicLong> values, Map<String, Meter> meters) {
        now.forEach((key, value) -> {
            AtomicLong held = values.computeIfAbsent(key, made -> new AtomicLong());
            held.set(value);
            meters.computeIfAbsent(key, made -> factory.register(metric, held::get, key));
        });
        values.keySet().retainAll(now.keySet());
        meters.entrySet().removeIf(entry -> {
            boolean gone = !now.containsKey(entry.getKey());
            if (gone) {
                factory.remove(entry.getValue());
            }
            return gone;
        });
    }

    private void samplePod(List<Growth> growths) {
        long operators = growths.stream()
                .mapToLong(growth -> growth.stage().stateBytes())
                .sum();
        long inUse = Math.max(memory.inUse(), operators);
        double cpu =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuLoad();
        pod = new PodStatistics(
                inUse,
                Math.max(inUse, pod.memoryPeakBytes()),
                operators,
                100.0 * inUse / memoryLimit,
                Math.max(0, cpu) * 100);
    }

    /** The pod as of the last sample. */
    public PodStatistics pod() {
        return pod;
    }

    /** The values of now that the history keeps: those of the pod, and of the queries those that tell of their work. */
    public List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        for (Meter meter : registry.getMeters()) {
            String name = meter.getId().getName();
            if (EngineMetric.isKept(name)) {
                Map<String, String> labels =
                        meter.getId().getTags().stream().collect(Collectors.toMap(Tag::getKey, Tag::getValue));
                SeriesName.Kind kind =
                        meter instanceof FunctionCounter ? SeriesName.Kind.COUNTER : SeriesName.Kind.GAUGE;
                samples.add(new Sample(
                        new SeriesName(name, labels, kind),
                        meter.measure().iterator().next().getValue()));
            }
        }
        return samples;
    }

    /** Records that were read from source topics per second, as of the last sample. */
    public long recordsPerSecond() {
        return throughput;
    }

    /** Everything in Prometheus' text format 0.0.4, which counters keep their whole names in. */
    public String scrape() {
        return registry.scrape(TEXT_FORMAT) + MetricText.of(jobs.metrics());
    }

    /** The media type of {@link #scrape}. */
    public static String mediaType() {
        return TEXT_FORMAT;
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
        collections.close();
        memory.close();
        registry.close();
    }
}
