package io.velostream.cli.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a read_committed consumer has seen, and whether every row is there exactly once. Not safe for several threads. */
final class PaymentLedger implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration QUIET = Duration.ofMillis(500);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final BitSet large = new BitSet();
    private final Map<String, BitSet> counts = new HashMap<>();
    private final Map<String, Long> sums = new HashMap<>();
    private final Map<String, Long> minutes = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private long rows;

    PaymentLedger(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        20_000,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : List.of("large", "counts", "minutes")) {
            consumer.partitionsFor(topic).forEach(p -> partitions.add(new TopicPartition(p.topic(), p.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads what has been committed meanwhile, until there is no more. */
    void readOn() {
        for (ConsumerRecords<byte[], byte[]> batch = consumer.poll(QUIET);
                !batch.isEmpty();
                batch = consumer.poll(QUIET)) {
            batch.forEach(this::take);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        JsonNode row = parse(record.value());
        if (row.path("account").asText().equals(Payment.CLOSING)) {
            return;
        }
        rows++;
        switch (record.topic()) {
            case "large" -> takeLarge(row);
            case "counts" -> takeCount(row);
            default -> takeMinute(row);
        }
    }

    private static JsonNode parse(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void takeLarge(JsonNode row) {
        int id = row.path("id").asInt();
        if (large.get(id)) {
            wrong.add("large payment " + id + " came twice");
        }
        large.set(id);
    }

    private void takeCount(JsonNode row) {
        String account = row.path("account").asText();
        int n = row.path("n").asInt();
        BitSet seen = counts.computeIfAbsent(account, key -> new BitSet());
        if (seen.get(n)) {
            wrong.add("count " + n + " of " + account + " came twice");
        }
        seen.set(n);
        sums.merge(account, row.path("total").asLong(), Math::max);
    }

    private void takeMinute(JsonNode row) {
        String key = row.path("account").asText() + "@" + row.path("minute").asLong();
        String value = row.path("n").asText();
        if (minutes.put(key, Long.parseLong(value)) != null) {
            wrong.add("minute " + key + " came twice");
        }
    }

    long rows() {
        return rows;
    }

    /** Rows by topic, for a failing test. */
    String summary() {
        return "large " + large.cardinality() + ", counts "
                + counts.values().stream().mapToInt(BitSet::cardinality).sum() + ", minutes " + minutes.size();
    }

    /** The differences from what so many payments must give, at most twenty of them. */
    List<String> differences(int payments) {
        List<String> differences = new ArrayList<>(wrong);
        Map<String, Integer> expectedCounts = new HashMap<>();
        Map<String, Long> expectedSums = new HashMap<>();
        Map<String, Long> expectedMinutes = new HashMap<>();
        BitSet expectedLarge = new BitSet();
        for (int id = 0; id < payments; id++) {
            Payment payment = Payment.number(id);
            String account = "a" + payment.account();
            expectedCounts.merge(account, 1, Integer::sum);
            expectedSums.merge(account, payment.cents(), Long::sum);
            expectedMinutes.merge(account + "@" + payment.minute(), 1L, Long::sum);
            expectedLarge.set(id, payment.isLarge());
        }
        if (!expectedLarge.equals(large)) {
            expectedLarge.xor(large);
            differences.add(expectedLarge.cardinality() + " large payments are lost or must not be there");
        }
        expectedCounts.forEach((account, n) -> {
            BitSet seen = counts.getOrDefault(account, new BitSet());
            if (seen.cardinality() != n || seen.nextClearBit(1) != n + 1) {
                differences.add("counts of " + account + " must be 1.." + n + ", came " + seen.cardinality() + " up to "
                        + (seen.length() - 1));
            }
            if (!expectedSums.get(account).equals(sums.get(account))) {
                differences.add("the sum of " + account + " must be " + expectedSums.get(account) + ", came as "
                        + sums.get(account));
            }
        });
        expectedMinutes.forEach((minute, n) -> {
            if (!n.equals(minutes.get(minute))) {
                differences.add("minute " + minute + " must count " + n + ", came as " + minutes.get(minute));
            }
        });
        minutes.keySet().stream()
                .filter(minute -> !expectedMinutes.containsKey(minute))
                .forEach(minute -> differences.add("minute " + minute + " must not be there"));
        return differences.stream().limit(20).toList();
    }

    /** Rows that so many payments must give. */
    static long expectedRows(int payments) {
        long rows = payments;
        java.util.Set<String> minutes = new java.util.HashSet<>();
        for (int id = 0; id < payments; id++) {
            Payment payment = Payment.number(id);
            rows += payment.isLarge() ? 1 : 0;
            minutes.add(payment.account() + "@" + payment.minute());
        }
        return rows + minutes.size();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
