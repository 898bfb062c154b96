package io.velostream.bench.broker;

import java.util.HashMap;
import java.util.Map;

/**
 * The Kafka client options that every system gets, so that no one wins by its defaults: large fetches and batches, a linger of
 * 20 ms, exactly-once with a commit each second, one broker on loopback, no compression.
 */
public final class ClientSettings {
    /** Commit and checkpoint interval of every system, in milliseconds. */
    public static final int COMMIT_MILLIS = 1000;

    /** The most records that one poll returns. */
    public static final int POLL_RECORDS = 10_000;

    private ClientSettings() {}

    /** Options of consumers. */
    public static Map<String, String> consumer() {
        Map<String, String> map = new HashMap<>();
        map.put("fetch.max.bytes", Integer.toString(16 << 20));
        map.put("max.partition.fetch.bytes", Integer.toString(4 << 20));
        map.put("max.poll.records", Integer.toString(POLL_RECORDS));
        map.put("receive.buffer.bytes", Integer.toString(1 << 20));
        map.put("group.protocol", "classic");
        map.put("isolation.level", "read_committed");
        map.put("auto.offset.reset", "earliest");
        return map;
    }

    /** Options of producers. */
    public static Map<String, String> producer() {
        Map<String, String> map = new HashMap<>();
        map.put("batch.size", Integer.toString(512 << 10));
        map.put("linger.ms", "20");
        map.put("buffer.memory", Integer.toString(64 << 20));
        map.put("send.buffer.bytes", Integer.toString(1 << 20));
        map.put("acks", "all");
        map.put("compression.type", "none");
        map.put("transaction.timeout.ms", "60000");
        return map;
    }
}
