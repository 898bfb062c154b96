package io.velostream.bench.data;

import org.jspecify.annotations.Nullable;

/**
 * One input record by meaning; {@link OrderJson} writes its bytes.
 *
 * @param id its index in the input, ascending from 0
 * @param customer number of the customer, which is the record's key
 * @param merchant number of the merchant, or -1 for null
 * @param product product name, null in some
 * @param quarters the amount in quarters of a unit, so that sums of doubles are exact in any order; -1 for null
 * @param quantity 1 to 9, or -1 for null
 * @param score 0 to 99, evenly spread
 * @param timestamp event time in epoch milliseconds
 * @param style how the record is written
 */
public record Order(
        long id,
        int customer,
        int merchant,
        @Nullable String product,
        int quarters,
        int quantity,
        int score,
        long timestamp,
        Style style) {

    /** The customer of the closing record, whose event time ends all windows but its own. */
    public static final int CLOSING_CUSTOMER = -1;

    /** Ways to write a record that a correct reader must see through. */
    public enum Style {
        PLAIN,
        /** A null value under the key. */
        TOMBSTONE,
        /** The amount is left out instead of null. */
        AMOUNT_MISSING,
        /** The amount is {@code 1.2350e2}. */
        AMOUNT_EXPONENT,
        /** The amount occurs twice; the last one counts. */
        AMOUNT_TWICE,
        /** The unread note occurs twice. */
        NOTE_TWICE,
        /** A digit of the customer is a Unicode escape, but not in the record's key. */
        CUSTOMER_ESCAPED,
        /** Characters of the product beyond ASCII are Unicode escapes. */
        PRODUCT_ESCAPED,
        /** The unread note holds quotes, braces and backslashes. */
        NOTE_TRICKY,
        /** An unread nested value stands before the needed fields. */
        NESTED,
        /** Blanks, tabs and line ends between the tokens. */
        SPACED
    }

    /** Whether the record's value is null; such records are no rows. */
    public boolean isTombstone() {
        return style == Style.TOMBSTONE;
    }

    /** Whether the amount is null or missing. */
    public boolean hasAmount() {
        return quarters >= 0;
    }

    /** The amount; only meaningful with {@link #hasAmount()}. */
    public double amount() {
        return quarters * 0.25;
    }

    /** The text of the customer column and of the record's key. */
    public String customerText() {
        return customer == CLOSING_CUSTOMER ? "zz" : Ids.text('c', customer, Ids.CUSTOMER_DIGITS);
    }

    /** The text of the merchant column. */
    public @Nullable String merchantText() {
        return merchant < 0 ? null : Ids.text('m', merchant, Ids.MERCHANT_DIGITS);
    }
}
