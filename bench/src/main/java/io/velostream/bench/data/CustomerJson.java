package io.velostream.bench.data;

import io.velostream.bench.data.Customer.Style;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes customers as JSON. Not for use by several threads at once. */
public final class CustomerJson {
    private final JsonBuffer out = new JsonBuffer();

    /** The record's key: the customer's text in UTF-8. */
    public static byte[] key(Customer customer) {
        return customer.customerText().getBytes(StandardCharsets.US_ASCII);
    }

    /** The record's value, or null for a tombstone. */
    public byte @Nullable [] value(Customer customer) {
        if (customer.isTombstone()) {
            return null;
        }
        out.clear();
        write(customer);
        return out.toArray();
    }

    private void write(Customer customer) {
        boolean spaced = customer.style() == Style.SPACED;
        out.ascii(spaced ? "{ \"since\" : " : "{\"since\":");
        out.number(customer.timestamp());
        if (customer.style() == Style.NESTED) {
            out.ascii(",\"ext\":{\"name\":\"no\",\"rate\":[1,{\"b\":\"}\"}]}");
        }
        out.name(spaced, "customer");
        if (customer.style() == Style.CUSTOMER_ESCAPED) {
            out.put('"');
            out.lastEscaped(customer.customerText());
            out.put('"');
        } else {
            out.quoted(customer.customerText(), false);
        }
        out.name(spaced, "name");
        out.quoted(customer.name(), customer.style() == Style.NAME_ESCAPED);
        out.name(spaced, "tier");
        out.quoted(customer.tier(), false);
        if (customer.style() != Style.RATE_MISSING) {
            out.name(spaced, "rate");
            rate(customer);
        }
        out.name(spaced, "note");
        out.ascii("\"as agreed on the phone\"");
        out.ascii(spaced ? " }\n" : "}");
    }

    private void rate(Customer customer) {
        if (!customer.hasRate()) {
            out.ascii("null");
            return;
        }
        int thousandths = customer.eighths() * 125;
        out.number(thousandths / 1000);
        out.put('.');
        int rest = thousandths % 1000;
        out.put((char) ('0' + rest / 100));
        out.put((char) ('0' + rest / 10 % 10));
        out.put((char) ('0' + rest % 10));
    }
}
