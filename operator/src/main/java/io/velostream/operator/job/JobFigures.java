package io.velostream.operator.job;

import io.velostream.crd.v1alpha1.ConsumerGroupStatus;
import io.velostream.crd.v1alpha1.LastError;
import io.velostream.crd.v1alpha1.PartitionOffset;
import io.velostream.crd.v1alpha1.QueryStatus;
import io.velostream.crd.v1alpha1.VeloStreamJobStatus;
import io.velostream.operator.engine.EngineJobDocument.DesiredState;
import io.velostream.operator.engine.EngineJobStatus;
import io.velostream.operator.status.Figures;
import io.velostream.operator.status.Messages;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What all pods together say of a job: its queries, rates, backlog and offsets. Pure functions. */
final class JobFigures {

    private static final int MOST_OFFSETS = 1000;
    private static final int MOST_QUERIES = 200;

    private JobFigures() {}

    /** The queries, each with the state that is farthest from running in any pod. */
    static List<QueryStatus> queries(List<EngineJobStatus> statuses, List<QueryStatus> before, String now) {
        Map<String, QueryStatus> byName = new TreeMap<>();
        for (EngineJobStatus status : statuses) {
            for (EngineJobStatus.Query query : status.queries()) {
                QueryStatus next = query(query, before, now);
                byName.merge(query.name(), next, (one, other) -> isRunning(one) ? other : one);
            }
        }
        return byName.values().stream().limit(MOST_QUERIES).toList();
    }

    private static QueryStatus query(EngineJobStatus.Query query, List<QueryStatus> before, String now) {
        LastError error = query.lastError()
                .map(Messages::bounded)
                .map(message -> before.stream()
                        .filter(old -> old.name().equals(query.name()))
                        .map(QueryStatus::lastError)
                        .filter(old -> old != null && old.message().equals(message))
                        .findFirst()
                        .orElseGet(() -> new LastError(message, now)))
                .orElse(null);
        return new QueryStatus(query.name(), query.kind(), query.source(), query.sink(), query.state(), error);
    }

    private static boolean isRunning(QueryStatus query) {
        return "RUNNING".equalsIgnoreCase(query.state());
    }

    static @Nullable Long throughput(List<EngineJobStatus> statuses, VeloStreamJobStatus before) {
        return Figures.settled(before.throughput(), sum(statuses, Figure.RATE));
    }

    static @Nullable Long backlog(List<EngineJobStatus> statuses, VeloStreamJobStatus before) {
        return Figures.settled(before.backlog(), sum(statuses, Figure.BACKLOG));
    }

    /** The group and how many records of the sources are not committed yet. */
    static ConsumerGroupStatus group(String applicationId, List<EngineJobStatus> statuses, VeloStreamJobStatus before) {
        Long lag = Figures.settled(
                before.consumerGroup() == null ? null : before.consumerGroup().lag(), sum(statuses, Figure.LAG));
        return new ConsumerGroupStatus(applicationId, lag);
    }

    /** Where a drain ended, once it did: the highest committed offset of each partition that a pod names. */
    static List<PartitionOffset> offsets(DesiredState wanted, List<EngineJobStatus> statuses) {
        boolean leaving = wanted == DesiredState.DRAINED || wanted == DesiredState.STOPPED;
        if (!leaving || statuses.isEmpty() || !statuses.stream().allMatch(EngineJobStatus::isDrained)) {
            return List.of();
        }
        Map<String, PartitionOffset> highest = new TreeMap<>();
        for (EngineJobStatus status : statuses) {
            for (EngineJobStatus.Offset offset : status.offsets()) {
                highest.merge(
                        offset.topic() + "/" + offset.partition(),
                        new PartitionOffset(offset.topic(), offset.partition(), offset.offset()),
                        (one, other) -> one.offset() >= other.offset() ? one : other);
            }
        }
        return highest.values().stream()
                .sorted(Comparator.comparing(PartitionOffset::topic).thenComparing(PartitionOffset::partition))
                .limit(MOST_OFFSETS)
                .toList();
    }

    private enum Figure {
        RATE,
        BACKLOG,
        LAG
    }

    private static Optional<Long> sum(List<EngineJobStatus> statuses, Figure figure) {
        return statuses.isEmpty()
                ? Optional.empty()
                : Optional.of(statuses.stream()
                        .mapToLong(status -> switch (figure) {
                            case RATE -> status.recordsPerSecond();
                            case BACKLOG -> status.backlog();
                            case LAG -> status.backlog() + status.inFlight();
                        })
                        .sum());
    }
}
