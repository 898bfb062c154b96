package io.velostream.local.apiserver.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.velostream.local.apiserver.memory.ManagedFields.Manager;
import io.velostream.local.apiserver.memory.ObjectStore.Key;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The verbs on objects, with the rules of Kubernetes for metadata: revisions and conflicts, generation, the separation of status,
 * field ownership, finalizers and graceful deletion. Callers hold the lock of the API.
 */
final class ObjectApi {
    private static final String STATUS = "status";

    private final ObjectStore store;
    private final Clock clock;
    private final DefinitionHook definitions;

    /** Told of every stored or removed object, so that a definition can change what the API serves. */
    interface DefinitionHook {
        void stored(ResourceType type, ObjectNode object);

        void removed(ResourceType type, ObjectNode object);
    }

    ObjectApi(ObjectStore store, Clock clock, DefinitionHook definitions) {
        this.store = store;
        this.clock = clock;
        this.definitions = definitions;
    }

    ObjectNode get(ResourceType type, Key key) {
        return store.get(type, key).orElseThrow(() -> ApiException.notFound(type, key.name()));
    }

    ObjectNode list(ResourceType type, Predicate<ObjectNode> filter) {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.put("kind", type.kind() + "List").put("apiVersion", type.apiVersion());
        list.putObject("metadata").put("resourceVersion", Long.toString(store.revision()));
        ArrayNode items = list.putArray("items");
        store.list(type).stream().filter(filter).forEach(items::add);
        return list;
    }

    ObjectNode create(ResourceType type, String namespace, ObjectNode given, WriteOptions options) {
        return create(type, namespace, given, options, "Update");
    }

    private ObjectNode create(
            ResourceType type, String namespace, ObjectNode given, WriteOptions options, String operation) {
        ObjectNode object = given.deepCopy();
        checkKind(type, object);
        checkNamespace(type, namespace, object);
        Instant now = clock.instant();
        ObjectMetadata.initialize(object, type, namespace, now);
        ObjectMetadata.of(object).remove("managedFields");
        if (type.statusSubresource()) {
            object.remove(STATUS);
        }
        normalize(object, type);
        Key key = new Key(namespace, ObjectMetadata.name(object));
        if (store.get(type, key).isPresent()) {
            throw ApiException.alreadyExists(type, key.name());
        }
        ManagedFields owners = ManagedFields.of(object);
        Manager manager = new Manager(options.manager(), operation, "");
        FieldSet owned = operation.equals("Apply")
                ? ManagedFields.ownable(withoutStatus(given, type), type.schema())
                : ManagedFields.ownable(object, type.schema());
        owners.set(manager, type.apiVersion(), owned, now);
        owners.writeTo(object);
        if (type.schema() instanceof BuiltInSchema) {
            BuiltInContent.initialStatus(object, type);
        }
        return options.dryRun() ? object : stored(type, key, object);
    }

    ObjectNode update(ResourceType type, Key key, String subresource, ObjectNode given, WriteOptions options) {
        checkKind(type, given);
        return change(type, key, subresource, live -> given.deepCopy(), options);
    }

    ObjectNode patch(
            ResourceType type, Key key, String subresource, Patches kind, JsonNode patch, WriteOptions options) {
        return change(
                type,
                key,
                subresource,
                live -> {
                    ObjectNode patched = kind.apply(live, patch, type.schema());
                    if (!patched.at("/metadata/uid").equals(live.at("/metadata/uid"))) {
                        throw ApiException.invalid(type, key.name(), "metadata.uid: Invalid value: field is immutable");
                    }
                    return patched;
                },
                options);
    }

    /** An apply of what does not exist creates it. */
    ObjectNode apply(ResourceType type, Key key, String subresource, ObjectNode given, WriteOptions options) {
        checkKind(type, given);
        Optional<ObjectNode> live = store.get(type, key);
        if (live.isEmpty()) {
            if (!subresource.isEmpty()) {
                throw ApiException.notFound(type, key.name());
            }
            ObjectNode named = given.deepCopy();
            ObjectMetadata.of(named).put("name", key.name());
            return create(type, key.namespace(), named, options, "Apply");
        }
        checkPreconditions(type, live.get(), given);
        ObjectNode relevant = subresource.equals(STATUS) ? onlyStatus(given) : withoutStatus(given, type);
        Manager manager = new Manager(options.manager(), "Apply", subresource);
        ObjectNode updated =
                ServerSideApply.apply(live.get(), relevant, manager, options.force(), type, clock.instant());
        return finish(type, key, live.get(), updated, subresource, options);
    }

