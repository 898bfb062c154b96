package io.velostream.bench.data;

import io.velostream.bench.data.Payment.Style;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes payments as JSON of about 125 bytes. Not for use by several threads at once. */
public final class PaymentJson {
    private static final String[] NOTES = {
        "first attempt, no reminder", "second attempt, reminded", "approved by the bank", "signature was checked"
    };

    private final JsonBuffer out = new JsonBuffer();

    /** The record's key: the digits of the order's number, or null without an order. */
    public static byte @Nullable [] key(Payment payment) {
        return payment.hasOrder() ? Long.toString(payment.orderId()).getBytes(StandardCharsets.US_ASCII) : null;
    }

    /** The record's value, or null for a tombstone. */
    public byte @Nullable [] value(Payment payment) {
        if (payment.isTombstone()) {
            return null;
        }
        out.clear();
        write(payment);
        return out.toArray();
    }

    private void write(Payment payment) {
        boolean spaced = payment.style() == Style.SPACED;
        out.ascii(spaced ? "{ \"payment\" : " : "{\"payment\":");
        out.number(payment.id());
        if (payment.style() == Style.NESTED) {
            out.ascii(",\"ext\":{\"order_id\":7,\"paid\":[1,{\"b\":\"}\"}]}");
        }
        out.name(spaced, "order_id");
        if (payment.hasOrder()) {
            out.number(payment.orderId());
        } else {
            out.ascii("null");
        }
        out.name(spaced, "method");
        out.quoted(payment.method(), payment.style() == Style.METHOD_ESCAPED);
        if (payment.style() != Style.PAID_MISSING) {
            out.name(spaced, "paid");
            if (payment.hasPaid()) {
                out.quarters(payment.quarters());
            } else {
                out.ascii("null");
            }
        }
        out.name(spaced, "ts");
        out.number(payment.timestamp());
        out.name(spaced, "note");
        out.quoted(NOTES[(int) (payment.id() & 3)], false);
        out.ascii(spaced ? " }\n" : "}");
    }
}
