package io.velostream.engine.runtime.topology;

import io.velostream.engine.guard.RateLimitedLog;
import io.velostream.engine.guard.RetryLedger;
import io.velostream.engine.plan.physical.StageInput;
import io.velostream.engine.plan.physical.UnitPlan;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.TaskId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One unit as a running Streams application on this pod. It is started once and closed once; after a failure its owner
 * closes it and makes another, so that stores and processors are fresh. Safe for use by several threads.
 */
public final class StreamsUnit {

    private static final Logger LOG = LoggerFactory.getLogger(StreamsUnit.class);

    /** The life of a unit. */
    public enum State {
        CREATED,
        REBALANCING,
        RUNNING,
        FAILED,
        CLOSED
    }

    private final UnitSettings settings;
    private final UnitTopics topics;
    private final UnitProgress progress = new UnitProgress();
    private final IntakeGate gate;
    private final KafkaStreams streams;
    private volatile Optional<Throwable> failure = Optional.empty();
    private volatile boolean closed;

    /**
     * Makes the topology and the application without starting it.
     *
     * @param retries outlives units
     * @param meterOf the meter of a stage by its id; meters outlive units
     * @param outcomes hears what becomes of the unit's sends
     */
    public StreamsUnit(
            UnitPlan plan,
            UnitSettings settings,
            StageFactory factory,
            RetryLedger retries,
            Function<String, StageMeter> meterOf,
            SendOutcomes outcomes) {
        this.settings = settings;
        this.topics = new UnitTopics(plan, settings.applicationId());
        if (settings.vectorised()) {
            VectorSelfTest.run();
        }
        Set<String> sources = topics.sources();
        FanOut fanOut = new FanOut(settings.vectorised());
        this.gate = new IntakeGate(sources::contains, topics.tables()::contains, progress);
        UnitRuntime runtime = new UnitRuntime(
                settings.job(),
                factory,
                settings.errorPolicy(),
                retries,
                settings.exactlyOnce(),
                settings.rowLimit(),
                false,
                fanOut,
                progress,
                new RateLimitedLog(LOG, InstantSource.system()),
                InstantSource.system(),
                settings.tuning());
        Topology topology = new TopologyBuilder(
                        plan,
                        topics,
                        runtime,
                        settings.deadLetterTopic(),
                        new StartOffsets(plan, settings.start())::of,
                        this::partitions,
                        meterOf)
                .build();
        this.streams = new KafkaStreams(
                topology, StreamsProperties.of(settings), new UnitClients(fanOut, gate, progress, outcomes));
        streams.setUncaughtExceptionHandler(this::failed);
    }

    private int partitions(String topic) {
        Integer count = settings.partitions().get(topic);
        if (count == null) {
            throw new IllegalArgumentException("The partitions of topic " + topic + " are not known");
        }
        return count;
    }

