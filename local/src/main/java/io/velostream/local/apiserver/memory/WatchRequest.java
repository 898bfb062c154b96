package io.velostream.local.apiserver.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What one watcher sees: which objects, and from when on.
 *
 * @param after events after this revision; absent: everything that exists first
 */
record WatchRequest(ResourceType type, Predicate<ObjectNode> filter, Optional<Long> after, boolean bookmarkAfterStart) {

    /**
     * The event as the watcher sees it: for an object that begins to match it is an addition, for one that no longer matches a
     * deletion.
     */
    Optional<ObjectNode> translate(ObjectStore.Event event) {
        if (!event.storageKey().equals(type.storageKey())) {
            return Optional.empty();
        }
        boolean matches = event.change() != ObjectStore.Change.DELETED && filter.test(event.object());
        boolean matched = event.before().filter(filter).isPresent();
        if (matches) {
            return Optional.of(line(matched ? "MODIFIED" : "ADDED", event.object()));
        }
        return matched ? Optional.of(line("DELETED", event.object())) : Optional.empty();
    }

    ObjectNode added(ObjectNode object) {
        return line("ADDED", object);
    }

    /** Marks the end of what existed when the watch began. */
    ObjectNode initialEventsEnd(long revision) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("kind", type.kind()).put("apiVersion", type.apiVersion());
        ObjectNode metadata = object.putObject("metadata").put("resourceVersion", Long.toString(revision));
        metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
        return line("BOOKMARK", object);
    }

    private ObjectNode line(String kind, JsonNode object) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("type", kind);
        line.set("object", MemoryApi.inVersion(object, type));
        return line;
    }
}
