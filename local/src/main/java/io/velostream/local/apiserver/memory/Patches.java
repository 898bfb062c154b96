package io.velostream.local.apiserver.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;
import java.util.Map;

/** The three kinds of patch that are not server-side apply. */
enum Patches {
    /** RFC 6902. */
    JSON_PATCH("application/json-patch+json") {
        @Override
        ObjectNode apply(ObjectNode live, JsonNode patch, Schema schema) {
            try {
                return (ObjectNode) JsonPatch.apply(patch, live.deepCopy());
            } catch (JsonPatchException | ClassCastException e) {
                throw ApiException.badRequest("the JSON patch cannot be applied: " + e.getMessage());
            }
        }
    },
    /** RFC 7386. */
    MERGE_PATCH("application/merge-patch+json") {
        @Override
        ObjectNode apply(ObjectNode live, JsonNode patch, Schema schema) {
            ObjectNode result = live.deepCopy();
            merge(result, patch);
            return result;
        }
    },
    /** Kubernetes' own, for built-in kinds: a merge patch that merges lists with keys item by item. */
    STRATEGIC_MERGE_PATCH("application/strategic-merge-patch+json") {
        @Override
        ObjectNode apply(ObjectNode live, JsonNode patch, Schema schema) {
            if (!(schema instanceof BuiltInSchema)) {
                throw ApiException.unsupportedMediaType(mediaType() + " of a custom resource");
            }
            ObjectNode result = live.deepCopy();
            StructuralMerge.into(result, (ObjectNode) patch, schema);
            return result;
        }
    };

    private final String mediaType;

    Patches(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    /** A new object; the live one is not changed. */
    abstract ObjectNode apply(ObjectNode live, JsonNode patch, Schema schema);

    static Patches of(String mediaType) {
        for (Patches kind : values()) {
            if (kind.mediaType.equals(mediaType)) {
                return kind;
            }
        }
        throw ApiException.unsupportedMediaType(mediaType);
    }

    private static void merge(ObjectNode target, JsonNode patch) {
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            JsonNode value = field.getValue();
            if (value.isNull()) {
                target.remove(field.getKey());
            } else if (value.isObject()) {
                ObjectNode child = target.get(field.getKey()) instanceof ObjectNode existing
                        ? existing
                        : target.putObject(field.getKey());
                merge(child, value);
            } else {
                target.set(field.getKey(), value.deepCopy());
            }
        }
    }
}
