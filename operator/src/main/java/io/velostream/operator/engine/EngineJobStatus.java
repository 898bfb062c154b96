package io.velostream.operator.engine;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one pod says of one job.
 *
 * @param runningGeneration generation of the last document that the pod could run
 * @param sequence of the newest document that the pod was given
 * @param problems errors and warnings of the newest document's SQL
 * @param inFlight records read and not yet committed
 * @param backlog records not yet read, over the partitions that this pod owns
 * @param offsets committed input offsets of the partitions that this pod owned last
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record EngineJobStatus(
        String namespace,
        String name,
        String uid,
        long generation,
        long runningGeneration,
        long sequence,
        State state,
        List<Problem> problems,
        List<Query> queries,
        long recordsProcessed,
        long recordsFailed,
        long recordsPerSecond,
        long backlog,
        long inFlight,
        List<Offset> offsets,
        Optional<String> lastError) {

    public EngineJobStatus {
        state = state == null ? State.UNKNOWN : state;
        problems = copy(problems);
        queries = copy(queries);
        offsets = copy(offsets);
        lastError = lastError == null ? Optional.empty() : lastError;
    }

    private static <T> List<T> copy(@Nullable List<T> values) {
        return values == null ? List.of() : List.copyOf(values);
    }

    /** Whether nothing of the job runs on the pod any more and everything that was read is committed. */
    public boolean isDrained() {
        return inFlight == 0 && (state == State.DRAINED || state == State.STOPPED || state == State.INVALID);
    }

    /** The life of a job on a pod. */
    public enum State {
        /** The first SQL was refused; nothing runs. */
        INVALID,
        /** Kafka or a topic is awaited. */
        WAITING,
        STARTING,
        RUNNING,
        SUSPENDED,
        DRAINING,
        DRAINED,
        STOPPED,
        /** A unit failed. */
        FAILED,
        /** A state of a newer engine. */
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /** An error or warning about the SQL, with its place in the text. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Problem(Severity severity, String code, int line, int column, String message, Optional<String> hint) {

        public Problem {
            hint = hint == null ? Optional.empty() : hint;
        }

        /** {@code line:column: message}, as compilers print it. */
        @Override
        public String toString() {
            return line + ":" + column + ": " + message
                    + hint.map(text -> " (" + text + ")").orElse("");
        }
    }

    /** Whether a problem stops the text from running. */
    public enum Severity {
        ERROR,
        @JsonEnumDefaultValue
        WARNING
    }

    /** One query. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Query(
            String name,
            @Nullable String kind,
            @Nullable String source,
            @Nullable String sink,
            @Nullable String state,
            Optional<String> lastError) {

        public Query {
            lastError = lastError == null ? Optional.empty() : lastError;
        }
    }

    /** The next offset to read of one partition. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Offset(String topic, int partition, long offset) {}
}
