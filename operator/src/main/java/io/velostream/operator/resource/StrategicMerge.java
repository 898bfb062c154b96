package io.velostream.operator.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Kubernetes' strategic merge for pod templates: objects are merged field by field, {@code null} removes a field, lists with a
 * merge key are merged by it, other lists are replaced; {@code $patch: delete} removes an element, {@code $patch: replace} an
 * object's or a list's whole content. The keys are those of the {@code patchMergeKey} marks in the core/v1 types.
 */
public final class StrategicMerge {

    private static final Map<String, String> MERGE_KEYS = Map.ofEntries(
            Map.entry("containers", "name"),
            Map.entry("initContainers", "name"),
            Map.entry("env", "name"),
            Map.entry("volumes", "name"),
            Map.entry("imagePullSecrets", "name"),
            Map.entry("volumeMounts", "mountPath"),
            Map.entry("volumeDevices", "devicePath"),
            Map.entry("ports", "containerPort"),
            Map.entry("hostAliases", "ip"),
            Map.entry("topologySpreadConstraints", "topologyKey"),
            Map.entry("resourceClaims", "name"));

    private static final String DIRECTIVE = "$patch";

    private StrategicMerge() {}

    /** {@code base} with {@code patch} over it; neither is changed. */
    public static ObjectNode merge(ObjectNode base, ObjectNode patch) {
        if ("replace".equals(patch.path(DIRECTIVE).asText())) {
            ObjectNode whole = patch.deepCopy();
            whole.remove(DIRECTIVE);
            return whole;
        }
        ObjectNode result = base.deepCopy();
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            mergeField(result, field.getKey(), field.getValue());
        }
        return result;
    }

    private static void mergeField(ObjectNode result, String name, JsonNode patch) {
        JsonNode base = result.path(name);
        if (name.equals(DIRECTIVE)) {
            return;
        }
        if (patch.isNull()) {
            result.remove(name);
        } else if (patch instanceof ObjectNode object) {
            ObjectNode under = base instanceof ObjectNode existing ? existing : JsonNodeFactory.instance.objectNode();
            result.set(name, merge(under, object));
        } else if (patch instanceof ArrayNode list
                && base instanceof ArrayNode existing
                && MERGE_KEYS.containsKey(name)) {
            result.set(name, mergeList(existing, list, MERGE_KEYS.getOrDefault(name, "name")));
        } else {
            result.set(name, patch.deepCopy());
        }
    }

    private static ArrayNode mergeList(ArrayNode base, ArrayNode patch, String key) {
        ArrayNode result = base.deepCopy();
        for (JsonNode element : patch) {
            if (!(element instanceof ObjectNode object)) {
                continue;
            }
            if ("replace".equals(object.path(DIRECTIVE).asText()) && !object.has(key)) {
                result.removeAll();
                continue;
            }
            int at = indexOf(result, key, object.path(key));
            if ("delete".equals(object.path(DIRECTIVE).asText())) {
                if (at >= 0) {
                    result.remove(at);
                }
            } else if (at >= 0) {
                result.set(at, merge((ObjectNode) result.get(at), object));
            } else {
                result.add(merge(JsonNodeFactory.instance.objectNode(), object));
            }
        }
        return result;
    }

    private static int indexOf(ArrayNode list, String key, JsonNode value) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).isObject() && list.get(i).path(key).equals(value)) {
                return i;
            }
        }
        return -1;
    }
}
