package io.velostream.engine.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.velostream.engine.runtime.operator.RecordFailure;
import io.velostream.engine.runtime.row.Decimals;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.IntegerText;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whole JSON values as objects, in the forms that {@link SqlType} describes: for containers that an expression looks
 * into, and for the results of functions. This is the slow way on purpose; fields that are only copied never come here.
 */
public final class JsonTree {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private JsonTree() {}

    /**
     * Reads a value as its type wants it.
     *
     * @throws RecordFailure when the value does not fit the type
     */
    public static @Nullable Object read(byte[] text, int from, int to, SqlType type) {
        try {
            return convert(MAPPER.readTree(text, from, to - from), type);
        } catch (JsonProcessingException malformed) {
            throw new RecordFailure(JsonScanner.MALFORMED, "Text that is read as JSON is not valid JSON.");
        } catch (NumberFormatException absurdExponent) {
            throw new RecordFailure("TYPE_MISMATCH", "A nested number is beyond any type.");
        } catch (IOException impossible) {
            throw new IllegalStateException("Reading from memory failed.", impossible);
        }
    }

    private static @Nullable Object convert(JsonNode node, SqlType type) {
        if (node.isNull() || node.isMissingNode()) {
            return null;
        }
        return switch (type) {
            case SqlType.Array array -> list(node, array);
            case SqlType.MapOf map -> map(node, map);
            case SqlType.Struct struct -> struct(node, struct);
            case SqlType.Decimal decimal -> decimal(node, decimal);
            case SqlType.Simple simple -> simple(node, simple);
        };
    }

    private static List<@Nullable Object> list(JsonNode node, SqlType.Array type) {
        if (!node.isArray()) {
            throw mismatch(node, type);
        }
        List<@Nullable Object> list = new ArrayList<>(node.size());
        node.forEach(element -> list.add(convert(element, type.element())));
        return list;
    }

    private static Map<String, @Nullable Object> map(JsonNode node, SqlType.MapOf type) {
        if (!node.isObject()) {
            throw mismatch(node, type);
        }
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        node.properties().forEach(entry -> map.put(entry.getKey(), convert(entry.getValue(), type.value())));
        return map;
    }

    private static Map<String, @Nullable Object> struct(JsonNode node, SqlType.Struct type) {
        if (!node.isObject()) {
            throw mismatch(node, type);
        }
        Map<String, @Nullable Object> struct = new LinkedHashMap<>();
        for (SqlType.Field field : type.fields()) {
            JsonNode exact = node.get(field.name());
            JsonNode value = exact == null ? ignoringCase(node, field.name()) : exact;
            struct.put(field.name(), value == null ? null : convert(value, field.type()));
        }
        return struct;
    }

