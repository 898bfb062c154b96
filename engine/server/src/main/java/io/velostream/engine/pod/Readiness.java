package io.velostream.engine.pod;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.velostream.engine.job.JobRegistry;
import io.velostream.engine.stats.EngineMeters;
import jakarta.inject.Singleton;

/** The three checks of {@code /ready} (runbook, “Health Checks”). */
@Singleton
public class Readiness {

    /** The threshold of the runbook's alert MemoryExhausted. */
    private static final double CRITICAL_PERCENT = 95;

    private final JobRegistry jobs;
    private final EngineMeters meters;

    Readiness(JobRegistry jobs, EngineMeters meters) {
        this.jobs = jobs;
        this.meters = meters;
    }

    /**
     * What was found.
     *
     * @param circuitBreakers no breaker is open; one on trial is not
     * @param resources memory is below the critical share
     * @param kafka the brokers answer
     */
    public record Checks(@JsonProperty("circuit_breakers") boolean circuitBreakers, boolean resources, boolean kafka) {

        /** Whether all hold. */
        public boolean all() {
            return circuitBreakers && resources && kafka;
        }
    }

    /** The checks now; answers at once. */
    public Checks checks() {
        return new Checks(
                !jobs.breakers().anyOpen(), meters.pod().memoryPercent() <= CRITICAL_PERCENT, jobs.kafkaReachable());
    }
}
