package io.velostream.local.apiserver.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Applies a CustomResourceDefinition's schema to an object: unknown fields are dropped, defaults filled in, and types, required
 * fields, enums, bounds and patterns checked. CEL rules, formats and {@code oneOf} are not looked at.
 */
final class CustomContent {
    private static final Set<String> ALWAYS_KEPT = Set.of("apiVersion", "kind", "metadata");

    private final List<String> errors = new ArrayList<>();

    private CustomContent() {}

    /** Changes the object in place. */
    static void pruneAndDefault(ObjectNode object, CustomSchema schema) {
        prune(object, schema.node(), true);
        fillIn(object, schema.node());
    }

    /** One sentence an error, empty when the object fits. */
    static List<String> validate(ObjectNode object, CustomSchema schema) {
        CustomContent content = new CustomContent();
        content.check(object, schema.node(), "");
        return content.errors;
    }

    private static void prune(JsonNode value, JsonNode schema, boolean root) {
        if (value instanceof ObjectNode object) {
            boolean keeps =
                    schema.path("x-kubernetes-preserve-unknown-fields").asBoolean() || !schema.has("properties");
            JsonNode any = schema.path("additionalProperties");
            List<String> unknown = new ArrayList<>();
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                JsonNode declared = schema.path("properties").path(field.getKey());
                if (root && ALWAYS_KEPT.contains(field.getKey())) {
                    continue;
                }
                if (!declared.isMissingNode()) {
                    prune(field.getValue(), declared, false);
                } else if (any.isObject()) {
                    prune(field.getValue(), any, false);
                } else if (!keeps) {
                    unknown.add(field.getKey());
                }
            }
            object.remove(unknown);
        } else if (value instanceof ArrayNode array && schema.has("items")) {
            array.forEach(item -> prune(item, schema.path("items"), false));
        }
    }

    private static void fillIn(JsonNode value, JsonNode schema) {
        if (value instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> property :
                    schema.path("properties").properties()) {
                String name = property.getKey();
                boolean absent = !object.has(name)
                        || (object.get(name).isNull()
                                && !property.getValue().path("nullable").asBoolean());
                if (absent && property.getValue().has("default")) {
                    object.set(name, property.getValue().get("default").deepCopy());
                }
                if (object.has(name)) {
                    fillIn(object.get(name), property.getValue());
                }
            }
            JsonNode any = schema.path("additionalProperties");
            if (any.isObject()) {
                object.forEach(item -> fillIn(item, any));
            }
        } else if (value instanceof ArrayNode array) {
            array.forEach(item -> fillIn(item, schema.path("items")));
        }
    }

    private void check(JsonNode value, JsonNode schema, String path) {
        if (value.isNull() && schema.path("nullable").asBoolean()) {
            return;
        }
        if (!hasType(value, schema)) {
            errors.add(path + ": Invalid value: \"" + typeOf(value) + "\": must be of type "
                    + schema.path("type").asText());
            return;
        }
        checkEnum(value, schema, path);
        if (value.isObject()) {
            checkObject(value, schema, path);
        } else if (value.isArray()) {
            bound(path, "have at most %s items", schema.path("maxItems"), max -> value.size() > max.intValue());
            bound(path, "have at least %s items", schema.path("minItems"), min -> value.size() < min.intValue());
            int index = 0;
            for (JsonNode item : value) {
                check(item, schema.path("items"), path + "[" + index++ + "]");
            }
        } else if (value.isTextual()) {
            checkText(value.asText(), schema, path);
        } else if (value.isNumber()) {
            bound(
                    path,
                    "be less than or equal to %s",
                    schema.path("maximum"),
                    max -> value.decimalValue().compareTo(max) > 0);
            bound(
                    path,
                    "be greater than or equal to %s",
                    schema.path("minimum"),
                    min -> value.decimalValue().compareTo(min) < 0);
        }
    }

    private void checkObject(JsonNode value, JsonNode schema, String path) {
        for (JsonNode required : schema.path("required")) {
            if (!value.has(required.asText())) {
                errors.add(join(path, required.asText()) + ": Required value");
            }
        }
        JsonNode any = schema.path("additionalProperties");
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            JsonNode declared = schema.path("properties").path(field.getKey());
            if (!declared.isMissingNode()) {
                check(field.getValue(), declared, join(path, field.getKey()));
            } else if (any.isObject()) {
                check(field.getValue(), any, join(path, field.getKey()));
            }
        }
    }

    private void checkText(String text, JsonNode schema, String path) {
        int length = text.codePointCount(0, text.length());
        bound(path, "be at most %s characters long", schema.path("maxLength"), max -> length > max.intValue());
        bound(path, "be at least %s characters long", schema.path("minLength"), min -> length < min.intValue());
        String pattern = schema.path("pattern").asText();
        if (!pattern.isEmpty() && !Pattern.compile(pattern).matcher(text).find()) {
            errors.add(path + ": Invalid value: \"" + text + "\": " + path + " in body should match '" + pattern + "'");
        }
    }

    private void checkEnum(JsonNode value, JsonNode schema, String path) {
        JsonNode allowed = schema.path("enum");
        if (allowed.isArray()) {
            for (JsonNode candidate : allowed) {
                if (candidate.equals(value)) {
                    return;
                }
            }
            errors.add(path + ": Unsupported value: " + value + ": supported values: " + allowed);
        }
    }

    private void bound(String path, String rule, JsonNode limit, Predicate<BigDecimal> broken) {
        if (limit.isNumber() && broken.test(limit.decimalValue())) {
            errors.add(path + ": Invalid value: " + path + " in body should " + rule.formatted(limit.asText()));
        }
    }

    private static boolean hasType(JsonNode value, JsonNode schema) {
        if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
            return value.isIntegralNumber() || value.isTextual();
        }
        return switch (schema.path("type").asText()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> true;
        };
    }

    private static String typeOf(JsonNode value) {
        return value.isIntegralNumber() ? "integer" : value.getNodeType().name().toLowerCase(Locale.ROOT);
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
