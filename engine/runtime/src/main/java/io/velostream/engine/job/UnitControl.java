package io.velostream.engine.job;

import io.velostream.engine.breaker.BreakerSettings;
import io.velostream.engine.breaker.CircuitBreakers;
import io.velostream.engine.guard.ErrorPolicy;
import io.velostream.engine.guard.RetryLedger;
import io.velostream.engine.job.JobStatus.Reason;
import io.velostream.engine.job.TopicKeeper.Preparation;
import io.velostream.engine.runtime.operator.RecordFailure;
import io.velostream.engine.runtime.topology.BatchTuning;
import io.velostream.engine.runtime.topology.StageFactory;
import io.velostream.engine.runtime.topology.StageMeter;
import io.velostream.engine.runtime.topology.StreamsUnit;
import io.velostream.engine.runtime.topology.UnitSettings;
import io.velostream.engine.runtime.topology.UnitTopics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One unit of a job on this pod, as a state machine that {@link #step} moves towards what is wanted. One thread steps it,
 * any thread may look at it.
 *
 * <p>A failed unit is closed, without leaving its group, and made anew after a pause that doubles from one second to a
 * minute and starts over once a unit has run for a minute. A record that failed under the strategy Fail is not retried:
 * it would fail again. One that failed under the strategy Retry is, as often as its query says; then it goes to the
 * dead-letter topic.
 */
final class UnitControl {

    private static final Logger LOG = LoggerFactory.getLogger(UnitControl.class);
    private static final Duration CLOSE_SLICE = Duration.ofSeconds(20);
    private static final long FIRST_PAUSE_MILLIS = 1_000;
    private static final long LONGEST_PAUSE_MILLIS = 60_000;
    private static final long STABLE_MILLIS = 60_000;
    private static final long RETRY_MILLIS = 500;
    private static final long RECHECK_MILLIS = 2_000;
    private static final long PURGE_MILLIS = 30_000;

    /** What is wanted of a unit. */
    enum Target {
        RUN,
        SUSPEND,
        /** Closed after the final commit, the group left. */
        LEAVE,
        /** Closed after the final commit, the membership kept. */
        CLOSE
    }

    /** What a unit does. */
    enum Phase {
        IDLE,
        WAITING,
        STARTING,
        RUNNING,
        SUSPENDED,
        CLOSING,
        CLOSED,
        FAILED
    }

    /**
     * What all units of a pod use.
     *
     * @param settings of the pod, as they are now
     * @param tuning what can be changed while units run
     * @param meterOf meters by stage id
     */
    record Tools(
            Supplier<PodSettings> settings,
            BatchTuning tuning,
            TopicKeeper topics,
            GroupOffsets offsets,
            StageFactory stages,
            Function<String, StageMeter> meterOf,
            CircuitBreakers breakers,
            InstantSource clock) {

        PodSettings pod() {
            return settings.get();
        }
    }

    private final UnitSpec spec;
    private final Tools tools;
    private final UnitTopics topics;
    private final String revision;
    private final RetryLedger retries;
    private final UnitGuards guards;
    private volatile @Nullable StreamsUnit unit;
    private volatile Phase phase = Phase.IDLE;
    private volatile Optional<Reason> reason = Optional.empty();
    private volatile Optional<String> error = Optional.empty();
    private volatile Map<TopicPartition, Long> finalOffsets = Map.of();
    private volatile int tasks = 1;
    private volatile long rebuilds;
    private @Nullable StreamsUnit buried;
    private long nextTry;
    private long startedAt;
    private long pause = FIRST_PAUSE_MILLIS;
    private long purgedAt;

    UnitControl(UnitSpec spec, Tools tools) {
        this.spec = spec;
        this.tools = tools;
        this.topics = new UnitTopics(spec.plan(), spec.applicationId());
        this.revision = UnitRevision.of(spec.plan());
        this.retries = new RetryLedger(spec.plan().errors().retries());
        this.guards = new UnitGuards(spec.job(), topics, spec.deadLetterTopicInUse(), tools.breakers());
    }

    /** The settings of the job's own circuit breakers; empty for the pod's. */
    void guardBy(Optional<BreakerSettings> settings) {
        guards.settings(settings);
    }

    UnitSpec spec() {
        return spec;
    }

    /**
     * Moves one step; returns soon, except while a unit closes.
     *
     * @param threads wanted stream threads; 0 while another pod has them all
     */
    void step(Target target, int threads) {
        boolean closing = target == Target.LEAVE || target == Target.CLOSE || threads == 0;
        if (closing) {
            close(target != Target.CLOSE);
        } else if (unit == null) {
            open(threads);
        } else {
            supervise(unit, target, threads);
        }
    }

    private void open(int threads) {
        if (phase == Phase.FAILED && reason.equals(Optional.of(Reason.RECORD_FAILED))) {
            guards.trying(false);
            return;
        }
        Optional<String> obstacle = guards.obstacle();
        if (obstacle.isPresent()) {
            await(Reason.CIRCUIT_BREAKER_OPEN, obstacle.get());
            return;
        }
        if (tools.clock().millis() < nextTry) {
            return;
        }
        if (phase == Phase.CLOSED) {
            phase = Phase.IDLE;
        }
        Preparation preparation =
                tools.topics().prepare(topics, spec.jobSinks(), spec.deadLetterTopicInUse(), spec.topicDefaults());
        switch (preparation) {
            case Preparation.Waiting(Reason why, String message) -> await(why, message);
            case Preparation.Ready(Map<String, Integer> partitions) -> start(partitions, threads);
        }
    }

    private void await(Reason why, String message) {
        guards.trying(false);
        if (!reason.equals(Optional.of(why))) {
            LOG.warn("Unit {} waits: {}", spec.applicationId(), message);
        }
        phase = Phase.WAITING;
        reason = Optional.of(why);
        error = Optional.of(message);
        nextTry = tools.clock().millis() + RECHECK_MILLIS;
    }

    private void start(Map<String, Integer> partitions, int threads) {
        try {
            long others = tools.offsets().strangers(spec.applicationId(), clientIdPrefix());
            if (others > 0) {
                await(
                        Reason.OTHER_REVISION,
                        others + " members of another revision are still in group " + spec.applicationId()
                                + "; this revision starts when they have committed and left");
                nextTry = tools.clock().millis() + RETRY_MILLIS;
                return;
            }
            beginAtTimestamp(partitions);
            tasks = Math.max(1, countTasks(partitions));
            StreamsUnit made = new StreamsUnit(
                    spec.plan(),
                    settings(partitions, Math.min(threads, tasks)),
                    tools.stages(),
                    retries,
                    tools.meterOf(),
                    guards);
            guards.hold();
            guards.trying(true);
            made.start();
            unit = made;
            startedAt = tools.clock().millis();
            if (phase != Phase.FAILED) {
                error = Optional.empty();
            }
            phase = Phase.STARTING;
            reason = Optional.empty();
            LOG.info("Unit {} starts with {} threads", spec.applicationId(), Math.min(threads, tasks));
        } catch (TimeoutException | InterruptedException e) {
            await(Reason.KAFKA_UNREACHABLE, "The group of unit " + spec.applicationId() + " could not be read");
        } catch (ExecutionException | RuntimeException e) {
            failed(e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e);
        }
    }

    /** Tells this revision's members in the group from those of another. */
    private String clientIdPrefix() {
        return spec.applicationId() + "-" + revision + "-";
    }

    private void beginAtTimestamp(Map<String, Integer> partitions)
            throws ExecutionException, TimeoutException, InterruptedException {
        if (spec.startFrom().type() != JobDocument.StartType.TIMESTAMP) {
            return;
        }
        Map<String, Integer> sources = new HashMap<>(partitions);
        sources.keySet().retainAll(topics.sources());
        tools.offsets()
                .beginAt(spec.applicationId(), spec.startFrom().timestamp().orElse(0L), sources);
    }

    /** One task a partition of each topic that is read; queries that share a topic share its tasks. */
    private int countTasks(Map<String, Integer> partitions) {
        return spec.plan().queries().stream()
                .flatMap(query -> query.stages().stream())
                .map(topics::input)
                .distinct()
                .mapToInt(topic -> partitions.getOrDefault(topic, 1))
                .sum();
    }

    private UnitSettings settings(Map<String, Integer> partitions, int threads) {
        Map<String, String> consumer = new HashMap<>(tools.pod().consumer());
        consumer.putAll(spec.options(true));
        Map<String, String> producer = new HashMap<>(tools.pod().producer());
        producer.putAll(spec.options(false));
        return new UnitSettings(
                spec.job(),
                spec.applicationId(),
                clientIdPrefix() + tools.pod().podName(),
                Optional.of(tools.pod().podName()),
                threads,
                spec.standbyReplicas(),
                spec.exactlyOnce(),
                spec.startFrom().type() == JobDocument.StartType.LATEST
                        ? UnitSettings.Start.LATEST
                        : UnitSettings.Start.EARLIEST,
                spec.errorPolicy(),
                spec.deadLetterTopic(),
                partitions,
                tools.pod().stateDirectory(),
                tools.pod().kafka(),
                consumer,
                producer,
                tools.pod().vectorised(),
                tools.tuning());
    }

    private void supervise(@Nullable StreamsUnit supervised, Target target, int threads) {
        if (supervised == null) {
            return;
        }
        switch (supervised.state()) {
            case FAILED, CLOSED -> bury(supervised);
            case CREATED, REBALANCING -> {
                gate(supervised, target);
                if (phase != Phase.RUNNING && phase != Phase.SUSPENDED) {
                    phase = Phase.STARTING;
                }
            }
            case RUNNING -> {
                gate(supervised, target);
                int wanted = Math.min(threads, tasks);
                if (supervised.threads() != wanted) {
                    supervised.resize(wanted);
                }
                phase = target == Target.SUSPEND ? Phase.SUSPENDED : Phase.RUNNING;
                watch(supervised);
                long now = tools.clock().millis();
                if (now - startedAt > STABLE_MILLIS) {
                    pause = FIRST_PAUSE_MILLIS;
                }
                purge(supervised, now);
            }
        }
    }

    /** Closes a failed unit; only when all of its threads have ended can another take its state directory. */
    private void bury(StreamsUnit failed) {
        if (buried != failed) {
            buried = failed;
            failed(failed.failure().orElseGet(() -> new IllegalStateException("The unit ended without a failure")));
        }
        if (failed.close(false, CLOSE_SLICE)) {
            unit = null;
            buried = null;
            rebuilds++;
        }
    }

    private void gate(StreamsUnit supervised, Target target) {
        supervised.leaveUnread(guards.closedSources());
        if (target == Target.SUSPEND || guards.shutIntake()) {
            supervised.shutIntake();
        } else {
            supervised.openIntake();
        }
        Optional<String> obstacle = guards.obstacle();
        if (obstacle.isPresent()) {
            reason = Optional.of(Reason.CIRCUIT_BREAKER_OPEN);
            error = obstacle;
        } else if (reason.equals(Optional.of(Reason.CIRCUIT_BREAKER_OPEN))) {
            reason = Optional.empty();
        }
    }

    /** Tells the breakers what the unit has done, and tries what is on trial. */
    private void watch(StreamsUnit supervised) {
        guards.observe(tools.clock().millis(), supervised.commits(), supervised.positions());
        if (guards.isOnTrial()) {
            guards.trying(phase == Phase.RUNNING
                    && (supervised.inFlight() > 0
                            || supervised.lags().values().stream().anyMatch(lag -> lag > 0)));
        }
        if (guards.trialBegan()) {
            // A topic that vanished is ours to make where the job makes its topics; if it is not, the trial fails.
            tools.topics().prepare(topics, spec.jobSinks(), spec.deadLetterTopicInUse(), spec.topicDefaults());
        }
    }

    private void purge(StreamsUnit supervised, long now) {
        if (now - purgedAt < PURGE_MILLIS) {
            return;
        }
        purgedAt = now;
        Map<TopicPartition, Long> committed = new HashMap<>(supervised.committedOffsets());
        committed.keySet().removeIf(partition -> topics.sources().contains(partition.topic()));
        tools.topics().purge(committed);
    }

    private void failed(Throwable thrown) {
        Optional<RecordFailure> record = causeOf(thrown);
        phase = Phase.FAILED;
        boolean forGood = record.isPresent() && spec.errorPolicy() != ErrorPolicy.RETRY;
        reason = Optional.of(forGood ? Reason.RECORD_FAILED : Reason.UNIT_FAILED);
        error = Optional.of(Failures.sentence(thrown));
        guards.failed(thrown, error.get());
        nextTry = tools.clock().millis() + pause;
        pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
        LOG.error("Unit {} failed: {}", spec.applicationId(), error.get());
    }

    private static Optional<RecordFailure> causeOf(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof RecordFailure failure) {
                return Optional.of(failure);
            }
        }
        return Optional.empty();
    }

    /** Closes to the end, for a unit that is replaced. */
    void closeFully(boolean leave) throws InterruptedException {
        close(leave);
        while (phase != Phase.CLOSED) {
            Thread.sleep(RETRY_MILLIS);
            close(leave);
        }
    }

    private void close(boolean leave) {
        StreamsUnit closing = unit;
        if (closing == null) {
            guards.release();
            phase = Phase.CLOSED;
            reason = Optional.empty();
            return;
        }
        phase = Phase.CLOSING;
        if (!closing.close(leave, CLOSE_SLICE)) {
            LOG.warn("Unit {} is still closing", spec.applicationId());
            return;
        }
        Map<TopicPartition, Long> positions = closing.positions();
        try {
            finalOffsets = leave ? verified(positions) : positions;
        } catch (ExecutionException | TimeoutException e) {
            error = Optional.of("The final offsets could not be read: " + Failures.sentence(e));
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        unit = null;
        guards.release();
        phase = Phase.CLOSED;
        reason = Optional.empty();
    }

    /** What is committed for the partitions that this pod read last; others may already have gone on from there. */
    private Map<TopicPartition, Long> verified(Map<TopicPartition, Long> positions)
            throws ExecutionException, TimeoutException, InterruptedException {
        if (positions.isEmpty()) {
            return Map.of();
        }
        Map<TopicPartition, Long> committed = tools.offsets().committed(spec.applicationId());
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (Map.Entry<TopicPartition, Long> position : positions.entrySet()) {
            long offset = committed.getOrDefault(position.getKey(), 0L);
            offsets.put(position.getKey(), offset);
            if (offset < position.getValue()) {
                LOG.warn(
                        "Unit {} was closed before its last commit: {} goes on at {}, not at {}",
                        spec.applicationId(),
                        position.getKey(),
                        offset,
                        position.getValue());
            }
        }
        return offsets;
    }

    /** Forgets a failure, so that the unit is made anew at once. */
    void retryNow() {
        nextTry = 0;
        pause = FIRST_PAUSE_MILLIS;
        if (unit == null) {
            phase = Phase.IDLE;
            reason = Optional.empty();
        }
    }

    Phase phase() {
        return phase;
    }

    Optional<Reason> reason() {
        return reason;
    }

    /** Whether a circuit breaker keeps the unit from its work. */
    boolean isHeldBack() {
        return reason.equals(Optional.of(Reason.CIRCUIT_BREAKER_OPEN));
    }

    Optional<String> error() {
        return error;
    }

    /** How many tasks the unit has over all pods; 1 before it is known. */
    int tasks() {
        return tasks;
    }

    JobStatus.UnitStatus status() {
        StreamsUnit running = unit;
        return new JobStatus.UnitStatus(
                spec.applicationId(),
                running == null ? phase.name() : running.state().name(),
                running == null ? 0 : running.threads(),
                running == null ? List.of() : running.tasks(),
                rebuilds);
    }

    long inFlight() {
        StreamsUnit running = unit;
        return running == null ? 0 : running.inFlight();
    }

    /** Unread records by partition. */
    Map<TopicPartition, Long> lags() {
        StreamsUnit running = unit;
        return running == null ? Map.of() : running.lags();
    }

    /** Committed offsets of the source partitions that this pod reads, or read last. */
    Map<TopicPartition, Long> offsets() {
        StreamsUnit running = unit;
        Map<TopicPartition, Long> offsets = new HashMap<>(running == null ? finalOffsets : running.committedOffsets());
        offsets.keySet().removeIf(partition -> !topics.sources().contains(partition.topic()));
        return offsets;
    }
}
