package io.velostream.bench.data;

import org.jspecify.annotations.Nullable;

/**
 * One record of the customers' topic by meaning: a version of a customer, or that he is gone. {@link CustomerJson} writes its
 * bytes.
 *
 * @param number number of the customer, as in {@link Order}
 * @param name his name
 * @param tier gold and the like, null in some
 * @param eighths the rate in eighths, so that products of doubles are exact; -1 for null
 * @param timestamp when the version came into force, in epoch milliseconds: the record's timestamp
 * @param style how the record is written
 */
public record Customer(int number, String name, @Nullable String tier, int eighths, long timestamp, Style style) {

    /** The number of the record that ends the topic; no order has it. */
    public static final int CLOSING = -2;

    /** Ways to write a record that a correct reader must see through. */
    public enum Style {
        PLAIN,
        /** A null value under the key. */
        TOMBSTONE,
        /** Characters of the name beyond ASCII are Unicode escapes. */
        NAME_ESCAPED,
        /** A digit of the customer is a Unicode escape, but not in the record's key. */
        CUSTOMER_ESCAPED,
        /** The rate is left out instead of null. */
        RATE_MISSING,
        /** An unread nested value stands before the needed fields. */
        NESTED,
        /** Blanks, tabs and line ends between the tokens. */
        SPACED
    }

    /** Whether the record takes the customer away. */
    public boolean isTombstone() {
        return style == Style.TOMBSTONE;
    }

    /** Whether the rate is there. */
    public boolean hasRate() {
        return eighths >= 0;
    }

    /** The rate; only meaningful with {@link #hasRate()}. */
    public double rate() {
        return eighths * 0.125;
    }

    /** The text of the customer column and of the record's key. */
    public String customerText() {
        return number == CLOSING ? "zy" : Ids.text('c', number, Ids.CUSTOMER_DIGITS);
    }
}
