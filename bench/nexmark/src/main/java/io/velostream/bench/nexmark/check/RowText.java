package io.velostream.bench.nexmark.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.velostream.bench.nexmark.event.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row as comparable text: columns in order, numbers by value. Fractions are compared by twelve digits, whole numbers by
 * all. Equal rows have equal texts.
 */
public final class RowText {

    private static final JsonFactory JSON = new JsonFactory();
    private static final MathContext TWELVE_DIGITS = new MathContext(12);

    private final StringBuilder text = new StringBuilder(128);

    /** Adds a whole number. */
    public RowText put(String column, long value) {
        name(column).append(value).append(" ");
        return this;
    }

    /** Adds a fraction. */
    public RowText put(String column, BigDecimal value) {
        name(column).append(number(value));
        return this;
    }

    /** Adds a text, or NULL. */
    public RowText put(String column, @Nullable String value) {
        name(column);
        text(text, value);
        return this;
    }

    /** Adds a point in time, milliseconds since the epoch. */
    public RowText time(String column, long millis) {
        return put(column, EventJson.time(millis));
    }

    /** Adds an array of whole numbers. */
    public RowText put(String column, List<Long> values) {
        name(column).append('[');
        values.forEach(value -> text.append(value).append(' '));
        text.append(']');
        return this;
    }

    private StringBuilder name(String column) {
        return text.append(column).append('=');
    }

    private static void text(StringBuilder text, @Nullable String value) {
        if (value == null) {
            text.append("null ");
        } else {
            text.append('"').append(value).append("\" ");
        }
    }

    /** The row's text. */
    public String end() {
        return text.toString();
    }

    /** The text of a row that the engine wrote as JSON. */
    public static String of(byte[] json) {
        StringBuilder text = new StringBuilder(json.length);
        try (JsonParser parser = JSON.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                append(text, parser, token);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "A row is no JSON: " + new String(json, java.nio.charset.StandardCharsets.UTF_8), e);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, JsonParser parser, JsonToken token) throws IOException {
        switch (token) {
            case FIELD_NAME -> text.append(parser.currentName()).append('=');
            case VALUE_STRING -> text(text, parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> text.append(number(parser.getDecimalValue()));
            case VALUE_NULL -> text(text, null);
            case VALUE_TRUE, VALUE_FALSE -> text.append(parser.getText()).append(' ');
            case START_ARRAY -> text.append('[');
            case END_ARRAY -> text.append(']');
            default -> {}
        }
    }

    private static String number(BigDecimal value) {
        BigDecimal plain = value.stripTrailingZeros();
        return (plain.scale() > 0 ? plain.round(TWELVE_DIGITS).stripTrailingZeros() : plain).toPlainString() + " ";
    }
}
