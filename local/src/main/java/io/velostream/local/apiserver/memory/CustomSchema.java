package io.velostream.local.apiserver.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The OpenAPI schema of a CustomResourceDefinition; {@code metadata} is that of the built-in kinds. */
record CustomSchema(JsonNode node, boolean root) implements Schema {
    static CustomSchema of(JsonNode openApi) {
        return new CustomSchema(openApi, true);
    }

    @Override
    public Schema field(String name) {
        if (root && name.equals("metadata")) {
            return new BuiltInSchema("metadata");
        }
        JsonNode declared = node.path("properties").path(name);
        JsonNode any = node.path("additionalProperties");
        JsonNode chosen = declared.isMissingNode() && any.isObject() ? any : declared;
        return new CustomSchema(chosen, false);
    }

    @Override
    public Schema item() {
        return new CustomSchema(node.path("items"), false);
    }

    @Override
    public Optional<List<String>> listKeys(JsonNode sample) {
        if (!node.path("x-kubernetes-list-type").asText().equals("map")) {
            return Optional.empty();
        }
        List<String> keys = new ArrayList<>();
        node.path("x-kubernetes-list-map-keys").forEach(key -> keys.add(key.asText()));
        return Optional.of(keys);
    }

    @Override
    public boolean isSet() {
        return node.path("x-kubernetes-list-type").asText().equals("set");
    }

    @Override
    public boolean isAtomic() {
        return node.path("x-kubernetes-map-type").asText().equals("atomic");
    }

    boolean keepsUnknown() {
        return node.isMissingNode()
                || node.path("x-kubernetes-preserve-unknown-fields").asBoolean()
                || !node.has("properties");
    }

    /** A schema that says nothing. */
    static CustomSchema unknown() {
        return new CustomSchema(MissingNode.getInstance(), false);
    }
}
