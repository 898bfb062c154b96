package io.velostream.bench.data;

import io.velostream.bench.data.Order.Style;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes orders as JSON of about 165 bytes. Not for use by several threads at once. */
public final class OrderJson {
    private static final String[] NOTES = {
        "paid by card, ship with the rest", "gift wrap, no invoice in the box", "ring twice, leave at the porch",
        "call before delivery, code 4711", "second attempt after a return", "express, signature is required",
        "customer picks it up at the shop", "standard parcel, no special wish"
    };
    private static final String TRICKY_NOTE = "say \\\"}{\\\" then [,] and \\\\ \\u0022:1";

    private final JsonBuffer out = new JsonBuffer();

    /** The record's key where orders are kept by customer: the customer's text in UTF-8. */
    public static byte[] key(Order order) {
        return order.customerText().getBytes(StandardCharsets.US_ASCII);
    }

    /** The record's key where orders are kept by their own number: its digits. */
    public static byte[] keyById(Order order) {
        return Long.toString(order.id()).getBytes(StandardCharsets.US_ASCII);
    }

    /** The record's value, or null for a tombstone. */
    public byte @Nullable [] value(Order order) {
        if (order.isTombstone()) {
            return null;
        }
        out.clear();
        write(order);
        return out.toArray();
    }

    private void write(Order order) {
        Style style = order.style();
        boolean spaced = style == Style.SPACED;
        out.ascii(spaced ? "{ \"id\" : " : "{\"id\":");
        out.number(order.id());
        if (style == Style.NESTED) {
            out.ascii(
                    ",\"ext\":{\"id\":-1,\"amount\":[1,2.5e3,{\"b\":\"}\",\"c\":null}],\"d\":{},\"e\":[],\"f\":true}");
        }
        out.name(spaced, "customer");
        customer(order);
        out.name(spaced, "merchant");
        out.quoted(order.merchantText(), false);
        out.name(spaced, "product");
        out.quoted(order.product(), style == Style.PRODUCT_ESCAPED);
        amount(order, spaced);
        out.name(spaced, "quantity");
        if (order.quantity() < 0) {
            out.ascii("null");
        } else {
            out.number(order.quantity());
        }
        out.name(spaced, "score");
        out.number(order.score());
        out.name(spaced, "ts");
        out.number(order.timestamp());
        if (style == Style.NOTE_TWICE) {
            out.ascii(",\"note\":[\"first\"]");
        }
        out.name(spaced, "note");
        out.put('"');
        out.ascii(style == Style.NOTE_TRICKY ? TRICKY_NOTE : NOTES[(int) (order.id() & 7)]);
        out.put('"');
        out.ascii(spaced ? " }\r\n" : "}");
    }

    private void customer(Order order) {
        String text = order.customerText();
        out.put('"');
        if (order.style() == Style.CUSTOMER_ESCAPED) {
            out.lastEscaped(text);
        } else {
            out.ascii(text);
        }
        out.put('"');
    }

    private void amount(Order order, boolean spaced) {
        Style style = order.style();
        if (style == Style.AMOUNT_MISSING) {
            return;
        }
        if (style == Style.AMOUNT_TWICE) {
            out.name(spaced, "amount");
            out.ascii("99999.75");
        }
        out.name(spaced, "amount");
        if (!order.hasAmount()) {
            out.ascii("null");
        } else if (style == Style.AMOUNT_EXPONENT) {
            out.number(order.quarters() * 25L);
            out.ascii("e-2");
        } else {
            out.quarters(order.quarters());
        }
    }
}
