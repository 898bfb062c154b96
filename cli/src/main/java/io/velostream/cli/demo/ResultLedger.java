package io.velostream.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what the queries write, as a read_committed consumer does, and keeps a ledger: which big orders came, and what
 * each customer's minute came to. In the end it is held against what must be there, record by record.
 */
final class ResultLedger implements AutoCloseable {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final int SAMPLES = 3;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String bigOrdersTopic;
    private final Thread thread;
    private final BitSet bigOrders = new BitSet();
    private final Map<Minute, Total> totals = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private final Deque<String> samples = new ArrayDeque<>();
    private long rows;
    private volatile boolean closing;

    /** One customer's minute. */
    record Minute(int customer, long window) {}

    /** What it came to. */
    record Total(long orders, long cents) {
        Total plus(long moreCents) {
            return new Total(orders + 1, cents + moreCents);
        }
    }

    ResultLedger(String bootstrapServers, String bigOrdersTopic, String totalsTopic) {
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        this.bigOrdersTopic = bigOrdersTopic;
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : List.of(bigOrdersTopic, totalsTopic)) {
            consumer.partitionsFor(topic).forEach(p -> partitions.add(new TopicPartition(p.topic(), p.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        this.thread = Thread.ofPlatform().name("result-ledger").daemon().start(this::run);
    }

    private void run() {
        while (!closing) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                take(record);
            }
        }
        consumer.close();
    }

    private synchronized void take(ConsumerRecord<byte[], byte[]> record) {
        rows++;
        JsonNode row;
        try {
            row = JSON.readTree(record.value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (samples.size() == SAMPLES) {
            samples.removeFirst();
        }
        samples.addLast(record.topic() + "  " + new String(record.value(), java.nio.charset.StandardCharsets.UTF_8));
        if (record.topic().equals(bigOrdersTopic)) {
            takeBigOrder(row);
        } else {
            takeTotal(row);
        }
    }

    private void takeBigOrder(JsonNode row) {
        int id = row.path("id").asInt();
        if (bigOrders.get(id)) {
            wrong.add("big order " + id + " came twice");
        }
        bigOrders.set(id);
        Order order = Order.number(id);
        if (!row.path("customer").asText().equals(order.customerName())
                || row.path("amount").decimalValue().compareTo(new BigDecimal(Order.amount(order.cents()))) != 0) {
            wrong.add("big order " + id + " came as " + row);
        }
    }

    private void takeTotal(JsonNode row) {
        String name = row.path("customer").asText();
        if (!name.startsWith("customer-")) {
            wrong.add("a total of " + name + " came, whose window must stay open");
            return;
        }
        Minute minute = new Minute(
                Integer.parseInt(name.substring("customer-".length())),
                row.path("minute").asLong());
        Total total = new Total(
                row.path("orders").asLong(),
                row.path("total").decimalValue().movePointRight(2).longValueExact());
        Total before = totals.put(minute, total);
        if (before != null) {
            wrong.add("the minute " + minute + " came twice: " + before + " and " + total);
        }
    }

    /** Rows read so far. */
    synchronized long rows() {
        return rows;
    }

    /** Customers that have a total so far. */
    synchronized long customers() {
        return totals.keySet().stream().mapToInt(Minute::customer).distinct().count();
    }

    /** The last few rows, as topic and payload. */
    synchronized List<String> samples() {
        return List.copyOf(samples);
    }

    /**
     * What differs from what so many orders must give; empty when everything is there exactly once.
     *
     * @param orders how many orders were fed
     */
    synchronized List<String> differences(long orders) {
        List<String> differences = new ArrayList<>(wrong);
        Map<Minute, Total> expected = new HashMap<>();
        for (long id = 0; id < orders; id++) {
            Order order = Order.number(id);
            if (order.isBig() && !bigOrders.get((int) id)) {
                differences.add("big order " + id + " is missing");
            }
            expected.merge(
                    new Minute(order.customer(), order.window()),
                    new Total(1, order.cents()),
                    (have, one) -> have.plus(one.cents()));
        }
        bigOrders.stream()
                .filter(id -> id >= orders || !Order.number(id).isBig())
                .forEach(id -> differences.add("order " + id + " came, but is not big"));
        expected.forEach((minute, total) -> {
            if (!total.equals(totals.get(minute))) {
                differences.add("the minute " + minute + " must be " + total + ", came as " + totals.get(minute));
            }
        });
        totals.keySet().stream()
                .filter(minute -> !expected.containsKey(minute))
                .forEach(minute -> differences.add("the minute " + minute + " came, but had no order"));
        return differences;
    }

    /** Rows that so many orders must give: big orders and customers' minutes. */
    static long expectedRows(long orders) {
        long big = 0;
        java.util.Set<Minute> minutes = new java.util.HashSet<>();
        for (long id = 0; id < orders; id++) {
            Order order = Order.number(id);
            big += order.isBig() ? 1 : 0;
            minutes.add(new Minute(order.customer(), order.window()));
        }
        return big + minutes.size();
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
