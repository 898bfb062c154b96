package io.velostream.operator.e2e;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The records that the quickstart's job is fed with, and what it must make of them. */
final class Orders {

    static final BigDecimal HIGH_VALUE = new BigDecimal("100");
    private static final BigDecimal TAX = new BigDecimal("0.19");
    private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");
    private static final int CUSTOMERS = 50;

    private Orders() {}

    /** One order; the fields are those of the quickstart's stream. */
    record Order(long id, String customer, BigDecimal amount, Instant at) {

        String json() {
            return "{\"id\": %d, \"customer\": \"%s\", \"amount\": %s, \"ts\": \"%s\"}"
                    .formatted(id, customer, amount, at);
        }
    }

    /** {@code count} orders over three minutes, never older than the newest by more than two seconds. */
    static List<Order> make(int count) {
        Random random = new Random(17);
        List<Order> orders = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long millis = i * 180_000L / count - random.nextInt(2000);
            orders.add(new Order(
                    i,
                    "c-" + random.nextInt(CUSTOMERS),
                    BigDecimal.valueOf(random.nextInt(20_000), 2),
                    START.plusMillis(Math.max(0, millis))));
        }
        return orders;
    }

    /** An order so late in time that every window before it closes. */
    static Order closing(long id) {
        return new Order(id, "closing", new BigDecimal("1.00"), START.plusSeconds(86_400));
    }

    /** id, amount and tax of each order that the filter lets through. */
    static SortedSet<String> highValue(List<Order> orders) {
        SortedSet<String> rows = new TreeSet<>();
        for (Order order : orders) {
            if (order.amount().compareTo(HIGH_VALUE) >= 0) {
                rows.add(order.id() + " " + order.customer() + " " + plain(order.amount()) + " "
                        + plain(order.amount().multiply(TAX)));
            }
        }
        return rows;
    }

    /** Number and sum of the orders by customer and minute. */
    static SortedMap<String, String> byMinute(List<Order> orders) {
        SortedMap<String, BigDecimal> totals = new TreeMap<>();
        SortedMap<String, Integer> counts = new TreeMap<>();
        for (Order order : orders) {
            String group = order.customer() + " " + order.at().getEpochSecond() / 60 * 60_000;
            totals.merge(group, order.amount(), BigDecimal::add);
            counts.merge(group, 1, Integer::sum);
        }
        SortedMap<String, String> rows = new TreeMap<>();
        totals.forEach((group, total) -> rows.put(group, counts.get(group) + " " + plain(total)));
        return rows;
    }

    /** Decimals compare by value, so both sides are written with the same number of digits. */
    static String plain(BigDecimal amount) {
        return amount.setScale(4, RoundingMode.UNNECESSARY).toPlainString();
    }
}
