package io.velostream.local.apiserver.memory;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells clients what is served. */
final class Discovery {
    private static final String[] VERBS = {
        "create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"
    };
    private static final String VERSION = "v1.36.0";

    private final TypeRegistry types;

    Discovery(TypeRegistry types) {
        this.types = types;
    }

    /** The answer to a discovery path; empty when it is none. */
    Optional<ObjectNode> answer(List<String> path) {
        if (path.isEmpty()) {
            return Optional.empty();
        }
        return switch (path.getFirst()) {
            case "version" -> path.size() == 1 ? Optional.of(version()) : Optional.empty();
            case "api" ->
                switch (path.size()) {
                    case 1 -> Optional.of(coreVersions());
                    case 2 -> Optional.of(resources("", path.get(1)));
                    default -> Optional.empty();
                };
            case "apis" ->
                switch (path.size()) {
                    case 1 -> Optional.of(groups());
                    case 2 -> Optional.of(group(path.get(1)));
                    case 3 -> Optional.of(resources(path.get(1), path.get(2)));
                    default -> Optional.empty();
                };
            default -> Optional.empty();
        };
    }

    private static ObjectNode version() {
        return object().put("major", "1")
                .put("minor", "36")
                .put("gitVersion", VERSION)
                .put("gitCommit", "in-memory")
                .put("gitTreeState", "clean")
                .put("buildDate", "2026-01-01T00:00:00Z")
                .put("goVersion", "none")
                .put("compiler", "none")
                .put("platform", "jvm");
    }

    private static ObjectNode coreVersions() {
        ObjectNode answer = object().put("kind", "APIVersions");
        answer.putArray("versions").add("v1");
        answer.putArray("serverAddressByClientCIDRs");
        return answer;
    }

    private ObjectNode groups() {
        ObjectNode answer = object().put("kind", "APIGroupList").put("apiVersion", "v1");
        ArrayNode groups = answer.putArray("groups");
        versionsByGroup().forEach((group, versions) -> groups.add(group(group, versions)));
        return answer;
    }

    private ObjectNode group(String name) {
        Set<String> versions = versionsByGroup().get(name);
        if (versions == null) {
            throw ApiException.noSuchPath();
        }
        return group(name, versions).put("kind", "APIGroup").put("apiVersion", "v1");
    }

    private static ObjectNode group(String name, Set<String> versions) {
        ObjectNode group = object().put("name", name);
        ArrayNode array = group.putArray("versions");
        versions.forEach(version ->
                array.addObject().put("groupVersion", name + "/" + version).put("version", version));
        String first = versions.iterator().next();
        group.putObject("preferredVersion")
                .put("groupVersion", name + "/" + first)
                .put("version", first);
        return group;
    }

    private Map<String, Set<String>> versionsByGroup() {
        Map<String, Set<String>> result = new LinkedHashMap<>();
        types.all().stream()
                .filter(type -> !type.group().isEmpty())
                .forEach(type -> result.computeIfAbsent(type.group(), g -> new LinkedHashSet<>())
                        .add(type.version()));
        return result;
    }

    private ObjectNode resources(String group, String version) {
        ObjectNode answer = object().put("kind", "APIResourceList").put("apiVersion", "v1");
        answer.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
        ArrayNode resources = answer.putArray("resources");
        types.all().stream()
                .filter(type -> type.group().equals(group) && type.version().equals(version))
                .forEach(type -> add(resources, type));
        if (resources.isEmpty()) {
            throw ApiException.noSuchPath();
        }
        return answer;
    }

    private static void add(ArrayNode resources, ResourceType type) {
        ObjectNode resource = entry(resources, type, "", VERBS);
        resource.put("singularName", type.singular());
        if (!type.shortNames().isEmpty()) {
            type.shortNames().forEach(resource.putArray("shortNames")::add);
        }
        if (!type.categories().isEmpty()) {
            type.categories().forEach(resource.putArray("categories")::add);
        }
        if (type.statusSubresource()) {
            entry(resources, type, "/status", "get", "patch", "update");
        }
        if (type.scale().isPresent()) {
            entry(resources, type, "/scale", "get", "patch", "update")
                    .put("kind", "Scale")
                    .put("group", "autoscaling")
                    .put("version", "v1");
        }
    }

    private static ObjectNode entry(ArrayNode resources, ResourceType type, String subresource, String... verbs) {
        ObjectNode resource = resources.addObject();
        resource.put("name", type.plural() + subresource).put("singularName", "");
        resource.put("namespaced", type.namespaced()).put("kind", type.kind());
        ArrayNode array = resource.putArray("verbs");
        for (String verb : verbs) {
            array.add(verb);
        }
        return resource;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
