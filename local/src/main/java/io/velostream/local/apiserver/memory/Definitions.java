package io.velostream.local.apiserver.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.velostream.local.apiserver.memory.ObjectStore.Key;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;

/** Serves what CustomResourceDefinitions declare, and reports them as established. */
final class Definitions implements ObjectApi.DefinitionHook {
    static final String STORAGE_KEY = "apiextensions.k8s.io/customresourcedefinitions";

    private final TypeRegistry types;
    private final Deque<ObjectNode> toReport = new ArrayDeque<>();

    Definitions(TypeRegistry types) {
        this.types = types;
    }

    @Override
    public void stored(ResourceType type, ObjectNode object) {
        if (type.storageKey().equals(STORAGE_KEY)) {
            types.define(object);
            if (!object.at("/status/acceptedNames").equals(object.at("/spec/names"))) {
                toReport.add(object);
            }
        }
    }

    @Override
    public void removed(ResourceType type, ObjectNode object) {
        if (type.storageKey().equals(STORAGE_KEY)) {
            types.undefine(object);
        }
    }

    /** Writes the status of new definitions, once the request that brought them is done. */
    void finish(ObjectApi objects) {
        while (!toReport.isEmpty()) {
            ObjectNode crd = toReport.removeFirst();
            ResourceType type = types.find("apiextensions.k8s.io", "v1", "customresourcedefinitions")
                    .orElseThrow();
            ObjectNode established = crd.deepCopy();
            ObjectMetadata.of(established).remove("resourceVersion");
            ObjectNode status = established.putObject("status");
            status.set("acceptedNames", crd.at("/spec/names").deepCopy());
            for (JsonNode version : crd.at("/spec/versions")) {
                if (version.path("storage").asBoolean()) {
                    status.withArrayProperty("storedVersions")
                            .add(version.path("name").asText());
                }
            }
            ArrayNode conditions = status.putArray("conditions");
            condition(conditions, "NamesAccepted", "NoConflicts");
            condition(conditions, "Established", "InitialNamesAccepted");
            objects.update(
                    type,
                    new Key("", ObjectMetadata.name(crd)),
                    "status",
                    established,
                    new WriteOptions("kube-apiserver", true, false));
        }
    }

    private static void condition(ArrayNode conditions, String type, String reason) {
        conditions
                .addObject()
                .put("type", type)
                .put("status", "True")
                .put("reason", reason)
                .put("message", "served from memory")
                .put(
                        "lastTransitionTime",
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
