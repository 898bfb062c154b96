package io.velostream.local.apiserver.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.velostream.local.apiserver.memory.ManagedFields.Manager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Server-side apply: what a manager lists is set and owned by it, what it listed before and lists no more is removed unless
 * somebody else owns it too, and a field that another manager owns with another value is a conflict unless forced.
 */
final class ServerSideApply {
    private ServerSideApply() {}

    /**
     * A new object from the live one and what is applied.
     *
     * @throws ApiException 409 with the conflicting fields
     */
    static ObjectNode apply(
            ObjectNode live, ObjectNode given, Manager manager, boolean force, ResourceType type, Instant now) {
        ObjectNode applied = given.deepCopy();
        dropNulls(applied);
        ManagedFields owners = ManagedFields.of(live);
        FieldSet wanted = ManagedFields.ownable(applied, type.schema());
        ObjectNode result = live.deepCopy();
        ObjectNode content = applied.deepCopy();
        content.remove(List.of("apiVersion", "kind"));
        StructuralMerge.into(result, content, type.schema());
        Set<List<String>> contested = contested(live, result, wanted, owners, manager);
        if (!contested.isEmpty() && !force) {
            throw ApiException.applyConflict(conflictMessage(contested, owners, manager));
        }
        owners.takeFromOthers(manager, contested);
        removeDropped(result, owners, manager, wanted);
        owners.set(manager, type.apiVersion(), wanted, now);
        owners.keepOnly(ManagedFields.ownable(result, type.schema()).plus(wanted.paths()));
        owners.writeTo(result);
        return result;
    }

    private static Set<List<String>> contested(
            ObjectNode live, ObjectNode merged, FieldSet wanted, ManagedFields owners, Manager manager) {
        Set<List<String>> contested = new LinkedHashSet<>();
        for (List<String> path : wanted.paths()) {
            boolean item = path.getLast().startsWith("k:");
            if (!item
                    && owners.ownedByOthers(manager, path)
                    && !FieldSet.value(live, path).equals(FieldSet.value(merged, path))) {
                contested.add(path);
            }
        }
        return contested;
    }

    /** An item of a list goes as a whole, before what was in it is looked for: without its keys it could not be found. */
    private static void removeDropped(ObjectNode result, ManagedFields owners, Manager manager, FieldSet wanted) {
        List<List<String>> dropped =
                new ArrayList<>(owners.of(manager).minus(wanted.paths()).paths());
        dropped.sort(Comparator.comparing(List<String>::size));
        for (List<String> path : dropped) {
            boolean heldFromBelow = wanted.paths().stream()
                    .anyMatch(other -> other.size() > path.size()
                            && other.subList(0, path.size()).equals(path));
            if (!heldFromBelow && !owners.ownedByOthers(manager, path)) {
                FieldSet.remove(result, path);
            }
        }
    }

    private static void dropNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.removeIf(JsonNode::isNull);
            object.forEach(ServerSideApply::dropNulls);
        } else if (node instanceof ArrayNode array) {
            array.forEach(ServerSideApply::dropNulls);
        }
    }

    private static String conflictMessage(Set<List<String>> contested, ManagedFields owners, Manager manager) {
        StringBuilder message = new StringBuilder(
                "Apply failed with " + contested.size() + (contested.size() == 1 ? " conflict:" : " conflicts:"));
        for (List<String> path : contested) {
            message.append(" conflict with ")
                    .append(owners.otherOwners(manager, path))
                    .append(": ")
                    .append(readable(path));
        }
        return message.toString();
    }

    private static String readable(List<String> path) {
        StringBuilder text = new StringBuilder();
        for (String element : path) {
            text.append(element.startsWith("f:") ? "." + element.substring(2) : "[" + element.substring(2) + "]");
        }
        return text.toString();
    }
}
