package io.velostream.local.apiserver.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The metadata that the server keeps: identity, generation, deletion. */
final class ObjectMetadata {
    private static final List<String> KEPT_BY_SERVER =
            List.of("uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation");
    private static final String SUFFIX_LETTERS = "bcdfghjklmnpqrstvwxz2456789";
    private static final int SUFFIX_LENGTH = 5;

    private ObjectMetadata() {}

    static ObjectNode of(ObjectNode object) {
        return object.withObjectProperty("metadata");
    }

    static String name(JsonNode object) {
        return object.at("/metadata/name").asText("");
    }

    static boolean isDeleting(JsonNode object) {
        return object.at("/metadata").hasNonNull("deletionTimestamp");
    }

    static boolean hasFinalizers(JsonNode object) {
        return !object.at("/metadata/finalizers").isEmpty();
    }

    /** Gives a new object its identity. */
    static void initialize(ObjectNode object, ResourceType type, String namespace, Instant now) {
        ObjectNode metadata = of(object);
        if (name(object).isEmpty()) {
            String prefix = metadata.path("generateName").asText("");
            if (prefix.isEmpty()) {
                throw ApiException.invalid(type, "", "metadata.name: Required value: name or generateName is required");
            }
            metadata.put("name", prefix + suffix());
        }
        if (type.namespaced()) {
            metadata.put("namespace", namespace);
        }
        metadata.remove(List.of("deletionTimestamp", "deletionGracePeriodSeconds", "resourceVersion", "selfLink"));
        metadata.put("uid", UUID.randomUUID().toString());
        metadata.put("creationTimestamp", now.truncatedTo(ChronoUnit.SECONDS).toString());
        if (hasGeneration(object, type)) {
            metadata.put("generation", 1);
        } else {
            metadata.remove("generation");
        }
    }

    /** Puts back what no client can change, and counts the generation up when what is wanted has changed. */
    static void carryOver(ObjectNode live, ObjectNode updated) {
        ObjectNode from = of(live);
        ObjectNode to = of(updated);
        to.set("name", from.get("name"));
        if (from.has("namespace")) {
            to.set("namespace", from.get("namespace"));
        }
        for (String field : KEPT_BY_SERVER) {
            if (from.has(field)) {
                to.set(field, from.get(field));
            } else {
                to.remove(field);
            }
        }
        if (from.has("generation") && !wanted(live).equals(wanted(updated))) {
            to.put("generation", from.path("generation").asLong() + 1);
        }
    }

    /**
     * Marks an object as being deleted.
     *
     * @param grace for pods, how long their containers may take
     */
    static void beginDeletion(ObjectNode object, Duration grace, Instant now) {
        ObjectNode metadata = of(object);
        metadata.put(
                "deletionTimestamp",
                now.plus(grace).truncatedTo(ChronoUnit.SECONDS).toString());
        metadata.put("deletionGracePeriodSeconds", grace.toSeconds());
        if (metadata.has("generation")) {
            metadata.put("generation", metadata.path("generation").asLong() + 1);
        }
    }

    static void addFinalizer(ObjectNode object, String finalizer) {
        ArrayNode finalizers = of(object).withArrayProperty("finalizers");
        for (JsonNode existing : finalizers) {
            if (existing.asText().equals(finalizer)) {
                return;
            }
        }
        finalizers.add(finalizer);
    }

    /** Whether two versions differ in more than revision and the bookkeeping of owners' times. */
    static boolean same(ObjectNode left, ObjectNode right) {
        return Objects.equals(comparable(left), comparable(right));
    }

    private static ObjectNode comparable(ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        ObjectNode metadata = of(copy);
        metadata.remove("resourceVersion");
        for (JsonNode entry : metadata.path("managedFields")) {
            ((ObjectNode) entry).remove("time");
        }
        return copy;
    }

    private static ObjectNode wanted(ObjectNode object) {
        ObjectNode copy = object.deepCopy();
        copy.remove(List.of("metadata", "status", "apiVersion"));
        return copy;
    }

    private static boolean hasGeneration(ObjectNode object, ResourceType type) {
        return object.has("spec") || type.schema() instanceof CustomSchema;
    }

    private static String suffix() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < SUFFIX_LENGTH; i++) {
            text.append(SUFFIX_LETTERS.charAt(ThreadLocalRandom.current().nextInt(SUFFIX_LETTERS.length())));
        }
        return text.toString();
    }
}
