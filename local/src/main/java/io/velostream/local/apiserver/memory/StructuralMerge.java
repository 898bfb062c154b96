package io.velostream.local.apiserver.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lays one object over another the way server-side apply and strategic merge do: objects field by field, lists with keys item by
 * item, sets by union, everything else as a whole.
 */
final class StructuralMerge {
    private static final String DIRECTIVE = "$patch";

    private StructuralMerge() {}

    /** Changes {@code base}. A null in {@code overlay} takes the field away; so does {@code $patch: delete} an item. */
    static void into(ObjectNode base, ObjectNode overlay, Schema schema) {
        for (Map.Entry<String, JsonNode> field : overlay.properties()) {
            String name = field.getKey();
            if (name.startsWith("$")) {
                continue;
            }
            JsonNode value = field.getValue();
            if (value.isNull()) {
                base.remove(name);
            } else {
                base.set(name, merged(base.get(name), value, schema.field(name)));
            }
        }
    }

    private static JsonNode merged(@Nullable JsonNode base, JsonNode overlay, Schema schema) {
        if (overlay instanceof ObjectNode object) {
            if (object.path(DIRECTIVE).asText().equals("replace")) {
                ObjectNode replacement = object.deepCopy();
                replacement.remove(DIRECTIVE);
                return replacement;
            }
            ObjectNode target =
                    base instanceof ObjectNode existing && !schema.isAtomic() ? existing : object.objectNode();
            into(target, object, schema);
            return target;
        }
        if (overlay instanceof ArrayNode array) {
            if (schema.isSet() && base instanceof ArrayNode existing) {
                return union(existing, array);
            }
            Optional<List<String>> keys = array.isEmpty() ? Optional.empty() : schema.listKeys(array.get(0));
            if (keys.isPresent()) {
                return byKey(
                        base instanceof ArrayNode existing ? existing : array.arrayNode(), array, keys.get(), schema);
            }
        }
        return overlay.deepCopy();
    }

    private static ArrayNode union(ArrayNode base, ArrayNode overlay) {
        ArrayNode result = base.deepCopy();
        for (JsonNode value : overlay) {
            if (!contains(result, value)) {
                result.add(value);
            }
        }
        return result;
    }

    /** In the overlay's order, then what only the base has, in its own. */
    private static ArrayNode byKey(ArrayNode base, ArrayNode overlay, List<String> keys, Schema schema) {
        ArrayNode result = base.arrayNode();
        for (JsonNode item : overlay) {
            Optional<JsonNode> existing = find(base, FieldSet.key(item, keys));
            if (!item.path(DIRECTIVE).asText().equals("delete")) {
                JsonNode copy = existing.isPresent() ? existing.get().deepCopy() : null;
                result.add(merged(copy, item, schema.item()));
            }
        }
        for (JsonNode item : base) {
            if (find(overlay, FieldSet.key(item, keys)).isEmpty()) {
                result.add(item);
            }
        }
        return result;
    }

    private static Optional<JsonNode> find(ArrayNode items, String key) {
        for (JsonNode item : items) {
            if (FieldSet.matches(item, key)) {
                return Optional.of(item);
            }
        }
        return Optional.empty();
    }

    private static boolean contains(ArrayNode array, JsonNode value) {
        for (JsonNode item : array) {
            if (item.equals(value)) {
                return true;
            }
        }
        return false;
    }
}
