package io.velostream.engine.job;

import io.velostream.engine.breaker.BreakerSettings;
import io.velostream.engine.breaker.BreakerState;
import io.velostream.engine.breaker.CircuitBreaker;
import io.velostream.engine.breaker.CircuitBreakers;
import io.velostream.engine.breaker.Dependency;
import io.velostream.engine.runtime.operator.RecordFailure;
import io.velostream.engine.runtime.topology.SendOutcomes;
import io.velostream.engine.runtime.topology.UnitTopics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.jspecify.annotations.Nullable;

/**
 * The breakers of one unit: of each topic that it reads and writes, and of processing as a whole. Reading tells that a
 * source works, a commit that the sinks work which were written in it; failures are those of sends and of the unit. The
 * intake stops while a sink is left alone, since what is read could not be written; of the sources only that one stops
 * which is left alone itself.
 */
final class UnitGuards implements SendOutcomes {

    private static final long OBSERVED_MILLIS = 1_000;

    private final String job;
    private final UnitTopics topics;
    private final Optional<String> deadLetterTopic;
    private final CircuitBreakers breakers;
    private final Map<String, CircuitBreaker> sources = new ConcurrentHashMap<>();
    private final Map<String, CircuitBreaker> sinks = new ConcurrentHashMap<>();
    private final Map<String, Long> positions = new HashMap<>();
    private Optional<BreakerSettings> settings = Optional.empty();
    private boolean held;
    private long commits;
    private long observedAt;
    private Set<CircuitBreaker> onTrial = Set.of();

    /**
     * @param deadLetterTopic empty when nothing is ever written to it
     */
    UnitGuards(String job, UnitTopics topics, Optional<String> deadLetterTopic, CircuitBreakers breakers) {
        this.job = job;
        this.topics = topics;
        this.deadLetterTopic = deadLetterTopic;
        this.breakers = breakers;
    }

    /** The job's own settings from now on; empty for the pod's. */
    void settings(Optional<BreakerSettings> own) {
        if (own.equals(settings)) {
            return;
        }
        settings = own;
        if (held) {
            // Acquired before it is released, so that the breaker keeps its state.
            List<CircuitBreaker> before = all().toList();
            acquire();
            before.forEach(breakers::release);
        }
    }

    /** The unit is made, perhaps anew: its topics are there, and from now on they are guarded. */
    void hold() {
        commits = 0;
        positions.clear();
        if (!held) {
            held = true;
            acquire();
        }
    }

    private void acquire() {
        for (String topic : topics.sources()) {
            sources.put(topic, breakers.acquire(Dependency.of(Dependency.Kind.SOURCE, job, topic), settings));
        }
        for (String topic : topics.sinks()) {
            sinks.put(topic, breakers.acquire(Dependency.of(Dependency.Kind.SINK, job, topic), settings));
        }
        deadLetterTopic
                .filter(topic -> !topics.sinks().contains(topic))
                .ifPresent(topic -> sinks.put(
                        topic, breakers.acquire(Dependency.of(Dependency.Kind.DEAD_LETTER, job, topic), settings)));
    }

    /** The unit is closed and nothing of it is tried any more. */
    void release() {
        if (held) {
            held = false;
            trying(false);
            all().forEach(breakers::release);
            sources.clear();
            sinks.clear();
        }
    }

    /** Those of the unit's own topics; {@code main} is everybody's. */
    private Stream<CircuitBreaker> all() {
        return Stream.concat(sources.values().stream(), sinks.values().stream());
    }

    /** Whether nothing may be read, since it could not be processed to the end. */
    boolean shutIntake() {
        return breakers.main().isOpen() || sinks.values().stream().anyMatch(CircuitBreaker::isOpen);
    }

    /** The sources that are left alone. */
    Set<String> closedSources() {
        return sources.entrySet().stream()
                .filter(source -> source.getValue().isOpen())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** What keeps the unit from its work, as a sentence; empty when nothing does. */
    Optional<String> obstacle() {
        List<CircuitBreaker> open = Stream.concat(Stream.of(breakers.main()), all())
                .filter(CircuitBreaker::isOpen)
                .toList();
        if (open.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(open.stream()
                .map(breaker -> "Circuit breaker " + breaker.name() + " is open: "
                        + breaker.view().lastFailure().orElse("it was opened"))
                .collect(Collectors.joining("; ")));
    }

    /** Whether a trial of something that the unit writes began since the last question: its topic may have to be made anew. */
    boolean trialBegan() {
        Set<CircuitBreaker> now = sinks.values().stream()
                .filter(breaker -> breaker.state() == BreakerState.HALF_OPEN)
                .collect(Collectors.toSet());
        boolean began = !onTrial.containsAll(now);
        onTrial = now;
        return began;
    }

    /**
     * Learns from what the running unit has done; at most once a second, which is how often it commits.
     *
     * @param committed commits since it was started
     * @param read next offsets of what it reads
     */
    void observe(long now, long committed, Map<TopicPartition, Long> read) {
        if (now - observedAt < OBSERVED_MILLIS) {
            return;
        }
        observedAt = now;
        if (committed > commits) {
            breakers.main().succeeded();
        }
        commits = committed;
        Map<String, Long> byTopic = new HashMap<>();
        read.forEach((partition, offset) -> byTopic.merge(partition.topic(), offset, Long::sum));
        sources.forEach((topic, breaker) -> {
            long next = byTopic.getOrDefault(topic, 0L);
            Long before = positions.put(topic, next);
            if (before != null && next > before) {
                breaker.succeeded();
            }
        });
    }

    /** Whether any of the breakers is on trial, so that {@link #trying} matters. */
    boolean isOnTrial() {
        return Stream.concat(Stream.of(breakers.main()), all())
                .anyMatch(breaker -> breaker.state() == BreakerState.HALF_OPEN);
    }

    /** Whether the unit has records with which it tries what is on trial. */
    void trying(boolean has) {
        Stream.concat(Stream.of(breakers.main()), all()).forEach(breaker -> breaker.trying(this, has));
    }

    /** The unit ended by a failure; that of a record says nothing of what is guarded. */
    void failed(Throwable failure, String sentence) {
        if (!isPresent(failure, RecordFailure.class) && !isPresent(failure, ProducerFencedException.class)) {
            breakers.main().failed(sentence);
        }
    }

    private static boolean isPresent(Throwable thrown, Class<? extends Throwable> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void committed(Set<String> written) {
        for (String topic : written) {
            CircuitBreaker breaker = sinks.get(topic);
            if (breaker != null) {
                breaker.succeeded();
            }
        }
    }

    @Override
    public void refused(String topic, Exception cause) {
        CircuitBreaker breaker = sinks.get(topic);
        if (breaker != null && isTheTopics(cause)) {
            breaker.failed("topic " + topic + " did not take what was sent: " + sentence(cause));
        }
    }

    /** A record that is too large, or a producer that another has taken the place of, is not the topic's fault. */
    private static boolean isTheTopics(Exception cause) {
        return cause instanceof ApiException
                && !(cause instanceof ProducerFencedException
                        || cause instanceof InvalidProducerEpochException
                        || cause instanceof InvalidPidMappingException
                        || cause instanceof TransactionAbortedException
                        || cause instanceof RecordTooLargeException
                        || cause instanceof RecordBatchTooLargeException
                        || cause instanceof SerializationException);
    }

    private static String sentence(Exception cause) {
        @Nullable String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }
}
