package io.velostream.bench.data;

import io.velostream.bench.data.Payment.Style;

/**
 * Makes the payment with a given index from the seed alone, as {@link OrderGenerator} makes orders. There are as many payments
 * as orders and their event times go side by side, so that payment and order of one index belong to the same moment.
 *
 * <p>Most pay an order of the last 50 s, some one of the next minute (authorised before it was placed), some one that is more
 * than a minute old, and a few lie on the minute to the millisecond or one beyond it. An order has any number of payments. Late
 * payments on purpose come after 60 % of the input, three minutes or more behind, where no order meets them.
 */
public final class PaymentGenerator {
    /** How far a payment may lie from its order to be joined with it, in milliseconds. */
    public static final int WITHIN_MILLIS = 60_000;

    private static final long LATE_MILLIS = 3L * DataSpec.WINDOW_MILLIS;
    private static final int USUAL_MILLIS = 50_000;
    private static final int TOO_LATE_MILLIS = 15_000;
    private static final long CLOSING_AHEAD_MILLIS = 120_000;

    private static final String[] METHODS = {
        "card", "transfer", "cash", "voucher", "invoice", "wallet", "direct debit", "cheque"
    };
    private static final String[] ODD_METHODS = {"Gut\u00adschein \"\u20ac\"", "a/b\\c", "", "\ud83d\udcb3 card"};

    private final DataSpec spec;
    private final OrderGenerator orders;

    /** A generator of the payments of these orders. */
    public PaymentGenerator(OrderGenerator orders) {
        this.orders = orders;
        this.spec = orders.spec();
    }

    /**
     * The payment with this index.
     *
     * @throws IndexOutOfBoundsException beyond the spec's records
     */
    public Payment payment(long index) {
        if (index < 0 || index >= spec.records()) {
            throw new IndexOutOfBoundsException(
                    "The input has the payments 0 to " + (spec.records() - 1) + ", not " + index);
        }
        if (index == spec.records() - 1) {
            long time = spec.clock(index) + CLOSING_AHEAD_MILLIS;
            return new Payment(index, -1, METHODS[0], 4, time, Style.PLAIN);
        }
        long a = Mix.of(spec.seed() * 31 + index * Mix.GOLDEN);
        long b = Mix.of(a + Mix.GOLDEN);
        long time = spec.clock(index) - (b & 0xFFFFF) % (DataSpec.DISORDER_MILLIS + 1);
        int quarters = 4 + (int) (b >>> 20 & 0x7FFF);
        String method = METHODS[(int) (b >>> 35 & 7)];
        int kind = Mix.range(a, 1000);
        return switch (kind) {
            case 0 -> new Payment(index, usual(index, b), method, quarters, time, Style.TOMBSTONE);
            case 1, 2, 3, 4, 5 -> new Payment(index, -1, method, quarters, time, Style.PLAIN);
            case 6, 7, 8, 9, 10 -> new Payment(index, usual(index, b), null, quarters, time, Style.PLAIN);
            case 11, 12, 13, 14, 15 -> new Payment(index, usual(index, b), method, -1, time, Style.PLAIN);
            case 16, 17 -> new Payment(index, usual(index, b), method, -1, time, Style.PAID_MISSING);
            case 18, 19, 20, 21, 22, 23, 24, 25 -> {
                String odd = ODD_METHODS[(int) (b >>> 38 & 3)];
                yield new Payment(
                        index, usual(index, b), odd, quarters, time, kind < 22 ? Style.METHOD_ESCAPED : Style.PLAIN);
            }
            case 26, 27, 28, 29, 30 -> new Payment(index, usual(index, b), method, quarters, time, Style.NESTED);
            case 31, 32, 33, 34, 35 -> new Payment(index, usual(index, b), method, quarters, time, Style.SPACED);
            case 36, 37, 38, 39 -> {
                long order = usual(index, b);
                boolean late = index >= spec.firstLateIndex() && isInTime(orders.order(order));
                yield new Payment(index, order, method, quarters, late ? time - LATE_MILLIS : time, Style.PLAIN);
            }
            case 40, 41, 42, 43 -> atDistance(index, WITHIN_MILLIS, method, quarters, time);
            case 44, 45, 46, 47 -> atDistance(index, WITHIN_MILLIS + 1, method, quarters, time);
            case 48, 49 -> atDistance(index, -WITHIN_MILLIS, method, quarters, time);
            case 50, 51 -> atDistance(index, -WITHIN_MILLIS - 1, method, quarters, time);
            default -> new Payment(index, someOrder(index, kind, b), method, quarters, time, Style.PLAIN);
        };
    }

    private long someOrder(long index, int kind, long random) {
        if (kind < 80) {
            return placed(index, -(random >>> 40) % WITHIN_MILLIS);
        }
        return kind < 130
                ? placed(index, WITHIN_MILLIS + DataSpec.DISORDER_MILLIS + (random >>> 40) % TOO_LATE_MILLIS)
                : usual(index, random);
    }

    private long usual(long index, long random) {
        return placed(index, (random >>> 40) % USUAL_MILLIS);
    }

    /** The order that was placed about so long ago, or one at the rim of the input. */
    private long placed(long index, long millisAgo) {
        double perMilli = (double) spec.records() / ((double) spec.windows() * DataSpec.WINDOW_MILLIS);
        long order = index - Math.round(millisAgo * perMilli);
        return Math.clamp(order, 0, spec.records() - 1);
    }

    /** A payment that lies exactly so far behind its order, where the order is one that comes in time. */
    private Payment atDistance(long index, long millis, String method, int quarters, long otherwise) {
        long id = placed(index, millis);
        Order order = orders.order(id);
        long time = order.timestamp() + millis;
        boolean fits = time <= spec.clock(index) + 1 && time >= spec.clock(index) - DataSpec.DISORDER_MILLIS - 1;
        return new Payment(index, id, method, quarters, isInTime(order) && fits ? time : otherwise, Style.PLAIN);
    }

    private boolean isInTime(Order order) {
        long behind = spec.clock(order.id()) - order.timestamp();
        return behind >= 0 && behind <= DataSpec.DISORDER_MILLIS;
    }
}
