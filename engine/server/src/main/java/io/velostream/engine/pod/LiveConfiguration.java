package io.velostream.engine.pod;

import io.velostream.engine.breaker.BreakerSettings;
import io.velostream.engine.config.ConfigChange;
import io.velostream.engine.config.ConfigDocument;
import io.velostream.engine.config.ConfigEffect;
import io.velostream.engine.config.ConfigProblem;
import io.velostream.engine.config.ConfigReader;
import io.velostream.engine.config.ConfigReading;
import io.velostream.engine.config.EngineConfig;
import io.velostream.engine.config.PodResources;
import io.velostream.engine.job.JobRegistry;
import io.velostream.engine.log.LogOutput;
import io.velostream.engine.runtime.memory.MemoryBudget;
import io.velostream.engine.stats.EngineMeters;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration of the running pod. What acts at once is put in force at once, the rest waits for the restart that it
 * needs. A change by request holds until the process ends or the file is read again: the file is what a pod starts with.
 */
@Singleton
public class LiveConfiguration {

    private static final Set<ConfigEffect> WITHOUT_RESTART = Set.of(ConfigEffect.AT_ONCE, ConfigEffect.NONE);
    private static final Set<ConfigEffect> WITHOUT_POD_RESTART =
            Set.of(ConfigEffect.AT_ONCE, ConfigEffect.NONE, ConfigEffect.PROCESSING_RESTART);

    private final PodEnvironment environment;
    private final JobRegistry jobs;
    private final MemoryBudget memory;
    private final EngineMeters meters;
    private ConfigDocument wanted;
    private ConfigDocument inForce;

    LiveConfiguration(
            PodEnvironment environment,
            ConfigDocument document,
            JobRegistry jobs,
            MemoryBudget memory,
            EngineMeters meters) {
        this.environment = environment;
        this.jobs = jobs;
        this.memory = memory;
        this.meters = meters;
        this.wanted = document;
        this.inForce = document;
    }

    /**
     * What the pod runs with.
     *
     * @param pending keys whose new values wait for a restart
     */
    public record State(ConfigDocument inForce, List<ConfigChange> pending) {
        public State {
            pending = List.copyOf(pending);
        }
    }

    /** What became of a change. */
    public sealed interface Outcome {

        /**
         * It was taken.
         *
         * @param changes everything that is different, whenever it acts
         * @param state since then
         */
        record Taken(List<ConfigChange> changes, State state) implements Outcome {
            public Taken {
                changes = List.copyOf(changes);
            }
        }

        /** Nothing was taken. */
        record Refused(List<ConfigProblem> problems) implements Outcome {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }

    /** Hands the configuration that the pod starts with to what is made without it. */
    void start() {
        act(inForce.config());
    }

    /** What the pod runs with now. */
    public synchronized State state() {
        return new State(inForce, inForce.changesTo(wanted));
    }

    /**
     * Merges a change into what is wanted. A key that acts only when the process starts is refused: the process would
     * start with its file and not with this.
     *
     * @param change JSON or YAML in the form of the file
     */
    public synchronized Outcome merge(String change) {
        return switch (ConfigReader.merge(wanted, "request", change)) {
            case ConfigReading.Refused(List<ConfigProblem> problems) -> new Outcome.Refused(problems);
            case ConfigReading.Valid(ConfigDocument merged) -> {
                List<ConfigProblem> late = wanted.changesTo(merged).stream()
                        .filter(each -> each.effect() == ConfigEffect.POD_RESTART)
                        .map(each -> new ConfigProblem(
                                "request",
                                0,
                                Optional.of(each.key()),
                                "takes effect only when a pod starts, with its file; change it in "
                                        + environment.configFile() + " (the operator writes it from the VeloCluster)"))
                        .toList();
                yield late.isEmpty() ? take(merged) : new Outcome.Refused(late);
            }
        };
    }

    /** Reads the file again, as a whole or not at all; what requests have changed goes back to what it says. */
    public synchronized Outcome reload() {
        return switch (ConfigReader.read(environment.configFile(), PodResources.ofThisProcess())) {
            case ConfigReading.Refused(List<ConfigProblem> problems) -> new Outcome.Refused(problems);
            case ConfigReading.Valid(ConfigDocument read) -> take(read);
        };
    }

    /** The units are about to be closed and started anew, with what waits for that. */
    public synchronized void processingRestarts() {
        putInForce(inForce.taking(wanted, WITHOUT_POD_RESTART));
    }

    private Outcome take(ConfigDocument next) {
        List<ConfigChange> changes = wanted.changesTo(next);
        wanted = next;
        putInForce(inForce.taking(next, WITHOUT_RESTART));
        return new Outcome.Taken(changes, state());
    }

    private void putInForce(ConfigDocument next) {
        EngineConfig before = inForce.config();
        inForce = next;
        act(next.config());
        if (!before.logging().equals(next.config().logging())) {
            LogOutput.level(next.config().logging().level());
        }
    }

    private void act(EngineConfig config) {
        memory.change(JobBeans.limits(config));
        meters.change(config.resourceLimits());
        jobs.breakers().adopt(BreakerSettings.of(config.circuitBreaker()));
        jobs.reconfigure(
                JobBeans.settings(environment, config),
                config.processing().batchSize(),
                Duration.ofMillis(config.processing().slowRecordMillis()));
    }
}
