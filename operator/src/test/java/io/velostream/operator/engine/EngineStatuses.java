package io.velostream.operator.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds what a pod says of a job. */
public final class EngineStatuses {

    private final String name;
    private final String uid;
    private long generation = 1;
    private long runningGeneration = 1;
    private long sequence = 1;
    private EngineJobStatus.State state = EngineJobStatus.State.RUNNING;
    private List<EngineJobStatus.Problem> problems = List.of();
    private long inFlight;
    private long rate;
    private Optional<String> error = Optional.empty();
    private final List<EngineJobStatus.Offset> offsets = new ArrayList<>();

    private EngineStatuses(String name, String uid) {
        this.name = name;
        this.uid = uid;
    }

    public static EngineStatuses job(String name, String uid) {
        return new EngineStatuses(name, uid);
    }

    public EngineStatuses generation(long newest, long running) {
        generation = newest;
        runningGeneration = running;
        return this;
    }

    public EngineStatuses sequence(long number) {
        sequence = number;
        return this;
    }

    public EngineStatuses state(EngineJobStatus.State newState) {
        state = newState;
        return this;
    }

    public EngineStatuses problems(List<EngineJobStatus.Problem> found) {
        problems = found;
        return this;
    }

    public EngineStatuses inFlight(long records) {
        inFlight = records;
        return this;
    }

    public EngineStatuses rate(long recordsPerSecond) {
        rate = recordsPerSecond;
        return this;
    }

    public EngineStatuses error(String message) {
        error = Optional.of(message);
        return this;
    }

    public EngineStatuses offset(String topic, int partition, long offset) {
        offsets.add(new EngineJobStatus.Offset(topic, partition, offset));
        return this;
    }

    public EngineJobStatus build() {
        return new EngineJobStatus(
                "default",
                name,
                uid,
                generation,
                runningGeneration,
                sequence,
                state,
                problems,
                List.of(),
                0,
                0,
                rate,
                0,
                inFlight,
                offsets,
                error);
    }
}
