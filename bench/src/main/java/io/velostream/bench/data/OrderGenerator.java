package io.velostream.bench.data;

import io.velostream.bench.data.Order.Style;
import org.jspecify.annotations.Nullable;

/**
 * Makes the order with a given index from the seed alone: any order can be made again at any time, in any sequence, without
 * state. About one order in fifteen is special (nulls, escapes, late, tombstone, …), the rest is plain.
 *
 * <p>Time: the event time of order <i>i</i> is {@link DataSpec#clock} less 0 to 2 s, so nothing is late under a watermark delay
 * of 5 s, except the late orders on purpose. These come after 60 % of the input and lie either three windows back or an hour
 * before the first order, which is far enough for systems that move their watermark only a few times a second.
 */
public final class OrderGenerator {
    private static final int LATE_WINDOWS = 3;
    private static final long ANCIENT_MILLIS = 3_600_000;
    private static final long CLOSING_AHEAD_MILLIS = 120_000;

    private static final String[] PRODUCTS = {
        "Kettle", "Toaster", "Lamp", "Desk", "Chair", "Monitor", "Keyboard", "Mouse", "Cable", "Charger", "Speaker",
                "Camera",
        "Tripod", "Backpack", "Wallet", "Watch", "Ring", "Scarf", "Jacket", "Boots", "Tent", "Stove", "Compass",
                "Torch",
        "Bottle", "Mug", "Plate", "Fork", "Knife", "Spoon", "Pan", "Pot"
    };
    private static final String[] ODD_PRODUCTS = {
        "Caf\u00e9 \"Cr\u00e8me\"",
        "Back\\slash",
        "Line\nbreak\tTab",
        "Smile \ud83d\ude00!",
        "\u65e5\u672c\u8336",
        "Sla/sh",
        "",
        "{\"a\":[1]}"
    };

    private final DataSpec spec;

    /** A generator of the orders that the spec describes. */
    public OrderGenerator(DataSpec spec) {
        this.spec = spec;
    }

    /** What this generator makes. */
    public DataSpec spec() {
        return spec;
    }

    /**
     * The order with this index.
     *
     * @throws IndexOutOfBoundsException beyond the spec's records
     */
    public Order order(long index) {
        if (index < 0 || index >= spec.records()) {
            throw new IndexOutOfBoundsException(
                    "The input has the records 0 to " + (spec.records() - 1) + ", not " + index);
        }
        if (index == spec.records() - 1) {
            return closing(index);
        }
        long a = Mix.of(spec.seed() + index * Mix.GOLDEN);
        long b = Mix.of(a + Mix.GOLDEN);
        int kind = Mix.range(a, 1000);
        int customer = Mix.range(b, spec.customers());
        long c = Mix.of(b + Mix.GOLDEN);
        int merchant = Mix.range(c, spec.merchants());
        int quarters = 4 + (int) (c & 0x7FFF);
        long d = Mix.of(c + Mix.GOLDEN);
        int quantity = 1 + (int) ((d & 0xFF) % 9);
        int score = (int) ((d >>> 8 & 0xFFFF) % 100);
        long timestamp = spec.clock(index) - (d >>> 24 & 0xFFFFF) % (DataSpec.DISORDER_MILLIS + 1);
        String product = PRODUCTS[(int) (d >>> 44 & 0x1F)];
        return switch (kind) {
            case 0 ->
                new Order(index, customer, merchant, product, quarters, quantity, score, timestamp, Style.TOMBSTONE);
            case 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 ->
                plain(index, customer, merchant, product, -1, quantity, score, timestamp);
            case 11, 12 ->
                new Order(index, customer, merchant, product, -1, quantity, score, timestamp, Style.AMOUNT_MISSING);
            case 13, 14, 15, 16, 17 -> plain(index, customer, merchant, null, quarters, quantity, score, timestamp);
            case 18, 19, 20, 21, 22 -> plain(index, customer, -1, product, quarters, quantity, score, timestamp);
            case 23, 24, 25, 26, 27 -> plain(index, customer, merchant, product, quarters, -1, score, timestamp);
            case 30, 31, 32, 33, 34, 35, 36, 37, 38, 39 ->
                new Order(
                        index,
                        customer,
                        merchant,
                        ODD_PRODUCTS[(int) (d >>> 49 & 7)],
                        quarters,
                        quantity,
                        score,
                        timestamp,
                        kind < 35 ? Style.PRODUCT_ESCAPED : Style.PLAIN);
            case 44, 45, 46, 47 ->
                plain(index, customer, merchant, product, quarters, quantity, score, late(index, kind, timestamp));
            default -> new Order(index, customer, merchant, product, quarters, quantity, score, timestamp, style(kind));
        };
    }

    private Style style(int kind) {
        return switch (kind) {
            case 28, 29 -> Style.CUSTOMER_ESCAPED;
            case 40, 41 -> spec.duplicates() ? Style.AMOUNT_TWICE : Style.NOTE_TWICE;
            case 42, 43 -> Style.AMOUNT_EXPONENT;
            case 48, 49, 50, 51, 52, 53, 54, 55 -> Style.NOTE_TRICKY;
            case 56, 57, 58, 59, 60 -> Style.NESTED;
            case 61, 62, 63, 64, 65 -> Style.SPACED;
            default -> Style.PLAIN;
        };
    }

    private static Order plain(
            long index,
            int customer,
            int merchant,
            @Nullable String product,
            int quarters,
            int quantity,
            int score,
            long timestamp) {
        return new Order(index, customer, merchant, product, quarters, quantity, score, timestamp, Style.PLAIN);
    }

    private long late(long index, int kind, long timestamp) {
        if (index < spec.firstLateIndex()) {
            return timestamp;
        }
        boolean ancient = (kind & 1) == 0 || spec.windows() <= LATE_WINDOWS;
        return ancient
                ? DataSpec.EPOCH_MILLIS - ANCIENT_MILLIS + (timestamp & 0xFFF)
                : timestamp - (long) LATE_WINDOWS * DataSpec.WINDOW_MILLIS;
    }

    private Order closing(long index) {
        long timestamp = spec.clock(index) + CLOSING_AHEAD_MILLIS;
        return new Order(index, Order.CLOSING_CUSTOMER, 0, PRODUCTS[0], 4, 1, 99, timestamp, Style.PLAIN);
    }
}
