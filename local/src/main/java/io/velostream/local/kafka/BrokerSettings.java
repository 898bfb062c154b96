package io.velostream.local.kafka;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The broker properties of a single-node cluster: replication factors of one, internal topics with one partition, and waiting
 * times that suit a machine where nobody else can join.
 */
record BrokerSettings(int defaultPartitions, Map<String, String> overrides) {
    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    Map<String, String> toMap(Path directory, int port, int controllerPort) {
        Map<String, String> map = new HashMap<>();
        map.put("process.roles", "broker,controller");
        map.put("node.id", Integer.toString(NODE_ID));
        map.put(
                "listeners",
                "BROKER://127.0.0.1:%d,%s://127.0.0.1:%d".formatted(port, CONTROLLER_LISTENER, controllerPort));
        map.put("advertised.listeners", "BROKER://127.0.0.1:" + port);
        map.put("listener.security.protocol.map", "BROKER:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        map.put("inter.broker.listener.name", "BROKER");
        map.put("controller.listener.names", CONTROLLER_LISTENER);
        map.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        map.put("log.dirs", directory.toString());
        map.put("auto.create.topics.enable", "false");
        map.put("num.partitions", Integer.toString(defaultPartitions));
        // Retention goes by record time: with Kafka's seven days, replayed events of last year vanish after half a
        // minute.
        map.put("log.retention.ms", "-1");
        singleReplica(map);
        noWaitingForOthers(map);
        map.putAll(overrides);
        return map;
    }

    private static void singleReplica(Map<String, String> map) {
        map.put("default.replication.factor", "1");
        map.put("min.insync.replicas", "1");
        map.put("offsets.topic.replication.factor", "1");
        map.put("offsets.topic.num.partitions", "1");
        map.put("transaction.state.log.replication.factor", "1");
        map.put("transaction.state.log.min.isr", "1");
        map.put("transaction.state.log.num.partitions", "1");
        map.put("share.coordinator.state.topic.replication.factor", "1");
        map.put("share.coordinator.state.topic.min.isr", "1");
        map.put("share.coordinator.state.topic.num.partitions", "1");
    }

    private static void noWaitingForOthers(Map<String, String> map) {
        map.put("controller.quorum.election.timeout.ms", "100");
        map.put("controller.quorum.election.backoff.max.ms", "100");
        map.put("broker.heartbeat.interval.ms", "200");
        map.put("group.initial.rebalance.delay.ms", "0");
        // A client may ask for a session far below Kafka's floor of 6 s, so that a killed member is noticed soon.
        map.put("group.min.session.timeout.ms", "500");
        map.put("group.consumer.min.session.timeout.ms", "500");
        map.put("group.consumer.min.heartbeat.interval.ms", "100");
        // The cleaner's offset map is taken from the heap at once; the default of 128 MB is meant for a server.
        map.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
    }
}
