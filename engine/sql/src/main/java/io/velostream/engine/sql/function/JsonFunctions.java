package io.velostream.engine.sql.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Functions that look into JSON by a path. The JSON is a text, or a column that holds an object or array. What is not
 * there, and a text that is not JSON, is NULL, as SQL:2016 has it by default.
 */
public final class JsonFunctions {

    private JsonFunctions() {}

    private static Optional<List<JsonNode>> find(TypedValue json, String path) {
        JsonPath steps = JsonPath.of(path);
        return json.value() == null ? Optional.empty() : JsonValues.tree(json).map(steps::find);
    }

    private static @Nullable JsonNode single(TypedValue json, String path) {
        List<JsonNode> found = find(json, path).orElse(List.of());
        return found.size() == 1 ? found.getFirst() : null;
    }

    @SqlFunction(
            name = "JSON_VALUE",
            description = "The scalar at a path, as text; NULL when there is none, or an object or array.",
            examples = {
                "JSON_VALUE('{\"user\":{\"id\":42}}', '$.user.id') = '42'",
                "JSON_VALUE('{\"user\":{\"id\":42}}', '$.user') = NULL",
                "JSON_VALUE('{\"odd key\":[true,\"x\"]}', '$.\"odd key\"[1]') = 'x'"
            })
    public static @Nullable String value(TypedValue json, @SqlLiteral(LiteralKind.JSON_PATH) String path) {
        JsonNode node = single(json, path);
        return node == null || node.isContainerNode() || node.isNull() ? null : JsonValues.text(node);
    }

    @SqlFunction(
            name = "JSON_EXTRACT",
            aliases = {"EXTRACTJSONFIELD"},
            description =
                    "What is at a path: a scalar as text, an object or array as JSON text. Of a path with * an array of"
                            + " all that it leads to.",
            examples = {
                "JSON_EXTRACT('{\"a\":{\"b\":[1,2]}}', '$.a') = '{\"b\":[1,2]}'",
                "JSON_EXTRACT('{\"a\":\"x\"}', '$.a') = 'x'",
                "JSON_EXTRACT('{\"a\":[{\"q\":1},{\"q\":2}]}', '$.a[*].q') = '[1,2]'"
            })
    public static @Nullable String extract(TypedValue json, @SqlLiteral(LiteralKind.JSON_PATH) String path) {
        if (JsonPath.of(path).leadsToSeveral()) {
            return all(json, path);
        }
        JsonNode node = single(json, path);
        return node == null || node.isNull() ? null : JsonValues.text(node);
    }

    private static @Nullable String all(TypedValue json, String path) {
        Optional<List<JsonNode>> found = find(json, path);
        if (found.isEmpty() || found.get().isEmpty()) {
            return null;
        }
        ArrayNode array = JsonValues.newArray();
        found.get().forEach(array::add);
        return array.toString();
    }

    @SqlFunction(
            name = "JSON_QUERY",
            description =
                    "The object or array at a path, as JSON text; NULL when there is none, or a scalar. Of a path with"
                            + " * an array of all that it leads to.",
            examples = {"JSON_QUERY('{\"a\":{\"b\":1}}', '$.a') = '{\"b\":1}'", "JSON_QUERY('{\"a\":1}', '$.a') = NULL"
            })
    public static @Nullable String query(TypedValue json, @SqlLiteral(LiteralKind.JSON_PATH) String path) {
        if (JsonPath.of(path).leadsToSeveral()) {
            return all(json, path);
        }
        JsonNode node = single(json, path);
        return node != null && node.isContainerNode() ? JsonValues.json(node) : null;
    }

    @SqlFunction(
            name = "JSON_EXISTS",
            description = "Whether there is something at a path, be it null; NULL for NULL.",
            examples = {
                "JSON_EXISTS('{\"a\":null}', '$.a') = TRUE",
                "JSON_EXISTS('{\"a\":null}', '$.b') = FALSE",
                "JSON_EXISTS(NULL, '$.b') = NULL"
            })
    public static @Nullable Boolean exists(TypedValue json, @SqlLiteral(LiteralKind.JSON_PATH) String path) {
        JsonPath steps = JsonPath.of(path);
        if (json.value() == null) {
            return null;
        }
        return JsonValues.tree(json).filter(tree -> !steps.find(tree).isEmpty()).isPresent();
    }

    @SqlFunction(
            name = "JSON_ARRAY_CONTAINS",
            description = "Whether the JSON array has an element that is the same as the value.",
            examples = {
                "JSON_ARRAY_CONTAINS('[1,2.0]', 2) = TRUE",
                "JSON_ARRAY_CONTAINS('[\"a\",null]', 'b') = FALSE",
                "JSON_ARRAY_CONTAINS('{}', 1) = FALSE"
            })
    public static @Nullable Boolean arrayContains(TypedValue json, TypedValue value) {
        if (json.value() == null) {
            return null;
        }
        Object wanted = key(JsonValues.tree(value.value(), value.type()));
        Optional<JsonNode> array = JsonValues.tree(json).filter(JsonNode::isArray);
        return array.isPresent()
                && array.get().valueStream().anyMatch(element -> key(element).equals(wanted));
    }

    private static Object key(JsonNode node) {
        return node.isNumber() ? SqlValues.key(node.decimalValue()) : node;
    }

    @SqlFunction(
            name = "JSON_ARRAY_LENGTH",
            description = "How many elements the JSON array has; NULL when it is none.",
            examples = {"JSON_ARRAY_LENGTH('[1,[2,3]]') = 2", "JSON_ARRAY_LENGTH('{}') = NULL"})
    public static @Nullable Long arrayLength(TypedValue json) {
        return json.value() == null
                ? null
                : JsonValues.tree(json)
                        .filter(JsonNode::isArray)
                        .map(array -> (Long) (long) array.size())
                        .orElse(null);
    }
}
