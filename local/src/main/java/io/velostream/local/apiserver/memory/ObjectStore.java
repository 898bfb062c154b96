package io.velostream.local.apiserver.memory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The objects and what happened to them: every write gets the next revision of one counter, and watchers see all writes in that
 * order. Stored objects are never changed, only replaced. Not safe for several threads: callers hold the lock of the API.
 */
final class ObjectStore {
    /** Where an object is. */
    record Key(String namespace, String name) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int order = namespace.compareTo(other.namespace);
            return order != 0 ? order : name.compareTo(other.name);
        }
    }

    /** What a write did to an object. */
    enum Change {
        ADDED,
        MODIFIED,
        DELETED
    }

    /**
     * One write.
     *
     * @param object as it is afterwards, or as it was last
     * @param before as it was before, absent for a new one
     */
    record Event(long revision, String storageKey, Change change, ObjectNode object, Optional<ObjectNode> before) {}

    private static final int REMEMBERED = 20_000;

    private final Map<String, TreeMap<Key, ObjectNode>> objects = new HashMap<>();
    private final Deque<Event> history = new ArrayDeque<>();
    private final List<Consumer<Event>> watchers = new CopyOnWriteArrayList<>();
    private long revision = 1;
    private long forgotten;

    long revision() {
        return revision;
    }

    Optional<ObjectNode> get(ResourceType type, Key key) {
        return Optional.ofNullable(set(type).get(key));
    }

    Collection<ObjectNode> list(ResourceType type) {
        return set(type).values();
    }

    /** All objects of a namespace, of whatever kind. */
    List<ObjectNode> inNamespace(String namespace) {
        List<ObjectNode> found = new ArrayList<>();
        objects.values()
                .forEach(set -> set.forEach((key, object) -> {
                    if (key.namespace().equals(namespace)) {
                        found.add(object);
                    }
                }));
        return found;
    }

    /** Stores an object under the next revision, which is written into it. */
    ObjectNode put(ResourceType type, Key key, ObjectNode object) {
        ObjectNode stored = stamped(object);
        ObjectNode before = set(type).put(key, stored);
        publish(type, before == null ? Change.ADDED : Change.MODIFIED, stored, before);
        return stored;
    }

    ObjectNode remove(ResourceType type, Key key) {
        ObjectNode before = set(type).remove(key);
        if (before == null) {
            throw ApiException.notFound(type, key.name());
        }
        ObjectNode last = stamped(before);
        publish(type, Change.DELETED, last, before);
        return last;
    }

    /**
     * Passes on every event after a revision, those of the past first.
     *
     * @throws ApiException 410 when the past does not reach so far back
     */
    void watch(long after, Consumer<Event> watcher) {
        if (after < forgotten) {
            throw ApiException.expired(after, forgotten);
        }
        history.stream().filter(event -> event.revision() > after).forEach(watcher);
        watchers.add(watcher);
    }

    void unwatch(Consumer<Event> watcher) {
        watchers.remove(watcher);
    }

    private ObjectNode stamped(ObjectNode object) {
        revision++;
        ObjectNode copy = object.deepCopy();
        copy.withObjectProperty("metadata").put("resourceVersion", Long.toString(revision));
        return copy;
    }

    private void publish(ResourceType type, Change change, ObjectNode object, @Nullable ObjectNode before) {
        Event event = new Event(revision, type.storageKey(), change, object, Optional.ofNullable(before));
        history.addLast(event);
        if (history.size() > REMEMBERED) {
            forgotten = history.removeFirst().revision();
        }
        watchers.forEach(watcher -> watcher.accept(event));
    }

    private TreeMap<Key, ObjectNode> set(ResourceType type) {
        return objects.computeIfAbsent(type.storageKey(), key -> new TreeMap<>());
    }
}
