package io.velostream.local.apiserver.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.velostream.local.apiserver.memory.ResourceType.ScalePaths;
import java.util.ArrayList;
import java.util.List;

/** The scale subresource: replicas of whatever kind, in one shape. */
final class Scales {
    private Scales() {}

    static ObjectNode read(ObjectNode object, ResourceType type) {
        ScalePaths paths = type.scale().orElseThrow(ApiException::noSuchPath);
        ObjectNode scale = JsonNodeFactory.instance.objectNode();
        scale.put("kind", "Scale").put("apiVersion", "autoscaling/v1");
        ObjectNode metadata = scale.putObject("metadata");
        for (String field : List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
            metadata.set(field, object.path("metadata").path(field));
        }
        scale.putObject("spec").put("replicas", at(object, paths.spec()).asInt());
        ObjectNode status = scale.putObject("status")
                .put("replicas", at(object, paths.status()).asInt());
        String selector = paths.selector()
                .map(path -> at(object, path).asText(""))
                .orElseGet(() -> labels(object.at("/spec/selector/matchLabels")));
        if (!selector.isEmpty()) {
            status.put("selector", selector);
        }
        return scale;
    }

    /** The object with the replicas that the scale asks for. */
    static ObjectNode write(ObjectNode object, ObjectNode scale, ResourceType type) {
        ScalePaths paths = type.scale().orElseThrow(ApiException::noSuchPath);
        JsonNode replicas = scale.at("/spec/replicas");
        if (!replicas.isMissingNode() && (!replicas.isInt() || replicas.asInt() < 0)) {
            throw ApiException.invalid(
                    type, ObjectMetadata.name(object), "spec.replicas: must be an integer of at least 0");
        }
        ObjectNode changed = object.deepCopy();
        JsonNode revision = scale.at("/metadata/resourceVersion");
        if (revision.isTextual()) {
            ObjectMetadata.of(changed).set("resourceVersion", revision);
        } else {
            ObjectMetadata.of(changed).remove("resourceVersion");
        }
        String[] segments = paths.spec().split("\\.");
        ObjectNode parent = changed;
        for (int i = 0; i < segments.length - 1; i++) {
            parent = parent.withObjectProperty(segments[i]);
        }
        parent.put(segments[segments.length - 1], replicas.asInt());
        return changed;
    }

    private static JsonNode at(ObjectNode object, String dotted) {
        return object.at("/" + dotted.replace('.', '/'));
    }

    private static String labels(JsonNode matchLabels) {
        List<String> parts = new ArrayList<>();
        matchLabels
                .properties()
                .forEach(label ->
                        parts.add(label.getKey() + "=" + label.getValue().asText()));
        return String.join(",", parts);
    }
}
