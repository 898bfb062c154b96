package io.velostream.engine.sql.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import io.velostream.engine.sql.type.TemporalText;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON text and values of the SQL as trees. A tree is never changed once it was made. */
final class JsonValues {

    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .nodeFactory(NODES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** The last text of this thread: a query often takes several values out of one. */
    private static final ThreadLocal<@Nullable Parsed> LAST = new ThreadLocal<>();

    private record Parsed(String text, Optional<JsonNode> tree) {}

    private JsonValues() {}

    /** The tree of a text; empty when it is not JSON. */
    static Optional<JsonNode> parse(String text) {
        Parsed last = LAST.get();
        if (last == null || !last.text().equals(text)) {
            last = new Parsed(text, read(text));
            LAST.set(last);
        }
        return last.tree();
    }

    private static Optional<JsonNode> read(String text) {
        try {
            JsonNode tree = MAPPER.readTree(text);
            return tree == null || tree.isMissingNode() ? Optional.empty() : Optional.of(tree);
        } catch (JsonProcessingException | NumberFormatException notJson) {
            return Optional.empty();
        }
    }

    /** The tree that an argument means: a text is read as JSON, another value is taken as it is. */
    static Optional<JsonNode> tree(TypedValue json) {
        return json.value() instanceof String text ? parse(text) : Optional.of(tree(json.value(), json.type()));
    }

    /** A value as a tree; dates and times as text. */
    static JsonNode tree(@Nullable Object value, SqlType type) {
        return switch (value) {
            case null -> NODES.nullNode();
            case String text -> NODES.textNode(text);
            case Boolean truth -> NODES.booleanNode(truth);
            case Long time
            when type == Simple.TIMESTAMP || type == Simple.DATE || type == Simple.TIME ->
                NODES.textNode(TemporalText.format(time, type));
            case Long number -> NODES.numberNode(number.longValue());
            case Double number -> NODES.numberNode(number.doubleValue());
            case BigDecimal number -> NODES.numberNode(number);
            case byte[] bytes -> NODES.textNode(Base64.getEncoder().encodeToString(bytes));
            case List<?> list -> array(list, type);
            case Map<?, ?> map -> object(map, type);
            default -> throw new IllegalArgumentException("no JSON for " + type);
        };
    }

    private static ArrayNode array(List<?> list, SqlType type) {
        SqlType element = type instanceof SqlType.Array array ? array.element() : Simple.ANY;
        ArrayNode node = NODES.arrayNode(list.size());
        list.forEach(each -> node.add(tree(each, element)));
        return node;
    }

    private static ObjectNode object(Map<?, ?> map, SqlType type) {
        ObjectNode node = NODES.objectNode();
        map.forEach((key, value) -> node.set(String.valueOf(key), tree(value, type.member(String.valueOf(key)))));
        return node;
    }

    /** A scalar as bare text, a container as JSON text. */
    static String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : json(node);
    }

    /** The tree as JSON text, decimals without an exponent. */
    static String json(JsonNode node) {
        return node.isBigDecimal() ? node.decimalValue().toPlainString() : node.toString();
    }

    static ArrayNode newArray() {
        return NODES.arrayNode();
    }

    static ObjectNode newObject() {
        return NODES.objectNode();
    }
}