    private ObjectNode change(
            ResourceType type, Key key, String subresource, UnaryOperator<ObjectNode> edit, WriteOptions options) {
        ObjectNode live = get(type, key);
        ObjectNode edited = edit.apply(live);
        checkPreconditions(type, live, edited);
        ObjectNode updated = subresource.equals(STATUS) ? live.deepCopy() : edited;
        copyStatus(subresource.equals(STATUS) ? edited : live, updated, type);
        if (!subresource.equals(STATUS)) {
            normalize(updated, type);
        }
        ObjectMetadata.carryOver(live, updated);
        ManagedFields owners = ManagedFields.of(live);
        owners.recordUpdate(
                new Manager(options.manager(), "Update", subresource),
                type.apiVersion(),
                live,
                updated,
                type.schema(),
                clock.instant());
        owners.writeTo(updated);
        return finish(type, key, live, updated, subresource, options);
    }

    /** What all changes of an existing object end with: rules, generation, and whether there is anything to write at all. */
    private ObjectNode finish(
            ResourceType type, Key key, ObjectNode live, ObjectNode updated, String subresource, WriteOptions options) {
        if (!subresource.equals(STATUS)) {
            normalize(updated, type);
        } else {
            checkContent(updated, type);
        }
        ObjectMetadata.carryOver(live, updated);
        if (type.schema() instanceof BuiltInSchema) {
            BuiltInContent.checkUpdate(live, updated, type);
        }
        if (ObjectMetadata.same(live, updated)) {
            return live;
        }
        if (options.dryRun()) {
            return updated;
        }
        if (isGone(type, updated)) {
            return removed(type, key);
        }
        return stored(type, key, updated);
    }

    /**
     * Deletes at once, or marks as being deleted while finalizers or, for a pod, its node still have to act.
     *
     * @return the object as it is afterwards
     */
    ObjectNode delete(ResourceType type, Key key, JsonNode deleteOptions) {
        ObjectNode live = get(type, key);
        JsonNode preconditions = deleteOptions.path("preconditions");
        for (String field : List.of("uid", "resourceVersion")) {
            JsonNode wanted = preconditions.path(field);
            JsonNode actual = live.path("metadata").path(field);
            if (wanted.isTextual() && !wanted.equals(actual)) {
                throw ApiException.conflict(
                        type,
                        key.name(),
                        "Precondition failed: " + field + " in precondition: " + wanted.asText() + ", in object meta: "
                                + actual.asText());
            }
        }
        ObjectNode updated = live.deepCopy();
        switch (deleteOptions.path("propagationPolicy").asText()) {
            case "Foreground" -> ObjectMetadata.addFinalizer(updated, "foregroundDeletion");
            case "Orphan" -> ObjectMetadata.addFinalizer(updated, "orphan");
            default -> {
                // Dependents are collected in the background, when their owner is gone.
            }
        }
        Duration grace = type.storageKey().equals("/pods") ? podGrace(live, deleteOptions) : Duration.ZERO;
        if (!ObjectMetadata.isDeleting(live) || shortensGrace(live, grace)) {
            ObjectMetadata.beginDeletion(updated, grace, clock.instant());
        }
        if (deleteOptions.path("dryRun").size() > 0) {
            return live;
        }
        if (isGone(type, updated)) {
            return removed(type, key);
        }
        return ObjectMetadata.same(live, updated) ? live : stored(type, key, updated);
    }

    private static boolean shortensGrace(ObjectNode live, Duration grace) {
        return grace.toSeconds()
                < live.at("/metadata/deletionGracePeriodSeconds").asLong();
    }

    /** A pod that no node has taken needs no time to stop. */
    private static Duration podGrace(ObjectNode pod, JsonNode deleteOptions) {
        String phase = pod.at("/status/phase").asText();
        if (pod.at("/spec/nodeName").asText("").isEmpty() || phase.equals("Succeeded") || phase.equals("Failed")) {
            return Duration.ZERO;
        }
        JsonNode asked = deleteOptions.path("gracePeriodSeconds");
        return Duration.ofSeconds(
                asked.isNumber()
                        ? asked.asLong()
                        : pod.at("/spec/terminationGracePeriodSeconds").asLong(30));
    }

