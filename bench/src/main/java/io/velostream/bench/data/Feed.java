package io.velostream.bench.data;

import io.velostream.bench.query.BenchQuery;
import io.velostream.bench.query.BenchQuery.Side;
import org.jspecify.annotations.Nullable;

/**
 * The records that a query works off, in the order in which they are sent: the orders; for a join of streams the orders and
 * payments of the same moment in turns. A table's records are none of them: they are there before. Not for use by several
 * threads at once.
 */
public final class Feed {
    private final OrderGenerator orders;
    private final @Nullable PaymentGenerator payments;
    private final OrderJson orderJson = new OrderJson();
    private final PaymentJson paymentJson = new PaymentJson();

    /**
     * A record to send.
     *
     * @param toSide whether it belongs to the topic of the second input
     */
    public record Entry(boolean toSide, byte @Nullable [] key, byte @Nullable [] value) {}

    private Feed(OrderGenerator orders, @Nullable PaymentGenerator payments) {
        this.orders = orders;
        this.payments = payments;
    }

    /** What this query works off. */
    public static Feed of(BenchQuery query, OrderGenerator orders) {
        boolean streams = query.side().filter(Side.PAYMENTS::equals).isPresent();
        return new Feed(orders, streams ? new PaymentGenerator(orders) : null);
    }

    /** The orders of an input with so many records to work off. */
    public static OrderGenerator orders(BenchQuery query, long seed, long records, boolean duplicates) {
        boolean streams = query.side().filter(Side.PAYMENTS::equals).isPresent();
        return new OrderGenerator(
                streams
                        ? DataSpec.streams(seed, records / 2, duplicates)
                        : DataSpec.standard(seed, records, duplicates));
    }

    /** The place of an order in the feed of a join of streams. */
    public static long placeOfOrder(long id) {
        return 2 * id;
    }

    /** The place of a payment in the feed of a join of streams. */
    public static long placeOfPayment(long id) {
        return 2 * id + 1;
    }

    /** How many records there are. */
    public long records() {
        return payments == null ? orders.spec().records() : 2 * orders.spec().records();
    }

    /** The record at this place. */
    public Entry entry(long place) {
        if (payments == null) {
            Order order = orders.order(place);
            return new Entry(false, OrderJson.key(order), orderJson.value(order));
        }
        if ((place & 1) == 0) {
            Order order = orders.order(place / 2);
            return new Entry(false, OrderJson.keyById(order), orderJson.value(order));
        }
        Payment payment = payments.payment(place / 2);
        return new Entry(true, PaymentJson.key(payment), paymentJson.value(payment));
    }
}
