package io.velostream.local.apiserver.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who set which fields of an object, as {@code metadata.managedFields} says. Rules as in the Kubernetes documentation on
 * server-side apply: an apply owns what it lists, an update owns what it changed, and whoever changes a field takes it from all
 * others.
 */
final class ManagedFields {
    /** Fields of {@code metadata} that the server itself keeps and nobody owns. */
    private static final List<String> SERVER_METADATA = List.of(
            "name",
            "namespace",
            "uid",
            "resourceVersion",
            "generation",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "managedFields",
            "selfLink",
            "generateName");

    /** One writer: the same name has separate entries for apply, for updates, and for each subresource. */
    record Manager(String name, String operation, String subresource) {}

    private record Owned(String apiVersion, String time, FieldSet fields) {}

    private final Map<Manager, Owned> entries;

    private ManagedFields(Map<Manager, Owned> entries) {
        this.entries = entries;
    }

    static ManagedFields of(ObjectNode object) {
        Map<Manager, Owned> entries = new LinkedHashMap<>();
        for (JsonNode entry : object.at("/metadata/managedFields")) {
            entries.put(
                    new Manager(
                            entry.path("manager").asText(),
                            entry.path("operation").asText(),
                            entry.path("subresource").asText("")),
                    new Owned(
                            entry.path("apiVersion").asText(),
                            entry.path("time").asText(),
                            FieldSet.fromFieldsV1(entry.path("fieldsV1"))));
        }
        return new ManagedFields(entries);
    }

    /** The leaves of an object that can have an owner. */
    static FieldSet ownable(ObjectNode object, Schema schema) {
        ObjectNode copy = object.deepCopy();
        copy.remove(List.of("apiVersion", "kind"));
        if (copy.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove(SERVER_METADATA);
            if (metadata.isEmpty()) {
                copy.remove("metadata");
            }
        }
        return FieldSet.of(copy, schema);
    }

    FieldSet of(Manager manager) {
        Owned owned = entries.get(manager);
        return owned == null ? FieldSet.empty() : owned.fields();
    }

    /** Whether anyone but this manager owns the path. */
    boolean ownedByOthers(Manager manager, List<String> path) {
        return entries.entrySet().stream()
                .anyMatch(entry -> !entry.getKey().equals(manager)
                        && entry.getValue().fields().contains(path));
    }

    /** The others that own a path, for a message. */
    List<String> otherOwners(Manager manager, List<String> path) {
        return entries.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(manager)
                        && entry.getValue().fields().contains(path))
                .map(entry -> entry.getKey().name())
                .toList();
    }

    /** Makes the manager own exactly these. */
    void set(Manager manager, String apiVersion, FieldSet fields, Instant now) {
        if (fields.isEmpty()) {
            entries.remove(manager);
            return;
        }
        Owned before = entries.get(manager);
        if (before == null || !before.fields().equals(fields)) {
            entries.put(
                    manager,
                    new Owned(apiVersion, now.truncatedTo(ChronoUnit.SECONDS).toString(), fields));
        }
    }

    /** Takes paths from everyone but this manager. */
    void takeFromOthers(Manager manager, Set<List<String>> paths) {
        entries.replaceAll((key, owned) -> key.equals(manager)
                ? owned
                : new Owned(owned.apiVersion(), owned.time(), owned.fields().minus(paths)));
        entries.values().removeIf(owned -> owned.fields().isEmpty());
    }

    /** Forgets paths that are no longer in the object. */
    void keepOnly(FieldSet present) {
        entries.replaceAll((key, owned) -> {
            Set<List<String>> kept = new LinkedHashSet<>(owned.fields().paths());
            kept.removeIf(path -> !present.contains(path) && !isAbove(path, present));
            return new Owned(owned.apiVersion(), owned.time(), new FieldSet(kept));
        });
        entries.values().removeIf(owned -> owned.fields().isEmpty());
    }

    /** An empty object that somebody owned may hold fields of others by now. */
    private static boolean isAbove(List<String> path, FieldSet present) {
        return present.paths().stream()
                .anyMatch(other -> other.size() > path.size()
                        && other.subList(0, path.size()).equals(path));
    }

    /** Records a write that was no apply. */
    void recordUpdate(
            Manager manager, String apiVersion, ObjectNode before, ObjectNode after, Schema schema, Instant now) {
        FieldSet present = ownable(after, schema);
        Set<List<String>> changed = new LinkedHashSet<>();
        for (List<String> path : present.paths()) {
            if (!FieldSet.value(after, path).equals(FieldSet.value(before, path)) && !isExistingItem(before, path)) {
                changed.add(path);
            }
        }
        takeFromOthers(manager, changed);
        keepOnly(present);
        set(manager, apiVersion, of(manager).plus(changed), now);
    }

    /** A list item that was there before is not changed as such when a field in it is. */
    private static boolean isExistingItem(ObjectNode before, List<String> path) {
        return path.getLast().startsWith("k:") && FieldSet.value(before, path).isPresent();
    }

    void writeTo(ObjectNode object) {
        ObjectNode metadata = object.withObjectProperty("metadata");
        if (entries.isEmpty()) {
            metadata.remove("managedFields");
            return;
        }
        ArrayNode array = metadata.putArray("managedFields");
        entries.forEach((manager, owned) -> {
            ObjectNode entry = array.addObject();
            entry.put("manager", manager.name()).put("operation", manager.operation());
            entry.put("apiVersion", owned.apiVersion()).put("time", owned.time());
            entry.put("fieldsType", "FieldsV1");
            entry.set("fieldsV1", owned.fields().toFieldsV1());
            if (!manager.subresource().isEmpty()) {
                entry.put("subresource", manager.subresource());
            }
        });
    }
}
