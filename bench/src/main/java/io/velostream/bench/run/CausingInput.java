package io.velostream.bench.run;

import io.velostream.bench.data.DataSpec;
import io.velostream.bench.data.Feed;
import io.velostream.bench.data.Order;
import io.velostream.bench.data.OrderGenerator;
import io.velostream.bench.query.BenchQuery;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the input record that an output row waited for: the record with its id (Q1, Q4), the later of two (Q5), the n-th record of its group (Q3, Q3r), or
 * the record whose event time closed its window (Q2). Where partitions interleave, the n-th record of a group is taken in the
 * order of sending, which differs from the system's only by what is in flight.
 */
interface CausingInput {
    /** The index of the input record, or -1 for a row that cannot be attributed. */
    long of(LatencyRow row);

    /** The finder of a query. */
    static CausingInput of(BenchQuery query, OrderGenerator generator) {
        return switch (query) {
            case Q1, Q1S, Q4 -> row -> row.id;
            case Q2 -> byWindow(generator);
            case Q3 -> byGroup(generator, true);
            case Q3R -> byGroup(generator, false);
            case Q5 ->
                row -> row.id < 0 || row.payment < 0
                        ? -1
                        : Math.max(Feed.placeOfOrder(row.id), Feed.placeOfPayment(row.payment));
        };
    }

    private static CausingInput byWindow(OrderGenerator generator) {
        Map<Long, Long> closedBy = new HashMap<>();
        long newest = Long.MIN_VALUE;
        for (long i = 0; i < generator.spec().records(); i++) {
            Order order = generator.order(i);
            if (!order.isTombstone() && order.timestamp() > newest) {
                newest = order.timestamp();
                long watermark = newest - DataSpec.WATERMARK_DELAY_MILLIS;
                long start = Math.floorDiv(watermark, DataSpec.WINDOW_MILLIS) * DataSpec.WINDOW_MILLIS
                        - DataSpec.WINDOW_MILLIS;
                closedBy.putIfAbsent(start, i);
            }
        }
        return row -> closedBy.getOrDefault(row.windowStart, -1L);
    }

    private static CausingInput byGroup(OrderGenerator generator, boolean byCustomer) {
        Map<String, Integer> counts = new HashMap<>();
        eachRow(generator, order -> counts.merge(group(order, byCustomer), 1, Integer::sum));
        Map<String, int[]> occurrences = new HashMap<>();
        Map<String, Integer> filled = new HashMap<>();
        eachRow(generator, order -> {
            String group = group(order, byCustomer);
            int n = filled.merge(group, 1, Integer::sum);
            occurrences.computeIfAbsent(group, g -> new int[counts.getOrDefault(g, 0)])[n - 1] =
                    Math.toIntExact(order.id());
        });
        return row -> {
            int[] indexes = occurrences.get(name(row.group));
            return indexes == null || row.count < 1 || row.count > indexes.length ? -1 : indexes[(int) row.count - 1];
        };
    }

    private static void eachRow(OrderGenerator generator, Consumer<Order> action) {
        for (long i = 0; i < generator.spec().records(); i++) {
            Order order = generator.order(i);
            if (!order.isTombstone()) {
                action.accept(order);
            }
        }
    }

    private static String group(Order order, boolean byCustomer) {
        return name(byCustomer ? order.customerText() : order.merchantText());
    }

    private static String name(@Nullable String text) {
        return text == null ? "" : text;
    }
}
