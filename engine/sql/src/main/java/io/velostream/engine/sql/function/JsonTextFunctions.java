package io.velostream.engine.sql.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Functions that take JSON apart and make it. */
public final class JsonTextFunctions {

    private JsonTextFunctions() {}

    @SqlFunction(
            name = "IS_JSON_STRING",
            aliases = {"IS_JSON"},
            description = "Whether the text is JSON; FALSE for NULL.",
            examples = {
                "IS_JSON_STRING('[1,{\"a\":null}]') = TRUE",
                "IS_JSON_STRING('[1') = FALSE",
                "IS_JSON_STRING(NULL) = FALSE"
            })
    public static boolean isJson(@SqlNullable @Nullable String text) {
        return text != null && JsonValues.parse(text).isPresent();
    }

    @SqlFunction(
            name = "TO_JSON_STRING",
            aliases = {"TO_JSON"},
            description = "The value as JSON text.",
            examples = {
                "TO_JSON_STRING(ARRAY(1, NULL)) = '[1,null]'",
                "TO_JSON_STRING('a\"b') = '\"a\\\"b\"'",
                "TO_JSON_STRING(DATE '2024-02-29') = '\"2024-02-29\"'",
                "TO_JSON_STRING(NULL) = 'null'"
            })
    public static String toJson(TypedValue value) {
        return JsonValues.json(JsonValues.tree(value.value(), value.type()));
    }

    @SqlFunction(
            name = "JSON_KEYS",
            description = "The keys of the JSON object; NULL when it is none.",
            examples = {"JSON_KEYS('{\"a\":1,\"b\":{\"c\":2}}') = ARRAY('a', 'b')", "JSON_KEYS('[]') = NULL"})
    public static @Nullable List<String> keys(TypedValue json) {
        Map<String, String> records = records(json);
        return records == null ? null : new ArrayList<>(records.keySet());
    }

    @SqlFunction(
            name = "JSON_RECORDS",
            description = "The members of the JSON object, each as JSON text; NULL when it is none.",
            examples = {"JSON_RECORDS('{\"a\":\"x\",\"b\":[1]}') = MAP('a', '\"x\"', 'b', '[1]')"})
    public static @Nullable Map<String, String> records(TypedValue json) {
        Optional<JsonNode> object = of(json).filter(JsonNode::isObject);
        if (object.isEmpty()) {
            return null;
        }
        Map<String, String> members = new LinkedHashMap<>();
        object.get().properties().forEach(member -> members.put(member.getKey(), JsonValues.json(member.getValue())));
        return members;
    }

    @SqlFunction(
            name = "JSON_ITEMS",
            description = "The elements of the JSON array, each as JSON text; NULL when it is none.",
            examples = {"JSON_ITEMS('[{\"a\":1},\"x\"]') = ARRAY('{\"a\":1}', '\"x\"')"})
    public static @Nullable List<String> items(TypedValue json) {
        Optional<JsonNode> array = of(json).filter(JsonNode::isArray);
        if (array.isEmpty()) {
            return null;
        }
        List<String> items = new ArrayList<>();
        array.get().forEach(element -> items.add(JsonValues.json(element)));
        return items;
    }

    private static Optional<JsonNode> of(TypedValue json) {
        return json.value() == null ? Optional.empty() : JsonValues.tree(json);
    }

    @SqlFunction(
            name = "JSON_CONCAT",
            description =
                    "JSON objects merged into one, of equal keys the last, or all else as one array; NULL when a text"
                            + " is not JSON.",
            examples = {
                "JSON_CONCAT('{\"a\":1}', '{\"b\":2,\"a\":3}') = '{\"a\":3,\"b\":2}'",
                "JSON_CONCAT('[1]', '[2,3]', '4') = '[1,2,3,4]'",
                "JSON_CONCAT('[1', '2') = NULL"
            })
    public static @Nullable String concat(String... parts) {
        List<JsonNode> trees = new ArrayList<>();
        for (String part : parts) {
            Optional<JsonNode> tree = JsonValues.parse(part);
            if (tree.isEmpty()) {
                return null;
            }
            trees.add(tree.get());
        }
        return trees.isEmpty() ? null : concat(trees);
    }

    private static String concat(List<JsonNode> trees) {
        if (trees.stream().allMatch(JsonNode::isObject)) {
            ObjectNode merged = JsonValues.newObject();
            trees.forEach(tree -> merged.setAll((ObjectNode) tree));
            return merged.toString();
        }
        ArrayNode joined = JsonValues.newArray();
        for (JsonNode tree : trees) {
            if (tree.isArray()) {
                tree.forEach(joined::add);
            } else {
                joined.add(tree);
            }
        }
        return joined.toString();
    }
}