    private static boolean isGone(ResourceType type, ObjectNode object) {
        return ObjectMetadata.isDeleting(object)
                && !ObjectMetadata.hasFinalizers(object)
                && (!type.storageKey().equals("/pods")
                        || object.at("/metadata/deletionGracePeriodSeconds").asLong() == 0);
    }

    private void checkKind(ResourceType type, ObjectNode object) {
        if (!object.has("kind")) {
            object.put("kind", type.kind());
        }
        if (!object.has("apiVersion")) {
            object.put("apiVersion", type.apiVersion());
        }
        if (!object.path("kind").asText().equals(type.kind())
                || !object.path("apiVersion").asText().equals(type.apiVersion())) {
            throw ApiException.badRequest(
                    "the object provided is " + object.path("apiVersion").asText() + " "
                            + object.path("kind").asText() + ", but the path is that of " + type.apiVersion() + " "
                            + type.kind());
        }
    }

    private void checkNamespace(ResourceType type, String namespace, ObjectNode object) {
        String named = object.at("/metadata/namespace").asText("");
        if (type.namespaced() && !named.isEmpty() && !named.equals(namespace)) {
            throw ApiException.badRequest("the namespace of the provided object (" + named
                    + ") does not match the namespace of the request (" + namespace + ")");
        }
        if (type.namespaced()) {
            ObjectNode owner = store.get(MemoryApi.NAMESPACES, new Key("", namespace))
                    .orElseThrow(() -> ApiException.notFound(MemoryApi.NAMESPACES, namespace));
            if (ObjectMetadata.isDeleting(owner)) {
                throw ApiException.forbidden(
                        "unable to create new content in namespace " + namespace + " because it is being terminated");
            }
        }
    }

    private static void checkPreconditions(ResourceType type, ObjectNode live, ObjectNode given) {
        JsonNode revision = given.at("/metadata/resourceVersion");
        String name = ObjectMetadata.name(live);
        if (revision.isTextual()
                && !revision.asText().isEmpty()
                && !revision.equals(live.at("/metadata/resourceVersion"))) {
            throw ApiException.conflict(
                    type,
                    name,
                    "the object has been modified; please apply your changes to the latest version and try again");
        }
        JsonNode uid = given.at("/metadata/uid");
        if (uid.isTextual() && !uid.asText().isEmpty() && !uid.equals(live.at("/metadata/uid"))) {
            throw ApiException.conflict(
                    type,
                    name,
                    "Precondition failed: UID in precondition: " + uid.asText() + ", UID in object meta: "
                            + live.at("/metadata/uid").asText());
        }
    }

    private static void normalize(ObjectNode object, ResourceType type) {
        switch (type.schema()) {
            case CustomSchema schema -> CustomContent.pruneAndDefault(object, schema);
            default -> BuiltInContent.fillIn(object, type);
        }
        checkContent(object, type);
    }

    private static void checkContent(ObjectNode object, ResourceType type) {
        if (type.schema() instanceof CustomSchema schema) {
            List<String> errors = CustomContent.validate(object, schema);
            if (!errors.isEmpty()) {
                throw ApiException.invalid(type, ObjectMetadata.name(object), String.join(", ", errors));
            }
        }
    }

    private static void copyStatus(ObjectNode from, ObjectNode to, ResourceType type) {
        if (!type.statusSubresource()) {
            return;
        }
        JsonNode status = from.get(STATUS);
        if (status == null || status.isNull()) {
            to.remove(STATUS);
        } else {
            to.set(STATUS, status.deepCopy());
        }
    }

    private static ObjectNode withoutStatus(ObjectNode given, ResourceType type) {
        ObjectNode copy = given.deepCopy();
        if (type.statusSubresource()) {
            copy.remove(STATUS);
        }
        return copy;
    }

    private static ObjectNode onlyStatus(ObjectNode given) {
        ObjectNode copy = given.deepCopy();
        copy.retain("apiVersion", "kind", STATUS);
        return copy;
    }

    private ObjectNode stored(ResourceType type, Key key, ObjectNode object) {
        ObjectNode result = store.put(type, key, object);
        definitions.stored(type, result);
        return result;
    }

    private ObjectNode removed(ResourceType type, Key key) {
        ObjectNode last = store.remove(type, key);
        definitions.removed(type, last);
        return last;
    }
}
