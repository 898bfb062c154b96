package io.velostream.bench.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.bench.data.Customer;
import io.velostream.bench.data.CustomerTable;
import io.velostream.bench.data.DataSpec;
import io.velostream.bench.data.Order;
import io.velostream.bench.data.OrderGenerator;
import io.velostream.bench.data.Payment;
import io.velostream.bench.data.PaymentGenerator;
import io.velostream.bench.query.BenchQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Holds the oracle against definitions that are simpler still and far too slow for a benchmark. */
class OracleTest {
    private static final int RECORDS = 6_000;

    private final OrderGenerator generator = new OrderGenerator(new DataSpec(3, RECORDS, 50, 7, 12, true));
    private final Oracle oracle = new Oracle(generator);
    private final List<Order> orders = orders();

    private List<Order> orders() {
        List<Order> all = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            if (!generator.order(i).isTombstone()) {
                all.add(generator.order(i));
            }
        }
        return all;
    }

    private List<String> rows(BenchQuery query) {
        List<String> texts = new ArrayList<>();
        oracle.rows(query, new RowText(query.columns(), texts::add));
        return texts;
    }

    @Test
    void projectsEveryOrderButTombstones() {
        assertThat(rows(BenchQuery.Q1)).hasSize(orders.size()).hasSizeLessThan(RECORDS);
        assertThat(oracle.count(BenchQuery.Q1)).isEqualTo(orders.size());
    }

    @Test
    void computesATotalOnlyFromAmountAndQuantity() {
        Order some = orders.stream()
                .filter(o -> o.hasAmount() && o.quantity() > 0)
                .findFirst()
                .orElseThrow();
        Order none = orders.stream().filter(o -> o.quantity() < 0).findFirst().orElseThrow();

        List<String> rows = rows(BenchQuery.Q1);

        assertThat(rows.get(orders.indexOf(some))).endsWith("total: " + some.amount() * some.quantity() + "}");
        assertThat(rows.get(orders.indexOf(none))).endsWith("total: null}");
    }

    @Test
    void letsATenthPass() {
        assertThat(rows(BenchQuery.Q1S).size()).isBetween(RECORDS * 8 / 100, RECORDS * 12 / 100);
    }

    @Test
    void countsEachWindowOnceByCustomer() {
        List<String> expected = new ArrayList<>();
        long newest = Long.MIN_VALUE;
        List<Order> onTime = new ArrayList<>();
        for (Order order : orders) {
            if (newest == Long.MIN_VALUE || windowEnd(order) > newest - DataSpec.WATERMARK_DELAY_MILLIS) {
                onTime.add(order);
            }
            newest = Math.max(newest, order.timestamp());
        }
        Set<List<Object>> seen = new HashSet<>();
        for (Order order : onTime) {
            if (windowEnd(order) <= newest - DataSpec.WATERMARK_DELAY_MILLIS
                    && seen.add(List.of(order.customer(), windowEnd(order)))) {
                List<Order> group = onTime.stream()
                        .filter(o -> o.customer() == order.customer() && windowEnd(o) == windowEnd(order))
                        .toList();
                double[] amounts = group.stream()
                        .filter(Order::hasAmount)
                        .mapToDouble(Order::amount)
                        .toArray();
                double sum = 0;
                for (double amount : amounts) {
                    sum += amount;
                }
                expected.add("{customer: \"%s\", n: %d, total: %s, average: %s, window_start: %d}"
                        .formatted(
                                order.customerText(),
                                group.size(),
                                amounts.length == 0 ? "null" : sum,
                                amounts.length == 0 ? "null" : sum / amounts.length,
                                windowEnd(order) - DataSpec.WINDOW_MILLIS));
            }
        }

        assertThat(onTime).hasSizeLessThan(orders.size());
        assertThat(rows(BenchQuery.Q2)).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static long windowEnd(Order order) {
        return Math.floorDiv(order.timestamp(), DataSpec.WINDOW_MILLIS) * DataSpec.WINDOW_MILLIS
                + DataSpec.WINDOW_MILLIS;
    }

    @Test
    void writesTheRunningAggregateForEachInput() {
        List<String> rows = rows(BenchQuery.Q3);

        int at = orders.size() - 2;
        Order order = orders.get(at);
        List<Order> before = orders.subList(0, at + 1).stream()
                .filter(o -> o.customer() == order.customer())
                .toList();
        double sum = before.stream()
                .filter(Order::hasAmount)
                .mapToDouble(Order::amount)
                .sum();
        assertThat(rows).hasSize(orders.size());
        assertThat(rows.get(at))
                .isEqualTo("{customer: \"%s\", n: %d, total: %s}"
                        .formatted(order.customerText(), before.size(), Double.toString(sum)));
    }

    @Test
    void joinsAnOrderWithTheLastVersionOfItsCustomer() {
        Map<Integer, Customer> last = new HashMap<>();
        new CustomerTable(generator.spec()).eachRecord(c -> {
            if (c.isTombstone()) {
                last.remove(c.number());
            } else {
                last.put(c.number(), c);
            }
        });
        List<String> expected = new ArrayList<>();
        for (Order order : orders) {
            Customer customer = last.get(order.customer());
            if (customer != null) {
                expected.add("{id: %d, customer: \"%s\", name: \"%s\", tier: %s, amount: %s, discount: %s}"
                        .formatted(
                                order.id(),
                                order.customerText(),
                                customer.name(),
                                customer.tier() == null ? "null" : '"' + customer.tier() + '"',
                                order.hasAmount() ? order.amount() : "null",
                                order.hasAmount() && customer.hasRate() ? order.amount() * customer.rate() : "null"));
            }
        }

        assertThat(expected).hasSizeBetween(orders.size() / 2, orders.size() - 1);
        assertThat(rows(BenchQuery.Q4)).containsExactlyElementsOf(expected);
    }

    @Test
    void joinsEachOrderWithItsPaymentsOfTheMinuteAround() {
        PaymentGenerator payments = new PaymentGenerator(generator);
        List<String> expected = new ArrayList<>();
        for (Order order : orders) {
            for (int i = 0; i < RECORDS; i++) {
                Payment payment = payments.payment(i);
                if (!payment.isTombstone()
                        && payment.orderId() == order.id()
                        && payment.timestamp() >= order.timestamp() - 60_000
                        && payment.timestamp() <= order.timestamp() + 60_000) {
                    expected.add("{id: %d, customer: \"%s\", amount: %s, payment: %d, method: %s, paid: %s}"
                            .formatted(
                                    order.id(),
                                    order.customerText(),
                                    order.hasAmount() ? order.amount() : "null",
                                    payment.id(),
                                    payment.method() == null ? "null" : '"' + payment.method() + '"',
                                    payment.hasPaid() ? payment.paid() : "null"));
                }
            }
        }

        assertThat(expected).hasSizeBetween(RECORDS * 8 / 10, RECORDS);
        assertThat(rows(BenchQuery.Q5)).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void makesAGroupOfNullMerchants() {
        List<String> texts = new ArrayList<>();
        oracle.finalRows(BenchQuery.Q3R, new RowText(BenchQuery.Q3R.columns(), texts::add));

        long nulls = orders.stream().filter(o -> o.merchantText() == null).count();
        assertThat(texts).hasSize(8).anyMatch(row -> row.startsWith("{merchant: null, n: " + nulls + ", total: "));
        assertThat(orders.stream()
                        .map(Order::merchantText)
                        .filter(Objects::nonNull)
                        .distinct())
                .hasSize(7);
    }
}
