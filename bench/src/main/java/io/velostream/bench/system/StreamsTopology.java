package io.velostream.bench.system;

import io.velostream.bench.data.DataSpec;
import io.velostream.bench.data.PaymentGenerator;
import io.velostream.bench.query.BenchQuery;
import java.time.Duration;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.EmitStrategy;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.JoinWindows;
import org.apache.kafka.streams.kstream.Joined;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.StreamJoined;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/** The queries in Kafka Streams' DSL, written as its documentation teaches: Jackson serdes and the default RocksDB stores. */
final class StreamsTopology {
    /** Stands for a NULL merchant: Kafka Streams drops records without a key before it groups them. */
    private static final String NO_MERCHANT = "";

    /**
     * The default, window and grace, loses closed windows here: they are written at most once a second of wall clock, in which
     * a backlog moves event time by more than that, and the store drops them first.
     */
    private static final Duration RETENTION = Duration.ofMinutes(30);

    record Projected(
            long id,
            @Nullable String customer,
            @Nullable String product,
            @Nullable Double amount,
            @Nullable Double total) {}

    record Amount(@Nullable Double amount) {}

    record WindowRow(
            String customer,
            long n,
            @Nullable Double total,
            @Nullable Double average,
            long window_start) {}

    record CustomerRow(String customer, long n, @Nullable Double total) {}

    record MerchantRow(
            @Nullable String merchant, long n, @Nullable Double total) {}

    record OrderOfCustomer(
            long id,
            @Nullable String customer,
            @Nullable String name,
            @Nullable String tier,
            @Nullable Double amount,
            @Nullable Double discount) {}

    record PaidOrder(
            long id,
            @Nullable String customer,
            @Nullable Double amount,
            long payment,
            @Nullable String method,
            @Nullable Double paid) {}

    private final Serde<String> text = Serdes.String();
    private final Serde<JsonOrder> orders = new JsonSerde<>(JsonOrder.class);
    private final Serde<Totals> totals = new JsonSerde<>(Totals.class);
    private final String output;
    private final StreamsBuilder builder = new StreamsBuilder();

    private StreamsTopology(String output) {
        this.output = output;
    }

    static Topology of(Assignment assignment) {
        StreamsTopology topology = new StreamsTopology(assignment.output());
        BenchQuery query = assignment.query();
        KStream<String, JsonOrder> rows = topology.builder.stream(
                        assignment.input(),
                        Consumed.with(topology.text, topology.orders).withTimestampExtractor(eventTime()))
                .filter((key, order) -> order != null);
        switch (query) {
            case Q1, Q1S -> topology.project(rows, query.minimumScore());
            case Q2 -> topology.window(rows);
            case Q3 -> topology.groupByKey(rows);
            case Q3R -> topology.groupByMerchant(rows);
            case Q4 -> topology.joinTable(rows, assignment.side());
            case Q5 -> topology.joinStream(rows, assignment.side());
        }
        return topology.builder.build();
    }

    private static TimestampExtractor eventTime() {
        // A tombstone has no event time; the partition's time so far keeps it from moving the clock.
        return (record, partitionTime) -> switch (record.value()) {
            case JsonOrder order -> order.ts;
            case JsonPayment payment -> payment.ts;
            case null, default -> Math.max(0, partitionTime);
        };
    }

    /** The table's records carry times before all orders, so that a task works them off first. */
    private void joinTable(KStream<String, JsonOrder> rows, String table) {
        JsonSerde<JsonCustomer> customers = new JsonSerde<>(JsonCustomer.class);
        KTable<String, JsonCustomer> byKey = builder.table(
                table,
                Consumed.with(text, customers),
                Materialized.<String, JsonCustomer, KeyValueStore<Bytes, byte[]>>as("customers")
                        .withKeySerde(text)
                        .withValueSerde(customers));
        rows.join(byKey, StreamsTopology::customerRow, Joined.with(text, orders, customers))
                .to(output, Produced.with(text, new JsonSerde<>(OrderOfCustomer.class)));
    }

