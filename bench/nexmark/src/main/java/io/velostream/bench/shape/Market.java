package io.velostream.bench.shape;

import io.velostream.bench.nexmark.event.Record;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** The data of all shapes: orders and payments in the order of time, 200 orders a second, and a table of customers. */
final class Market {

    static final int CUSTOMERS = 1_000;

    private static final int UNKNOWN = 100;
    private static final long BEGIN = 1_700_002_800_000L;
    private static final long STEP = 5;
    private static final int LATEST_PAYMENT = 5_000;

    private final List<Order> orders = new ArrayList<>();
    private final List<Customer> customers = new ArrayList<>();

    Market(long size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (long id = 1; id <= CUSTOMERS; id++) {
            int kind = (int) (id % 10);
            String tier = kind == 0 ? "gold" : kind <= 3 ? "silver" : "bronze";
            long base = kind == 0 ? 1_000 : kind <= 3 ? 8_000 : 9_000;
            customers.add(new Customer(id, tier, base + random.nextInt(1_000)));
        }
        for (long id = 0; id < size; id++) {
            orders.add(new Order(
                    id,
                    1 + random.nextInt(CUSTOMERS + UNKNOWN),
                    (1 + random.nextInt(40_000)) * 0.25,
                    BEGIN + id * STEP,
                    random.nextInt(3) == 0 ? OptionalLong.empty() : OptionalLong.of(random.nextInt(LATEST_PAYMENT))));
        }
    }

    List<Order> orders() {
        return orders;
    }

    List<Customer> customers() {
        return customers;
    }

    /** The customer of an order, where it is known. */
    boolean isKnown(Order order) {
        return order.customer() <= CUSTOMERS;
    }

    Customer customer(Order order) {
        return customers.get((int) order.customer() - 1);
    }

    /** What the topics hold, the table first, in the order of time. */
    List<Record> records() {
        List<Record> table = new ArrayList<>();
        for (Customer customer : customers) {
            table.add(record(
                    "customers",
                    customer.id(),
                    "{\"id\":%d,\"tier\":\"%s\",\"lim\":%d}"
                            .formatted(customer.id(), customer.tier(), customer.limit()),
                    BEGIN));
        }
        List<Record> streams = new ArrayList<>();
        for (Order order : orders) {
            streams.add(record(
                    "orders",
                    order.id(),
                    "{\"id\":" + order.id() + ",\"customer\":" + order.customer() + ",\"amount\":" + order.amount()
                            + ",\"status\":\"NEW\",\"note\":\"nothing that anybody reads\",\"ts\":" + order.time()
                            + "}",
                    order.time()));
            order.paid()
                    .ifPresent(delay -> streams.add(record(
                            "payments",
                            order.id(),
                            "{\"order_id\":" + order.id() + ",\"method\":\"card\",\"ts\":" + (order.time() + delay)
                                    + "}",
                            order.time() + delay)));
        }
        streams.sort(Comparator.comparingLong(Record::timestamp));
        table.addAll(streams);
        return table;
    }

    private static Record record(String topic, long key, String json, long timestamp) {
        return new Record(topic, bytes(Long.toString(key)), bytes(json), timestamp);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
