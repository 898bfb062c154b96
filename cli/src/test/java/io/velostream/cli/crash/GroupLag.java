package io.velostream.cli.crash;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** How far each consumer group is behind, what its members hold, and where a transaction hangs: for a failing test. */
final class GroupLag {

    private GroupLag() {}

    static String of(String bootstrapServers) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            StringBuilder text = new StringBuilder();
            for (GroupListing group : admin.listGroups().all().get()) {
                text.append(describe(admin, group.groupId())).append('\n');
            }
            return text.toString();
        } catch (ExecutionException | InterruptedException e) {
            return "The lag is not known: " + e;
        }
    }

    private static String describe(Admin admin, String group) throws ExecutionException, InterruptedException {
        StringBuilder text = new StringBuilder(group).append(": ");
        admin.describeConsumerGroups(List.of(group))
                .all()
                .get()
                .get(group)
                .members()
                .forEach(member -> text.append(member.clientId())
                        .append(" holds ")
                        .append(member.assignment().topicPartitions().size())
                        .append("; "));
        Map<TopicPartition, OffsetAndMetadata> committed =
                new TreeMap<>(Comparator.comparing(TopicPartition::toString));
        committed.putAll(admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get());
        for (Map.Entry<TopicPartition, OffsetAndMetadata> entry : committed.entrySet()) {
            Map<TopicPartition, OffsetSpec> latest = Map.of(entry.getKey(), OffsetSpec.latest());
            long stable = admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                    .partitionResult(entry.getKey())
                    .get()
                    .offset();
            long end = admin.listOffsets(latest)
                    .partitionResult(entry.getKey())
                    .get()
                    .offset();
            text.append("\n  ")
                    .append(entry.getKey())
                    .append(' ')
                    .append(entry.getValue() == null ? -1 : entry.getValue().offset())
                    .append(" of ")
                    .append(stable == end ? "" + end : stable + ", uncommitted to " + end);
        }
        return text.toString();
    }
}