    private static OrderOfCustomer customerRow(JsonOrder order, JsonCustomer customer) {
        return new OrderOfCustomer(
                order.id,
                order.customer,
                customer.name,
                customer.tier,
                order.amount,
                order.amount == null || customer.rate == null ? null : order.amount * customer.rate);
    }

    private void joinStream(KStream<String, JsonOrder> rows, String stream) {
        JsonSerde<JsonPayment> payments = new JsonSerde<>(JsonPayment.class);
        KStream<String, JsonPayment> others = builder.stream(
                        stream, Consumed.with(text, payments).withTimestampExtractor(eventTime()))
                .filter((key, payment) -> payment != null);
        rows.join(
                        others,
                        (order, payment) -> new PaidOrder(
                                order.id, order.customer, order.amount, payment.payment, payment.method, payment.paid),
                        JoinWindows.ofTimeDifferenceAndGrace(
                                Duration.ofMillis(PaymentGenerator.WITHIN_MILLIS),
                                Duration.ofMillis(DataSpec.WATERMARK_DELAY_MILLIS)),
                        StreamJoined.with(text, orders, payments))
                .to(output, Produced.with(text, new JsonSerde<>(PaidOrder.class)));
    }

    private void project(KStream<String, JsonOrder> rows, int minimumScore) {
        rows.filter((key, order) -> order.score >= minimumScore)
                .mapValues(order -> new Projected(
                        order.id,
                        order.customer,
                        order.product,
                        order.amount,
                        order.amount == null || order.quantity == null ? null : order.amount * order.quantity))
                .to(output, Produced.with(text, new JsonSerde<>(Projected.class)));
    }

    private void window(KStream<String, JsonOrder> rows) {
        rows.groupByKey(Grouped.with(text, orders))
                .windowedBy(TimeWindows.ofSizeAndGrace(
                        Duration.ofMillis(DataSpec.WINDOW_MILLIS), Duration.ofMillis(DataSpec.WATERMARK_DELAY_MILLIS)))
                .emitStrategy(EmitStrategy.onWindowClose())
                .aggregate(
                        Totals::new,
                        (customer, order, sums) -> sums.add(order.amount),
                        Materialized.<String, Totals, WindowStore<Bytes, byte[]>>as("sums")
                                .withKeySerde(text)
                                .withValueSerde(totals)
                                .withRetention(RETENTION))
                .toStream()
                .map((window, sums) -> KeyValue.pair(window.key(), windowRow(window, sums)))
                .to(output, Produced.with(text, new JsonSerde<>(WindowRow.class)));
    }

    private static WindowRow windowRow(Windowed<String> window, Totals sums) {
        return new WindowRow(
                window.key(), sums.n, sums.sum(), sums.mean(), window.window().start());
    }

    private void groupByKey(KStream<String, JsonOrder> rows) {
        rows.groupByKey(Grouped.with(text, orders))
                .aggregate(Totals::new, (customer, order, sums) -> sums.add(order.amount), sums())
                .toStream()
                .mapValues((customer, sums) -> new CustomerRow(customer, sums.n, sums.sum()))
                .to(output, Produced.with(text, new JsonSerde<>(CustomerRow.class)));
    }

    private void groupByMerchant(KStream<String, JsonOrder> rows) {
        rows.map((customer, order) ->
                        KeyValue.pair(order.merchant == null ? NO_MERCHANT : order.merchant, new Amount(order.amount)))
                .groupByKey(Grouped.with("merchant", text, new JsonSerde<>(Amount.class)))
                .aggregate(Totals::new, (merchant, order, sums) -> sums.add(order.amount()), sums())
                .toStream()
                .mapValues((merchant, sums) ->
                        new MerchantRow(merchant.equals(NO_MERCHANT) ? null : merchant, sums.n, sums.sum()))
                .to(output, Produced.with(text, new JsonSerde<>(MerchantRow.class)));
    }

    private Materialized<String, Totals, KeyValueStore<Bytes, byte[]>> sums() {
        return Materialized.<String, Totals, KeyValueStore<Bytes, byte[]>>as("sums")
                .withKeySerde(text)
                .withValueSerde(totals);
    }
}