    private static @Nullable JsonNode ignoringCase(JsonNode node, String name) {
        JsonNode found = null;
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (entry.getKey().equalsIgnoreCase(name)) {
                found = entry.getValue();
            }
        }
        return found;
    }

    private static BigDecimal decimal(JsonNode node, SqlType.Decimal type) {
        BigDecimal value = node.isContainerNode() || node.isBoolean() ? null : NumberToken.exact(node.asText());
        BigDecimal fitting = value == null ? null : Decimals.fit(value, type);
        if (fitting == null) {
            throw mismatch(node, type);
        }
        return fitting;
    }

    private static Object simple(JsonNode node, Simple type) {
        return switch (type) {
            case ANY -> any(node);
            case STRING -> node.isTextual() ? node.textValue() : node.toString();
            case BIGINT, INTERVAL -> bigint(node, type);
            case DOUBLE -> {
                BigDecimal value = number(node, type);
                yield value.doubleValue();
            }
            case BOOLEAN -> bool(node);
            case TIMESTAMP, DATE, TIME -> moment(node, type);
            case BYTES -> bytes(node);
            case NULL -> throw mismatch(node, type);
        };
    }

    private static Object any(JsonNode node) {
        if (node.isObject()) {
            return map(node, new SqlType.MapOf(Simple.ANY));
        }
        if (node.isArray()) {
            return list(node, new SqlType.Array(Simple.ANY));
        }
        if (node.isTextual()) {
            return node.textValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.canConvertToLong() && node.isIntegralNumber()) {
            return node.longValue();
        }
        if (node.isIntegralNumber()) {
            return new BigDecimal(node.bigIntegerValue());
        }
        return node.doubleValue();
    }

    private static Long bigint(JsonNode node, Simple type) {
        try {
            return number(node, type).longValueExact();
        } catch (ArithmeticException fractionOrOverflow) {
            throw mismatch(node, type);
        }
    }

    private static BigDecimal number(JsonNode node, Simple type) {
        BigDecimal value = node.isContainerNode() || node.isBoolean() ? null : NumberToken.exact(node.asText());
        if (value == null) {
            throw mismatch(node, type);
        }
        return value;
    }

    private static Boolean bool(JsonNode node) {
        String text = node.asText().toLowerCase(Locale.ROOT);
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        throw mismatch(node, Simple.BOOLEAN);
    }

    private static Long moment(JsonNode node, Simple type) {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        byte[] text = node.asText().getBytes(StandardCharsets.UTF_8);
        long value = switch (type) {
            case DATE -> IsoTime.parseDate(text, 0, text.length);
            case TIME -> IsoTime.parseTime(text, 0, text.length);
            default -> IsoTime.parseTimestamp(text, 0, text.length);
        };
        if (!node.isTextual() || value == IsoTime.INVALID) {
            throw mismatch(node, type);
        }
        return value;
    }

    private static byte[] bytes(JsonNode node) {
        try {
            return Base64.getDecoder().decode(node.asText());
        } catch (IllegalArgumentException notBase64) {
            throw mismatch(node, Simple.BYTES);
        }
    }

    private static RecordFailure mismatch(JsonNode node, SqlType type) {
        return new RecordFailure(
                "TYPE_MISMATCH",
                "A nested value is declared " + type + ", but the record has "
                        + node.getNodeType().name().toLowerCase(Locale.ROOT) + " there.");
    }

    /** Appends an object as JSON. */
    public static void write(@Nullable Object value, SqlType type, GrowingBuffer out) {
        switch (value) {
            case null -> ascii("null", out);
            case String text -> JsonText.quote(text, out);
            case Boolean bool -> ascii(bool.toString(), out);
            case Double number -> ValueWriter.writeDouble(number, out);
            case Long number -> writeLong(number, type, out);
            case BigDecimal number -> ascii(decimalText(number), out);
            case byte[] bytes -> JsonText.quote(Base64.getEncoder().encodeToString(bytes), out);
            case List<?> list -> writeList(list, type, out);
            case Map<?, ?> map -> writeMap(map, type, out);
            default -> throw new IllegalStateException("No type of ours is held as " + value.getClass() + ".");
        }
    }

    private static void writeLong(long number, SqlType type, GrowingBuffer out) {
        if (type == Simple.TIMESTAMP || type == Simple.DATE || type == Simple.TIME) {
            JsonText.quote(momentText(number, (Simple) type), out);
        } else {
            byte[] buffer = out.ensure(IntegerText.MAX_LONG);
            out.position(IntegerText.write(number, buffer, out.position()));
        }
    }

    private static void writeList(List<?> list, SqlType type, GrowingBuffer out) {
        SqlType element = type instanceof SqlType.Array array ? array.element() : Simple.ANY;
        char before = '[';
        for (Object value : list) {
            ascii(before, out);
            write(value, element, out);
            before = ',';
        }
        ascii(list.isEmpty() ? "[]" : "]", out);
    }

    private static void writeMap(Map<?, ?> map, SqlType type, GrowingBuffer out) {
        char before = '{';
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            ascii(before, out);
            String key = String.valueOf(entry.getKey());
            JsonText.quote(key, out);
            ascii(':', out);
            write(entry.getValue(), memberType(type, key), out);
            before = ',';
        }
        ascii(map.isEmpty() ? "{}" : "}", out);
    }

    private static SqlType memberType(SqlType type, String key) {
        return switch (type) {
            case SqlType.MapOf map -> map.value();
            case SqlType.Struct struct ->
                struct.fields().stream()
                        .filter(field -> field.name().equals(key))
                        .map(SqlType.Field::type)
                        .findFirst()
                        .orElse(Simple.ANY);
            default -> Simple.ANY;
        };
    }

    /** An object as bare text: text itself, JSON for containers. */
    public static String text(@Nullable Object value, SqlType type) {
        return switch (value) {
            case String text -> text;
            case Long number
            when type == Simple.TIMESTAMP || type == Simple.DATE || type == Simple.TIME ->
                momentText(number, (Simple) type);
            case BigDecimal number -> decimalText(number);
            case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
            case null, default -> {
                GrowingBuffer out = new GrowingBuffer(128);
                write(value, type, out);
                yield new String(out.buffer(), 0, out.position(), StandardCharsets.UTF_8);
            }
        };
    }

    private static String decimalText(BigDecimal number) {
        return number.scale() < 0 ? number.setScale(0).toPlainString() : number.toPlainString();
    }

    private static String momentText(long value, Simple type) {
        byte[] buffer = new byte[IsoTime.MAX_TIMESTAMP];
        int end = switch (type) {
            case DATE -> IsoTime.writeDate(value, buffer, 0);
            case TIME -> IsoTime.writeTime(value, buffer, 0);
            default -> IsoTime.writeTimestamp(value, buffer, 0);
        };
        return new String(buffer, 0, end, StandardCharsets.US_ASCII);
    }

    private static void ascii(String text, GrowingBuffer out) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        out.put(bytes, 0, bytes.length);
    }

    private static void ascii(char c, GrowingBuffer out) {
        out.put(c);
    }
}
