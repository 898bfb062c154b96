package io.velostream.operator.engine;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Optional;

/**
 * What a pod as a whole is doing.
 *
 * @param maintenance whether it refuses new work from others than the operator
 * @param lastRestart idempotency key of the last restart that the pod carried out since it started
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record EngineProcessing(
        State state, boolean maintenance, List<EngineJobStatus> jobs, Optional<String> lastRestart) {

    public EngineProcessing {
        state = state == null ? State.UNKNOWN : state;
        jobs = jobs == null ? List.of() : List.copyOf(jobs);
        lastRestart = lastRestart == null ? Optional.empty() : lastRestart;
    }

    /** Whether the pod is drained and holds no record that is read and not committed. */
    public boolean isDrained() {
        return state == State.DRAINED && jobs.stream().allMatch(job -> job.inFlight() == 0);
    }

    /** What this pod says of one job. */
    public Optional<EngineJobStatus> job(String name) {
        return jobs.stream().filter(job -> job.name().equals(name)).findFirst();
    }

    /** The states of a pod's processing. */
    public enum State {
        RUNNING,
        DRAINING,
        DRAINED,
        /** A state of a newer engine. */
        @JsonEnumDefaultValue
        UNKNOWN
    }
}
