package io.velostream.local.apiserver.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A set of paths into an object, in the notation of Kubernetes' {@code FieldsV1}: {@code f:name} a field, {@code k:{…}} the list
 * item with these keys, {@code v:…} a value of a set. A list item is a member itself, beside what is in it.
 */
final class FieldSet {
    private static final ObjectMapper CANONICAL = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    /** The one key of a list that has a default, in {@code ports}. */
    private static final String PROTOCOL = "protocol";

    private static final JsonNode DEFAULT_PROTOCOL = JsonNodeFactory.instance.textNode("TCP");

    private final Set<List<String>> paths;

    FieldSet(Set<List<String>> paths) {
        this.paths = paths;
    }

    static FieldSet empty() {
        return new FieldSet(new LinkedHashSet<>());
    }

    /** Every leaf of an object. */
    static FieldSet of(ObjectNode object, Schema schema) {
        FieldSet result = empty();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            collect(field.getValue(), schema.field(field.getKey()), List.of("f:" + field.getKey()), result.paths);
        }
        return result;
    }

    Set<List<String>> paths() {
        return paths;
    }

    boolean isEmpty() {
        return paths.isEmpty();
    }

    boolean contains(List<String> path) {
        return paths.contains(path);
    }

    FieldSet minus(Set<List<String>> others) {
        Set<List<String>> rest = new LinkedHashSet<>(paths);
        rest.removeAll(others);
        return new FieldSet(rest);
    }

    FieldSet plus(Set<List<String>> others) {
        Set<List<String>> all = new LinkedHashSet<>(paths);
        all.addAll(others);
        return new FieldSet(all);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FieldSet that && paths.equals(that.paths);
    }

    @Override
    public int hashCode() {
        return paths.hashCode();
    }

    private static void collect(JsonNode value, Schema schema, List<String> path, Set<List<String>> out) {
        if (value instanceof ObjectNode object && !object.isEmpty() && !schema.isAtomic()) {
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                collect(field.getValue(), schema.field(field.getKey()), append(path, "f:" + field.getKey()), out);
            }
        } else if (value instanceof ArrayNode array && !array.isEmpty() && schema.isSet()) {
            array.forEach(item -> out.add(append(path, "v:" + item)));
        } else if (value instanceof ArrayNode array
                && !array.isEmpty()
                && schema.listKeys(array.get(0)).isPresent()) {
            for (JsonNode item : array) {
                List<String> itemPath =
                        append(path, key(item, schema.listKeys(array.get(0)).orElseThrow()));
                out.add(itemPath);
                item.properties()
                        .forEach(field -> collect(
                                field.getValue(),
                                schema.item().field(field.getKey()),
                                append(itemPath, "f:" + field.getKey()),
                                out));
            }
        } else {
            out.add(path);
        }
    }

    /** The path element of a list item. */
    static String key(JsonNode item, List<String> keys) {
        Map<String, JsonNode> values = new TreeMap<>();
        for (String key : keys) {
            if (item.has(key)) {
                values.put(key, item.get(key));
            } else if (key.equals(PROTOCOL)) {
                values.put(key, DEFAULT_PROTOCOL);
            }
        }
        try {
            return "k:" + CANONICAL.writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("JSON that cannot be written: " + values, e);
        }
    }

    /** What lies at a path, if anything. */
    static Optional<JsonNode> value(JsonNode root, List<String> path) {
        JsonNode at = root;
        for (String element : path) {
            Optional<JsonNode> next = step(at, element);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            at = next.get();
        }
        return Optional.of(at);
    }

    /** Takes away what lies at a path, and the objects and lists above it that are empty then. */
    static void remove(ObjectNode root, List<String> path) {
        List<JsonNode> nodes = new ArrayList<>();
        nodes.add(root);
        for (String element : path.subList(0, path.size() - 1)) {
            Optional<JsonNode> next = step(nodes.getLast(), element);
            if (next.isEmpty()) {
                return;
            }
            nodes.add(next.get());
        }
        for (int i = path.size() - 1; i >= 0; i--) {
            removeChild(nodes.get(i), path.get(i));
            if (i == 0 || !nodes.get(i).isEmpty()) {
                return;
            }
        }
    }

    private static void removeChild(JsonNode parent, String element) {
        if (parent instanceof ObjectNode object) {
            object.remove(element.substring(2));
        } else if (parent instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (matches(array.get(i), element)) {
                    array.remove(i);
                    return;
                }
            }
        }
    }

    private static Optional<JsonNode> step(JsonNode at, String element) {
        if (element.startsWith("f:")) {
            return Optional.ofNullable(at.get(element.substring(2)));
        }
        for (JsonNode item : at) {
            if (matches(item, element)) {
                return Optional.of(item);
            }
        }
        return Optional.empty();
    }

    static boolean matches(JsonNode item, String element) {
        JsonNode wanted = parse(element.substring(2));
        if (element.startsWith("v:")) {
            return item.equals(wanted);
        }
        for (Map.Entry<String, JsonNode> key : wanted.properties()) {
            JsonNode actual = item.get(key.getKey());
            if (actual == null && key.getKey().equals(PROTOCOL)) {
                actual = DEFAULT_PROTOCOL;
            }
            if (!key.getValue().equals(actual)) {
                return false;
            }
        }
        return true;
    }

    private static JsonNode parse(String json) {
        try {
            return CANONICAL.readTree(json);
        } catch (JsonProcessingException e) {
            throw ApiException.badRequest("managedFields hold '" + json + "', which is not JSON");
        }
    }

    ObjectNode toFieldsV1() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        for (List<String> path : paths) {
            ObjectNode at = root;
            for (String element : path) {
                at = at.withObjectProperty(element);
            }
            if (path.getLast().startsWith("k:")) {
                at.putObject(".");
            }
        }
        return root;
    }

    static FieldSet fromFieldsV1(JsonNode fields) {
        FieldSet result = empty();
        read(fields, List.of(), result.paths);
        return result;
    }

    private static void read(JsonNode node, List<String> path, Set<List<String>> out) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (field.getKey().equals(".")) {
                out.add(path);
            } else if (field.getValue().isEmpty()) {
                out.add(append(path, field.getKey()));
            } else {
                read(field.getValue(), append(path, field.getKey()), out);
            }
        }
    }

    private static List<String> append(List<String> path, String element) {
        List<String> longer = new ArrayList<>(path.size() + 1);
        longer.addAll(path);
        longer.add(element);
        return List.copyOf(longer);
    }
}
