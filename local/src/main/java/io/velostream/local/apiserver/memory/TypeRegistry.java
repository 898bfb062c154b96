package io.velostream.local.apiserver.memory;

import com.fasterxml.jackson.databind.JsonNode;
import io.velostream.local.apiserver.memory.ResourceType.ScalePaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The kinds that the API serves: built in, and added by CustomResourceDefinitions. */
final class TypeRegistry {
    private final Map<String, ResourceType> byPath = new ConcurrentSkipListMap<>();

    TypeRegistry() {
        BuiltInTypes.all().forEach(this::add);
    }

    Optional<ResourceType> find(String group, String version, String plural) {
        return Optional.ofNullable(byPath.get(key(group, version, plural)));
    }

    /** All kinds, ordered by group, version and plural. */
    List<ResourceType> all() {
        return List.copyOf(byPath.values());
    }

    /** Serves what a CustomResourceDefinition declares, and no longer what an older one of the name declared. */
    void define(JsonNode crd) {
        undefine(crd);
        fromDefinition(crd).forEach(this::add);
    }

    void undefine(JsonNode crd) {
        String group = crd.at("/spec/group").asText();
        String plural = crd.at("/spec/names/plural").asText();
        byPath.values()
                .removeIf(type -> type.group().equals(group) && type.plural().equals(plural));
    }

    private void add(ResourceType type) {
        byPath.put(key(type.group(), type.version(), type.plural()), type);
    }

    private static List<ResourceType> fromDefinition(JsonNode crd) {
        JsonNode names = crd.at("/spec/names");
        List<ResourceType> types = new ArrayList<>();
        for (JsonNode version : crd.at("/spec/versions")) {
            if (!version.path("served").asBoolean()) {
                continue;
            }
            JsonNode scale = version.at("/subresources/scale");
            types.add(new ResourceType(
                    crd.at("/spec/group").asText(),
                    version.path("name").asText(),
                    names.path("plural").asText(),
                    names.path("singular").asText(names.path("kind").asText().toLowerCase(Locale.ROOT)),
                    names.path("kind").asText(),
                    crd.at("/spec/scope").asText().equals("Namespaced"),
                    version.path("subresources").has("status"),
                    scale.isObject() ? Optional.of(scalePaths(scale)) : Optional.empty(),
                    CustomSchema.of(version.at("/schema/openAPIV3Schema")),
                    texts(names.path("shortNames")),
                    texts(names.path("categories"))));
        }
        return types;
    }

    private static ScalePaths scalePaths(JsonNode scale) {
        return new ScalePaths(
                withoutDot(scale.path("specReplicasPath").asText()),
                withoutDot(scale.path("statusReplicasPath").asText()),
                Optional.of(scale.path("labelSelectorPath").asText())
                        .filter(path -> !path.isEmpty())
                        .map(TypeRegistry::withoutDot));
    }

    private static String withoutDot(String jsonPath) {
        return jsonPath.startsWith(".") ? jsonPath.substring(1) : jsonPath;
    }

    private static List<String> texts(JsonNode array) {
        List<String> result = new ArrayList<>();
        array.forEach(text -> result.add(text.asText()));
        return result;
    }

    private static String key(String group, String version, String plural) {
        return group + "/" + version + "/" + plural;
    }
}
