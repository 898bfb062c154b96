package io.velostream.local.apiserver.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.velostream.local.apiserver.memory.ObjectStore.Event;
import io.velostream.local.apiserver.memory.ObjectStore.Key;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Answers requests: routes them to discovery, to the verbs on objects, or to what is special about one kind. */
final class MemoryApi {
    static final ResourceType NAMESPACES = BuiltInTypes.all()
            .filter(type -> type.storageKey().equals("/namespaces"))
            .findFirst()
            .orElseThrow();
    private static final WriteOptions SYSTEM = new WriteOptions("kube-apiserver", true, false);
    private static final String APPLY = "application/apply-patch+yaml";

    private final TypeRegistry types = new TypeRegistry();
    private final Discovery discovery = new Discovery(types);
    private final ObjectStore store = new ObjectStore();
    private final ObjectApi objects;
    private final Definitions definitions;
    private final PodRequests pods;

    MemoryApi(Clock clock) {
        this.definitions = new Definitions(types);
        this.objects = new ObjectApi(store, clock, definitions);
        this.pods = new PodRequests(store, objects, types);
        for (String name : List.of("default", "kube-system", "kube-public", "kube-node-lease")) {
            ObjectNode namespace = JsonNodeFactory.instance.objectNode();
            namespace.putObject("metadata").put("name", name);
            objects.create(NAMESPACES, "", namespace, SYSTEM);
        }
    }

    /**
     * What was answered.
     *
     * @param code the HTTP status
     */
    record Answer(int code, ObjectNode body) {}

    synchronized Answer handle(ApiRequest request) {
        try {
            return answer(request);
        } catch (ApiException e) {
            return new Answer(e.code(), e.toStatus());
        }
    }

    private Answer answer(ApiRequest request) {
        List<String> path = request.path();
        if (path.isEmpty()) {
            throw ApiException.noSuchPath();
        }
        Optional<ObjectNode> discovered = request.method().equals("GET") ? discovery.answer(path) : Optional.empty();
        if (discovered.isPresent()) {
            return new Answer(200, discovered.get());
        }
        if (!List.of("api", "apis").contains(path.getFirst())) {
            throw ApiException.noSuchPath();
        }
        if (path.size() == 4
                && path.get(1).equals("authorization.k8s.io")
                && request.method().equals("POST")) {
            return new Answer(201, AccessReviews.answer(path.get(3), request.object()));
        }
        if (pods.isBinding(path) && request.method().equals("POST")) {
            return new Answer(201, pods.bind(path.get(3), Optional.empty(), request.object()));
        }
        Target target = Target.parse(path, types);
        Answer answer = switch (request.method()) {
            case "GET" -> new Answer(200, read(request, target));
            case "POST" -> new Answer(201, post(request, target));
            case "PUT" -> new Answer(200, put(request, target));
            case "PATCH" -> patch(request, target);
            case "DELETE" -> new Answer(200, delete(request, target));
            default -> throw ApiException.methodNotAllowed(request.method());
        };
        definitions.finish(objects);
        return new Answer(answer.code(), inVersion(answer.body(), target.type()));
    }

    private ObjectNode read(ApiRequest request, Target target) {
        if (target.name().isEmpty()) {
            return objects.list(target.type(), filter(request, target));
        }
        ObjectNode object = objects.get(target.type(), target.key());
        return switch (target.subresource()) {
            case "", "status" -> object;
            case "scale" -> Scales.read(object, target.type());
            default -> throw ApiException.noSuchPath();
        };
    }

    private ObjectNode post(ApiRequest request, Target target) {
        return switch (target.subresource()) {
            case "" -> {
                if (target.name().isPresent()) {
                    throw ApiException.methodNotAllowed("POST");
                }
                yield objects.create(target.type(), target.namespace(), request.object(), request.writeOptions());
            }
            case "binding" -> pods.bind(target.namespace(), target.name(), request.object());
            case "eviction" -> pods.evict(target.key(), request.json().path("deleteOptions"));
            default -> throw ApiException.noSuchPath();
        };
    }

    private ObjectNode put(ApiRequest request, Target target) {
        return switch (target.subresource()) {
            case "", "status" ->
                objects.update(target.type(), target.key(), sub(target), request.object(), request.writeOptions());
            case "finalize" ->
                objects.update(target.type(), target.key(), "", request.object(), request.writeOptions());
            case "scale" -> scale(target, request.object(), request.writeOptions());
            default -> throw ApiException.noSuchPath();
        };
    }

    private Answer patch(ApiRequest request, Target target) {
        WriteOptions options = request.writeOptions();
        Key key = target.key();
        if (target.subresource().equals("scale")) {
            ObjectNode current = Scales.read(objects.get(target.type(), key), target.type());
            ObjectNode wanted = Patches.of(
                            request.contentType().equals(APPLY)
                                    ? Patches.MERGE_PATCH.mediaType()
                                    : request.contentType())
                    .apply(current, request.json(), BuiltInSchema.ROOT);
            return new Answer(200, scale(target, wanted, options));
        }
        if (request.contentType().equals(APPLY)) {
            boolean creates = store.get(target.type(), key).isEmpty();
            return new Answer(
                    creates ? 201 : 200, objects.apply(target.type(), key, sub(target), request.object(), options));
        }
        return new Answer(
                200,
                objects.patch(
                        target.type(), key, sub(target), Patches.of(request.contentType()), request.json(), options));
    }

