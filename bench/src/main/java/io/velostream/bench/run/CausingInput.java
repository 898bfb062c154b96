package io.velostream.bench.run;

import io.velostream.bench.data.DataSpec;
import io.velostream.bench.data.Order;
import io.velostream.bench.data.OrderGenerator;
import io.velostream.bench.query.BenchQuery;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the input record that an output row waited for: the record with its id (Q1), the n-th record of its group (Q3, Q3r), or
 * the record whose event time closed its window (Q2). Where partitions interleave, the n-th record of a group is taken in the
 * order of sending, which differs from the system's only by what is in flight.
 */
interface CausingInput {
    /** The index of the input record, or -1 for a row that cannot be attributed. */
    long of(LatencyRow row);

    /** The finder of a query. */
    static CausingInput of(BenchQuery query, OrderGenerator generator) {
        return switch (query) {
            case Q1, Q1S -> row -> row.id;
            case Q2 -> byWindow(generator);
            case Q3 -> byGroup(generator, true);
            case Q3R -> byGroup(generator, false);
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
        Map<String, int[]> occurrences = new HashMap<>();
        Map<String, Integer> counts = new HashMap<>();
        for (int pass = 0; pass < 2; pass++) {
            counts.clear();
            for (long i = 0; i < generator.spec().records(); i++) {
                Order order = generator.order(i);
                if (!order.isTombstone()) {
                    String group = group(byCustomer ? order.customerText() : order.merchantText());
                    int n = counts.merge(group, 1, Integer::sum);
                    if (pass == 1) {
                        occurrences.get(group)[n - 1] = Math.toIntExact(i);
                    }
                }
            }
            if (pass == 0) {
                counts.forEach((group, n) -> occurrences.put(group, new int[n]));
            }
        }
        return row -> {
            int[] indexes = occurrences.get(group(row.group));
            return indexes == null || row.count < 1 || row.count > indexes.length ? -1 : indexes[(int) row.count - 1];
        };
    }

    private static String group(@Nullable String text) {
        return text == null ? "" : text;
    }
}
