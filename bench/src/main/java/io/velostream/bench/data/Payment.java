package io.velostream.bench.data;

import org.jspecify.annotations.Nullable;

/**
 * One record of the payments' topic by meaning; {@link PaymentJson} writes its bytes.
 *
 * @param id its index among the payments, ascending from 0
 * @param orderId the order that it pays, which is the record's key; -1 for null
 * @param method how it is paid, null in some
 * @param quarters what is paid in quarters of a unit; -1 for null
 * @param timestamp event time in epoch milliseconds
 * @param style how the record is written
 */
public record Payment(long id, long orderId, @Nullable String method, int quarters, long timestamp, Style style) {

    /** Ways to write a record that a correct reader must see through. */
    public enum Style {
        PLAIN,
        /** A null value under the key. */
        TOMBSTONE,
        /** Characters of the method beyond ASCII are Unicode escapes. */
        METHOD_ESCAPED,
        /** What is paid is left out instead of null. */
        PAID_MISSING,
        /** An unread nested value stands before the needed fields. */
        NESTED,
        /** Blanks, tabs and line ends between the tokens. */
        SPACED
    }

    /** Whether the record's value is null; such records are no rows. */
    public boolean isTombstone() {
        return style == Style.TOMBSTONE;
    }

    /** Whether it says which order it pays. */
    public boolean hasOrder() {
        return orderId >= 0;
    }

    /** Whether what is paid is null or missing. */
    public boolean hasPaid() {
        return quarters >= 0;
    }

    /** What is paid; only meaningful with {@link #hasPaid()}. */
    public double paid() {
        return quarters * 0.25;
    }
}
