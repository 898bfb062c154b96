package io.velostream.engine.pod;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.velostream.engine.adhoc.SystemTables;
import io.velostream.engine.adhoc.TopicQuery;
import io.velostream.engine.breaker.BreakerHistory;
import io.velostream.engine.breaker.BreakerSettings;
import io.velostream.engine.breaker.CircuitBreakers;
import io.velostream.engine.config.ConfigDocument;
import io.velostream.engine.config.EngineConfig;
import io.velostream.engine.config.PodResources;
import io.velostream.engine.job.JobRegistry;
import io.velostream.engine.job.PodSettings;
import io.velostream.engine.job.StreamsJobRegistry;
import io.velostream.engine.plan.SqlCompiler;
import io.velostream.engine.runtime.memory.MemoryBudget;
import io.velostream.engine.runtime.memory.MemoryLimits;
import io.velostream.engine.runtime.memory.ScratchSpace;
import io.velostream.engine.runtime.operator.StageCompiler;
import io.velostream.engine.stats.EngineMeters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the pod's registry of jobs and its meters, and ends them. */
@ApplicationScoped
class JobBeans {

    private static final Logger LOG = LoggerFactory.getLogger(JobBeans.class);

    /** A poll is cut into batches; each costs about the same whatever it returns, so it returns many. */
    private static final int POLL_RECORDS = 10_000;

    @Produces
    @Singleton
    JobRegistry jobs(PodEnvironment environment, EngineConfig config, MemoryBudget memory, Clock clock) {
        CircuitBreakers breakers = new CircuitBreakers(
                BreakerSettings.of(config.circuitBreaker()),
                clock,
                BreakerHistory.in(environment.stateDirectory().resolve("circuit-breakers.jsonl"), clock));
        return new StreamsJobRegistry(
                settings(environment, config),
                new SqlCompiler()::compile,
                new StageCompiler(memory)::compile,
                breakers);
    }

    /** The disk is never closed: a stream thread that is still closing may be on it, and nothing of it is needed again. */
    @Produces
    @Singleton
    ScratchSpace disk(PodEnvironment environment, EngineConfig config) {
        return new ScratchSpace(
                environment.stateDirectory().resolve("spill"), limits(config).totalBytes() / 8);
    }

    @Produces
    @Singleton
    MemoryBudget memory(EngineConfig config, ScratchSpace disk) {
        return new MemoryBudget(limits(config), Optional.of(disk));
    }

    static MemoryLimits limits(EngineConfig config) {
        return MemoryLimits.of(
                config.resourceLimits(),
                config.memoryManagement(),
                PodResources.ofThisProcess().heapBytes());
    }

    @Produces
    @Singleton
    EngineMeters meters(JobRegistry jobs, EngineConfig config, MemoryBudget memory, Clock clock) {
        return new EngineMeters(jobs, config.resourceLimits(), PodResources.ofThisProcess(), memory, clock);
    }

    @Produces
    @Singleton
    SystemTables systemTables(JobRegistry jobs, EngineMeters meters) {
        return new SystemTables(jobs, meters::pod);
    }

    @Produces
    @Singleton
    TopicQuery topicQuery(PodEnvironment environment, EngineConfig config) {
        return new TopicQuery(settings(environment, config).kafka());
    }

    void endMeters(@Disposes EngineMeters meters) {
        meters.close();
    }

    void start(
            @Observes StartupEvent started,
            EngineMeters meters,
            LiveConfiguration configuration,
            ConfigDocument document) {
        configuration.start();
        meters.start();
        LOG.info("Configuration {} (hash {}) is in force", document.file(), document.hash());
        if (!document.withoutEffect().isEmpty()) {
            LOG.warn("Nothing in this version acts on {}", String.join(", ", document.withoutEffect()));
        }
    }

    /** While HTTP still answers, so that the probes see a living process until the last batch is committed. */
    void stop(@Observes ShutdownEvent stopping, JobRegistry jobs) {
        LOG.info("Stopping: the jobs finish their batches, commit and close without leaving their groups");
        jobs.close();
        LOG.info("Stopped: every job is closed");
    }

    static PodSettings settings(PodEnvironment environment, EngineConfig config) {
        EngineConfig.Kafka kafka = config.kafka();
        Map<String, String> everyClient = new HashMap<>(kafka.consumer());
        everyClient.keySet().removeIf(option -> !isCommon(option));
        everyClient.put("bootstrap.servers", kafka.bootstrapServers());
        Map<String, String> consumer = new HashMap<>(kafka.consumer());
        // A job says where it begins; this option would also hold for the topics between its stages and lose their
        // first rows.
        consumer.remove("auto.offset.reset");
        consumer.putIfAbsent(
                "max.poll.records",
                Integer.toString(Math.max(POLL_RECORDS, config.processing().batchSize())));
        return new PodSettings(
                environment.podName(),
                environment.ordinal(),
                environment.stateDirectory(),
                config.processing().maxParallelism(),
                true,
                everyClient,
                consumer,
                kafka.producer());
    }

    /** How a connection is secured is one for all clients, though the file says it of the consumers. */
    private static boolean isCommon(String option) {
        return option.equals(AdminClientConfig.SECURITY_PROTOCOL_CONFIG)
                || option.startsWith("ssl.")
                || option.startsWith("sasl.");
    }
}