    private ObjectNode scale(Target target, ObjectNode wanted, WriteOptions options) {
        ObjectNode changed = Scales.write(objects.get(target.type(), target.key()), wanted, target.type());
        return Scales.read(objects.update(target.type(), target.key(), "", changed, options), target.type());
    }

    private ObjectNode delete(ApiRequest request, Target target) {
        ObjectNode options = request.json() instanceof ObjectNode body ? body : JsonNodeFactory.instance.objectNode();
        for (String parameter : List.of("propagationPolicy", "gracePeriodSeconds")) {
            String value = request.parameter(parameter);
            if (!value.isEmpty() && !options.has(parameter)) {
                if (parameter.equals("gracePeriodSeconds")) {
                    options.put(parameter, Long.parseLong(value));
                } else {
                    options.put(parameter, value);
                }
            }
        }
        if (target.name().isPresent()) {
            return deleteOne(target.type(), target.key(), options);
        }
        ObjectNode doomed = objects.list(target.type(), filter(request, target));
        for (JsonNode object : doomed.path("items")) {
            deleteOne(
                    target.type(),
                    new Key(object.at("/metadata/namespace").asText(""), ObjectMetadata.name(object)),
                    options);
        }
        return doomed;
    }

    /** With a namespace or a definition goes what is in it; it is gone itself when the last of that is. */
    private ObjectNode deleteOne(ResourceType type, Key key, ObjectNode options) {
        if (type.storageKey().equals(NAMESPACES.storageKey())) {
            deleteContent(store.inNamespace(key.name()));
        } else if (type.storageKey().equals(Definitions.STORAGE_KEY)) {
            types.all().stream()
                    .filter(defined -> defined.qualified().equals(key.name()))
                    .findFirst()
                    .ifPresent(defined -> deleteContent(List.copyOf(store.list(defined))));
        }
        return objects.delete(type, key, options);
    }

    private void deleteContent(List<ObjectNode> content) {
        for (ObjectNode object : new ArrayList<>(content)) {
            types.all().stream()
                    .filter(type ->
                            type.apiVersion().equals(object.path("apiVersion").asText())
                                    && type.kind().equals(object.path("kind").asText()))
                    .findFirst()
                    .ifPresent(type -> objects.delete(
                            type,
                            new Key(object.at("/metadata/namespace").asText(""), ObjectMetadata.name(object)),
                            JsonNodeFactory.instance.objectNode()));
        }
    }

    /** Refuses a path that is not one of objects; needs no lock. */
    void checkPath(ApiRequest request) {
        Target.parse(request.path(), types);
    }

    /**
     * Begins a watch.
     *
     * @param sink gets the lines, those of the past before this returns; called under the lock, so it must not block
     * @return what ends the watch
     * @throws ApiException when the path is not one to watch, or the revision is too old
     */
    synchronized Runnable watch(ApiRequest request, Consumer<ObjectNode> sink) {
        Target target = Target.parse(request.path(), types);
        String revision = request.parameter("resourceVersion");
        boolean sendsInitial = request.flag("sendInitialEvents") || revision.isEmpty() || revision.equals("0");
        WatchRequest watch = new WatchRequest(
                target.type(),
                filter(request, target),
                sendsInitial ? Optional.empty() : Optional.of(parseRevision(revision)),
                request.flag("sendInitialEvents"));
        if (sendsInitial) {
            store.list(watch.type()).stream()
                    .filter(watch.filter())
                    .map(watch::added)
                    .forEach(sink);
        }
        if (watch.bookmarkAfterStart()) {
            sink.accept(watch.initialEventsEnd(store.revision()));
        }
        Consumer<Event> watcher = event -> watch.translate(event).ifPresent(sink);
        store.watch(watch.after().orElse(store.revision()), watcher);
        return () -> store.unwatch(watcher);
    }

    private static long parseRevision(String revision) {
        try {
            return Long.parseLong(revision);
        } catch (NumberFormatException e) {
            throw ApiException.badRequest("resourceVersion '" + revision + "' is not a number");
        }
    }

    private static Predicate<ObjectNode> filter(ApiRequest request, Target target) {
        Predicate<JsonNode> labels = Selector.labels(request.parameter("labelSelector"));
        Predicate<JsonNode> fields = Selector.fields(request.parameter("fieldSelector"));
        String namespace = target.namespace();
        Optional<String> name = target.name();
        return object -> (namespace.isEmpty()
                        || namespace.equals(object.at("/metadata/namespace").asText()))
                && (name.isEmpty() || name.get().equals(ObjectMetadata.name(object)))
                && labels.test(object)
                && fields.test(object);
    }

    private static String sub(Target target) {
        return target.subresource();
    }

    /** The object under the version that was asked for; versions of a definition differ in name only. */
    static ObjectNode inVersion(JsonNode object, ResourceType type) {
        ObjectNode node = (ObjectNode) object;
        if (!node.path("kind").asText().equals(type.kind())
                || node.path("apiVersion").asText().equals(type.apiVersion())) {
            return node;
        }
        return node.deepCopy().put("apiVersion", type.apiVersion());
    }
}
