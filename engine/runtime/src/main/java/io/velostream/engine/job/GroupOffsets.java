package io.velostream.engine.job;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Reads and sets the committed offsets of a unit's group. */
final class GroupOffsets {

    private static final int TIMEOUT_SECONDS = 15;

    private final Admin admin;

    GroupOffsets(Admin admin) {
        this.admin = admin;
    }

    /**
     * The committed offsets of a group.
     *
     * @throws ExecutionException when the broker refuses
     * @throws TimeoutException when it does not answer
     */
    Map<TopicPartition, Long> committed(String group)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        offsets.put(partition, offset.offset());
                    }
                });
        return offsets;
    }

    /**
     * Lets a group that has never committed begin at a time: at the first record at or after it, or at the end. Partitions
     * that have an offset are left alone, and so is a group that already has members.
     */
    void beginAt(String group, long timestampMillis, Map<String, Integer> topics)
            throws ExecutionException, TimeoutException, InterruptedException {
        Set<TopicPartition> missing = topics.entrySet().stream()
                .flatMap(topic -> IntStream.range(0, topic.getValue())
                        .mapToObj(partition -> new TopicPartition(topic.getKey(), partition)))
                .collect(Collectors.toSet());
        missing.removeAll(committed(group).keySet());
        if (missing.isEmpty() || hasMembers(group)) {
            return;
        }
        Map<TopicPartition, ListOffsetsResultInfo> atTime = list(missing, OffsetSpec.forTimestamp(timestampMillis));
        Map<TopicPartition, ListOffsetsResultInfo> atEnd = list(missing, OffsetSpec.latest());
        Map<TopicPartition, OffsetAndMetadata> start = new HashMap<>();
        for (TopicPartition partition : missing) {
            ListOffsetsResultInfo found = atTime.get(partition);
            ListOffsetsResultInfo end = atEnd.get(partition);
            if (found != null && found.offset() >= 0) {
                start.put(partition, new OffsetAndMetadata(found.offset()));
            } else if (end != null) {
                start.put(partition, new OffsetAndMetadata(end.offset()));
            }
        }
        admin.alterConsumerGroupOffsets(group, start).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    private boolean hasMembers(String group) throws ExecutionException, TimeoutException, InterruptedException {
        return !members(group).isEmpty();
    }

    /** Members of a group whose client ids begin with something else. */
    long strangers(String group, String clientIdPrefix)
            throws ExecutionException, TimeoutException, InterruptedException {
        return members(group).stream()
                .filter(member -> !member.clientId().startsWith(clientIdPrefix))
                .count();
    }

    private List<MemberDescription> members(String group)
            throws ExecutionException, TimeoutException, InterruptedException {
        try {
            return admin
                    .describeConsumerGroups(List.of(group))
                    .all()
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .values()
                    .stream()
                    .flatMap(described -> described.members().stream())
                    .toList();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return List.of();
            }
            throw e;
        }
    }

    private Map<TopicPartition, ListOffsetsResultInfo> list(Set<TopicPartition> partitions, OffsetSpec at)
            throws ExecutionException, TimeoutException, InterruptedException {
        return admin.listOffsets(partitions.stream().collect(Collectors.toMap(p -> p, p -> at)))
                .all()
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
}
