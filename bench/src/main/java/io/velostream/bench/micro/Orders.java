package io.velostream.bench.micro;

import io.velostream.bench.data.DataSpec;
import io.velostream.bench.data.Order;
import io.velostream.bench.data.OrderGenerator;
import io.velostream.bench.data.OrderJson;
import java.util.ArrayList;
import java.util.List;

/**
 * A few thousand records as in the end-to-end input, special ones included, without tombstones and late rows. They lie in one
 * window and can be processed again and again.
 */
final class Orders {
    static final int COUNT = 8192;

    private static final int CUSTOMERS = 10_000;
    private static final int MERCHANTS = 2_000;

    private Orders() {}

    static List<byte[]> values() {
        return records().stream().map(Item::value).toList();
    }

    static List<Item> records() {
        OrderGenerator generator = new OrderGenerator(new DataSpec(42, 2L * COUNT, CUSTOMERS, MERCHANTS, 1, false));
        OrderJson json = new OrderJson();
        List<Item> items = new ArrayList<>();
        for (long i = 0; items.size() < COUNT; i++) {
            Order order = generator.order(i);
            byte[] value = json.value(order);
            if (value != null) {
                items.add(new Item(OrderJson.key(order), value, order.timestamp()));
            }
        }
        return items;
    }

    record Item(byte[] key, byte[] value, long timestamp) {}
}
