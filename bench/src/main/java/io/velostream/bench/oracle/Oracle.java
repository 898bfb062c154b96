package io.velostream.bench.oracle;

import io.velostream.bench.data.Customer;
import io.velostream.bench.data.CustomerTable;
import io.velostream.bench.data.DataSpec;
import io.velostream.bench.data.Order;
import io.velostream.bench.data.OrderGenerator;
import io.velostream.bench.data.Payment;
import io.velostream.bench.data.PaymentGenerator;
import io.velostream.bench.query.BenchQuery;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Computes a query's output from the generator's orders, never from their JSON and with no engine's code: the meaning of the
 * queries written down once more, as plainly as possible.
 *
 * <p>Rules: a tombstone is no row. NULL amounts count in COUNT(*) and are skipped by SUM and AVG; a SUM of nothing is NULL.
 * A window [start, end) is closed once the largest event time so far less the delay reaches its end; a row for a closed window
 * is dropped. A NULL group is a group. A join leaves out orders of customers who are not there; a payment meets its order when
 * they are at most a minute apart, and NULL meets nothing.
 */
public final class Oracle {
    private final OrderGenerator generator;

    /** An oracle over this generator's orders in the order of their index. */
    public Oracle(OrderGenerator generator) {
        this.generator = generator;
    }

    /**
     * Passes all rows that the query must write. For {@link BenchQuery#Q3R} these are the transitions instead, since the
     * running values depend on how the partitions interleave: one row {merchant, 1, amount} an input, with 0 for a NULL
     * amount.
     */
    public void rows(BenchQuery query, RowSink sink) {
        switch (query) {
            case Q1, Q1S ->
                eachRow(order -> {
                    if (order.score() >= query.minimumScore()) {
                        project(order, sink);
                    }
                });
            case Q2 -> windows(sink);
            case Q3 -> {
                Totals totals = new Totals(generator.spec().customers() + 1);
                eachRow(order -> {
                    int group = customerGroup(order);
                    totals.add(group, order);
                    writeGroup(order.customerText(), totals, group, sink);
                });
            }
            case Q3R ->
                eachRow(order -> {
                    sink.begin();
                    sink.textOrNothing(order.merchantText());
                    sink.integer(1);
                    sink.number(order.hasAmount() ? order.amount() : 0);
                    sink.end();
                });
            case Q4 -> {
                CustomerTable customers = new CustomerTable(generator.spec());
                eachRow(order -> customers.current(order.customer()).ifPresent(c -> joinCustomer(order, c, sink)));
            }
            case Q5 -> eachPaid((order, payment) -> joinPayment(order, payment, sink));
        }
    }

    private void joinCustomer(Order order, Customer customer, RowSink sink) {
        sink.begin();
        sink.integer(order.id());
        sink.text(order.customerText());
        sink.text(customer.name());
        sink.textOrNothing(customer.tier());
        amount(order, sink);
        if (order.hasAmount() && customer.hasRate()) {
            sink.number(order.amount() * customer.rate());
        } else {
            sink.nothing();
        }
        sink.end();
    }

    private void joinPayment(Order order, Payment payment, RowSink sink) {
        sink.begin();
        sink.integer(order.id());
        sink.text(order.customerText());
        amount(order, sink);
        sink.integer(payment.id());
        sink.textOrNothing(payment.method());
        if (payment.hasPaid()) {
            sink.number(payment.paid());
        } else {
            sink.nothing();
        }
        sink.end();
    }

    private void eachPaid(BiConsumer<Order, Payment> action) {
        PaymentGenerator payments = new PaymentGenerator(generator);
        for (long i = 0; i < generator.spec().records(); i++) {
            Payment payment = payments.payment(i);
            if (payment.isTombstone() || !payment.hasOrder()) {
                continue;
            }
            Order order = generator.order(payment.orderId());
            if (!order.isTombstone()
                    && Math.abs(order.timestamp() - payment.timestamp()) <= PaymentGenerator.WITHIN_MILLIS) {
                action.accept(order, payment);
            }
        }
    }

    private static void amount(Order order, RowSink sink) {
        if (order.hasAmount()) {
            sink.number(order.amount());
        } else {
            sink.nothing();
        }
    }

