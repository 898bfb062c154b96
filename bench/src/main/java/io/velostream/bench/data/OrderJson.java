package io.velostream.bench.data;

import io.velostream.bench.data.Order.Style;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes orders as JSON of about 165 bytes. Not for use by several threads at once. */
public final class OrderJson {
    private static final String[] NOTES = {
        "paid by card, ship with the rest", "gift wrap, no invoice in the box", "ring twice, leave at the porch",
        "call before delivery, code 4711", "second attempt after a return", "express, signature is required",
        "customer picks it up at the shop", "standard parcel, no special wish"
    };
    private static final String TRICKY_NOTE = "say \\\"}{\\\" then [,] and \\\\ \\u0022:1";
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private byte[] buffer = new byte[512];
    private int length;

    /** The record's key: the customer's text in UTF-8. */
    public static byte[] key(Order order) {
        return order.customerText().getBytes(StandardCharsets.US_ASCII);
    }

    /** The record's value, or null for a tombstone. */
    public byte @Nullable [] value(Order order) {
        if (order.isTombstone()) {
            return null;
        }
        length = 0;
        write(order);
        return Arrays.copyOf(buffer, length);
    }

    private void write(Order order) {
        Style style = order.style();
        boolean spaced = style == Style.SPACED;
        ascii(spaced ? "{ \"id\" : " : "{\"id\":");
        number(order.id());
        if (style == Style.NESTED) {
            ascii(",\"ext\":{\"id\":-1,\"amount\":[1,2.5e3,{\"b\":\"}\",\"c\":null}],\"d\":{},\"e\":[],\"f\":true}");
        }
        name(spaced, "customer");
        customer(order);
        name(spaced, "merchant");
        quoted(order.merchantText(), false);
        name(spaced, "product");
        quoted(order.product(), style == Style.PRODUCT_ESCAPED);
        amount(order, spaced);
        name(spaced, "quantity");
        if (order.quantity() < 0) {
            ascii("null");
        } else {
            number(order.quantity());
        }
        name(spaced, "score");
        number(order.score());
        name(spaced, "ts");
        number(order.timestamp());
        if (style == Style.NOTE_TWICE) {
            ascii(",\"note\":[\"first\"]");
        }
        name(spaced, "note");
        put('"');
        ascii(style == Style.NOTE_TRICKY ? TRICKY_NOTE : NOTES[(int) (order.id() & 7)]);
        put('"');
        ascii(spaced ? " }\r\n" : "}");
    }

    private void customer(Order order) {
        String text = order.customerText();
        put('"');
        if (order.style() == Style.CUSTOMER_ESCAPED) {
            int last = text.length() - 1;
            ascii(text.substring(0, last));
            unicode(text.charAt(last));
        } else {
            ascii(text);
        }
        put('"');
    }

    private void amount(Order order, boolean spaced) {
        Style style = order.style();
        if (style == Style.AMOUNT_MISSING) {
            return;
        }
        if (style == Style.AMOUNT_TWICE) {
            name(spaced, "amount");
            ascii("99999.75");
        }
        name(spaced, "amount");
        if (!order.hasAmount()) {
            ascii("null");
        } else if (style == Style.AMOUNT_EXPONENT) {
            number(order.quarters() * 25L);
            ascii("e-2");
        } else {
            number(order.quarters() / 4);
            ascii(
                    switch (order.quarters() & 3) {
                        case 0 -> ".00";
                        case 1 -> ".25";
                        case 2 -> ".50";
                        default -> ".75";
                    });
        }
    }

    private void name(boolean spaced, String name) {
        ascii(spaced ? " ,\n\t\"" : ",\"");
        ascii(name);
        ascii(spaced ? "\" : " : "\":");
    }

    private void quoted(@Nullable String text, boolean escapeAll) {
        if (text == null) {
            ascii("null");
            return;
        }
        put('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                put('\\');
                put(c);
            } else if (c == '\n') {
                ascii("\\n");
            } else if (c == '\t') {
                ascii("\\t");
            } else if (c == '/' && escapeAll) {
                ascii("\\/");
            } else if (c < 0x80) {
                put(c);
            } else if (escapeAll) {
                unicode(c);
            } else {
                boolean pair = Character.isHighSurrogate(c);
                utf8(text.substring(i, pair ? i + 2 : i + 1));
                i += pair ? 1 : 0;
            }
        }
        put('"');
    }

    private void unicode(char c) {
        ascii("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            put(HEX[c >>> shift & 15]);
        }
    }

    private void utf8(String text) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            put((char) (b & 0xFF));
        }
    }

    private void number(long value) {
        long rest = value;
        int digits = 1;
        for (long n = rest; n >= 10; n /= 10) {
            digits++;
        }
        room(digits);
        for (int i = length + digits - 1; i >= length; i--) {
            buffer[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
    }

    @SuppressWarnings("deprecation") // The one copy from Latin-1 text to bytes that makes no intermediate array.
    private void ascii(String text) {
        room(text.length());
        text.getBytes(0, text.length(), buffer, length);
        length += text.length();
    }

    private void put(char c) {
        room(1);
        buffer[length++] = (byte) c;
    }

    private void room(int bytes) {
        if (length + bytes > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + bytes));
        }
    }
}