    private StreamThreadExceptionResponse failed(Throwable thrown) {
        LOG.error("Unit {} failed and is closed on this pod", settings.applicationId(), thrown);
        failure = Optional.of(thrown);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /** Joins the group and begins to work. */
    public void start() {
        streams.start();
    }

    /** The application id. */
    public String applicationId() {
        return settings.applicationId();
    }

    /** What the unit does now. */
    public State state() {
        if (closed) {
            return State.CLOSED;
        }
        if (failure.isPresent()) {
            return State.FAILED;
        }
        return switch (streams.state()) {
            case CREATED -> State.CREATED;
            case REBALANCING -> State.REBALANCING;
            case RUNNING -> State.RUNNING;
            case PENDING_ERROR, ERROR -> State.FAILED;
            case PENDING_SHUTDOWN, NOT_RUNNING -> State.CLOSED;
        };
    }

    /** Why the unit failed; empty while it has not. */
    public Optional<Throwable> failure() {
        return failure;
    }

    /** Stops reading source topics; membership and everything between stages goes on. */
    public void shutIntake() {
        gate.shut();
    }

    /** Reads source topics again. */
    public void openIntake() {
        gate.open();
    }

    /** Leaves some source topics unread while the intake is open; empty reads all. */
    public void leaveUnread(Set<String> topics) {
        gate.shutOnly(topics);
    }

    /** Stream threads that live. */
    public int threads() {
        return (int) streams.metadataForLocalThreads().stream()
                .filter(thread -> !thread.threadState().equals("DEAD"))
                .count();
    }

    /** Adds or ends stream threads until there are so many, at least 1. */
    public void resize(int wanted) {
        for (int now = threads(); now < wanted; now++) {
            if (streams.addStreamThread().isEmpty()) {
                return;
            }
        }
        for (int now = threads(); now > Math.max(1, wanted); now--) {
            if (streams.removeStreamThread(Duration.ofSeconds(30)).isEmpty()) {
                return;
            }
        }
    }

    /** The active tasks of this pod, such as {@code 0_3}. */
    public List<String> tasks() {
        return streams.metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .map(task -> task.taskId())
                .sorted()
                .map(TaskId::toString)
                .toList();
    }

    /**
     * Finishes what was read, commits and closes.
     *
     * @param leave whether the group is left, so that others take the partitions at once; else the membership is kept for
     *     the session's length, as a restart wants it
     * @return whether all threads ended in time
     */
    public boolean close(boolean leave, Duration timeout) {
        progress.closing();
        boolean ended = streams.close(CloseOptions.timeout(timeout)
                .withGroupMembershipOperation(
                        leave
                                ? CloseOptions.GroupMembershipOperation.LEAVE_GROUP
                                : CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP));
        closed = ended;
        return ended;
    }

    /** Next offsets of the source partitions that this pod reads, or read last, after the last whole batch. */
    public Map<TopicPartition, Long> positions() {
        Map<TopicPartition, Long> positions = new HashMap<>(progress.positions());
        positions.keySet().retainAll(progress.owned());
        return positions;
    }

    /** Offsets that were committed from here. */
    public Map<TopicPartition, Long> committedOffsets() {
        return progress.committedOffsets();
    }

    /** Offsets processed but not committed. */
    public long inFlight() {
        return progress.inFlight();
    }

    /** Commits since the start. */
    public long commits() {
        return progress.commits();
    }

    /** Records of each partition read by this pod that were not fetched yet, from the consumers' own metrics. */
    public Map<TopicPartition, Long> lags() {
        Map<TopicPartition, Long> lags = new HashMap<>();
        Stream<? extends Metric> metrics = streams.metrics().values().stream();
        metrics.filter(metric -> isMainLag(metric.metricName())).forEach(metric -> {
            Map<String, String> tags = metric.metricName().tags();
            if (metric.metricValue() instanceof Double lag && !lag.isNaN()) {
                lags.merge(
                        new TopicPartition(tags.get("topic"), Integer.parseInt(tags.get("partition"))),
                        Math.max(0, Math.round(lag)),
                        Math::max);
            }
        });
        lags.keySet().retainAll(progress.owned());
        return lags;
    }

    private static boolean isMainLag(MetricName name) {
        return name.name().equals("records-lag")
                && name.group().equals("consumer-fetch-manager-metrics")
                && name.tags().containsKey("partition")
                && !name.tags().getOrDefault("client-id", "").endsWith("restore-consumer");
    }

    /** The unit's topics. */
    public UnitTopics topics() {
        return topics;
    }

    /** The start of each source topic: its own {@code auto.offset.reset}, else the job's. */
    private record StartOffsets(UnitPlan plan, UnitSettings.Start start) {
        AutoOffsetReset of(String topic) {
            String wanted = plan.queries().stream()
                    .flatMap(query -> query.stages().stream())
                    .map(stage -> stage.input())
                    .filter(StageInput.Topic.class::isInstance)
                    .map(input -> ((StageInput.Topic) input).source())
                    .filter(source -> source.topic().equals(topic))
                    .map(source -> source.properties().get("auto.offset.reset"))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(start.name().toLowerCase(Locale.ROOT));
            return wanted.equals("latest") ? AutoOffsetReset.latest() : AutoOffsetReset.earliest();
        }
    }
}