    /** Passes the last row of each group of {@link BenchQuery#Q3} or {@link BenchQuery#Q3R}. */
    public void finalRows(BenchQuery query, RowSink sink) {
        boolean byCustomer = query == BenchQuery.Q3;
        int groups = 1
                + (byCustomer ? generator.spec().customers() : generator.spec().merchants());
        Totals totals = new Totals(groups);
        @Nullable String[] names = new @Nullable String[groups];
        eachRow(order -> {
            int group = byCustomer ? customerGroup(order) : order.merchant() + 1;
            totals.add(group, order);
            names[group] = byCustomer ? order.customerText() : order.merchantText();
        });
        for (int group = 0; group < groups; group++) {
            if (totals.count[group] > 0) {
                writeGroup(names[group], totals, group, sink);
            }
        }
    }

    /** How many rows the query must write. */
    public long count(BenchQuery query) {
        Digest digest = new Digest();
        rows(query, new RowHasher(digest));
        return digest.rows();
    }

    private void project(Order order, RowSink sink) {
        sink.begin();
        sink.integer(order.id());
        sink.text(order.customerText());
        sink.textOrNothing(order.product());
        amount(order, sink);
        if (order.hasAmount() && order.quantity() >= 0) {
            sink.number(order.amount() * order.quantity());
        } else {
            sink.nothing();
        }
        sink.end();
    }

    private void windows(RowSink sink) {
        TreeMap<Long, Totals> open = new TreeMap<>();
        long[] newest = {Long.MIN_VALUE};
        eachRow(order -> {
            long start = Math.floorDiv(order.timestamp(), DataSpec.WINDOW_MILLIS) * DataSpec.WINDOW_MILLIS;
            if (newest[0] == Long.MIN_VALUE
                    || start + DataSpec.WINDOW_MILLIS > newest[0] - DataSpec.WATERMARK_DELAY_MILLIS) {
                open.computeIfAbsent(start, s -> new Totals(generator.spec().customers() + 1))
                        .add(customerGroup(order), order);
            }
            newest[0] = Math.max(newest[0], order.timestamp());
            closeUntil(newest[0] - DataSpec.WATERMARK_DELAY_MILLIS, open, sink);
        });
    }

    private static void closeUntil(long watermark, TreeMap<Long, Totals> open, RowSink sink) {
        while (!open.isEmpty() && open.firstKey() + DataSpec.WINDOW_MILLIS <= watermark) {
            Map.Entry<Long, Totals> window = open.pollFirstEntry();
            Totals totals = window.getValue();
            for (int group = 0; group < totals.count.length; group++) {
                if (totals.count[group] > 0) {
                    sink.begin();
                    sink.text(customerName(group));
                    sink.integer(totals.count[group]);
                    totals.writeSum(group, sink);
                    totals.writeAverage(group, sink);
                    sink.integer(window.getKey());
                    sink.end();
                }
            }
        }
    }

    private static void writeGroup(@Nullable String name, Totals totals, int group, RowSink sink) {
        sink.begin();
        sink.textOrNothing(name);
        sink.integer(totals.count[group]);
        totals.writeSum(group, sink);
        sink.end();
    }

    private static int customerGroup(Order order) {
        return order.customer() + 1;
    }

    private static String customerName(int group) {
        return new Order(0, group - 1, 0, null, 0, 0, 0, 0, Order.Style.PLAIN).customerText();
    }

    private void eachRow(Consumer<Order> action) {
        long records = generator.spec().records();
        for (long i = 0; i < records; i++) {
            Order order = generator.order(i);
            if (!order.isTombstone()) {
                action.accept(order);
            }
        }
    }

    /** COUNT(*), SUM and COUNT of the amount by group number. */
    private static final class Totals {
        final long[] count;
        private final long[] amounts;
        private final long[] quarters;

        Totals(int groups) {
            count = new long[groups];
            amounts = new long[groups];
            quarters = new long[groups];
        }

        void add(int group, Order order) {
            count[group]++;
            if (order.hasAmount()) {
                amounts[group]++;
                quarters[group] += order.quarters();
            }
        }

        void writeSum(int group, RowSink sink) {
            if (amounts[group] == 0) {
                sink.nothing();
            } else {
                sink.number(quarters[group] * 0.25);
            }
        }

        void writeAverage(int group, RowSink sink) {
            if (amounts[group] == 0) {
                sink.nothing();
            } else {
                sink.number(quarters[group] * 0.25 / amounts[group]);
            }
        }
    }
}
