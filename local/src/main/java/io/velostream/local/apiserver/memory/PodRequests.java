package io.velostream.local.apiserver.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.velostream.local.apiserver.memory.ObjectStore.Key;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is special about pods: binding to a node, and eviction under disruption budgets. */
final class PodRequests {
    private static final WriteOptions SCHEDULER = new WriteOptions("kube-scheduler", true, false);

    private final ObjectStore store;
    private final ObjectApi objects;
    private final ResourceType pods;
    private final ResourceType budgets;

    PodRequests(ObjectStore store, ObjectApi objects, TypeRegistry types) {
        this.store = store;
        this.objects = objects;
        this.pods = types.find("", "v1", "pods").orElseThrow();
        this.budgets = types.find("policy", "v1", "poddisruptionbudgets").orElseThrow();
    }

    /** {@code /api/v1/namespaces/n/bindings}. */
    boolean isBinding(List<String> path) {
        return path.size() == 5 && path.get(0).equals("api") && path.get(4).equals("bindings");
    }

    ObjectNode bind(String namespace, Optional<String> name, ObjectNode binding) {
        Key key = new Key(namespace, name.orElseGet(() -> ObjectMetadata.name(binding)));
        ObjectNode pod = objects.get(pods, key).deepCopy();
        JsonNode uid = binding.at("/metadata/uid");
        if (uid.isTextual() && !uid.equals(pod.at("/metadata/uid"))) {
            throw ApiException.conflict(pods, key.name(), "the binding is for another pod of that name");
        }
        if (!pod.at("/spec/nodeName").asText("").isEmpty()) {
            throw ApiException.conflict(
                    pods,
                    key.name(),
                    "pod " + key.name() + " is already assigned to node \""
                            + pod.at("/spec/nodeName").asText() + "\"");
        }
        pod.withObjectProperty("spec")
                .put("nodeName", binding.at("/target/name").asText());
        objects.update(pods, key, "", pod, SCHEDULER);
        ObjectNode scheduled = objects.get(pods, key).deepCopy();
        ArrayNode conditions = scheduled.withObjectProperty("status").withArrayProperty("conditions");
        conditions
                .addObject()
                .put("type", "PodScheduled")
                .put("status", "True")
                .put(
                        "lastTransitionTime",
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        objects.update(pods, key, "status", scheduled, SCHEDULER);
        return success();
    }

    /** Deletes the pod unless a budget that covers it allows no disruption now. */
    ObjectNode evict(Key key, JsonNode deleteOptions) {
        ObjectNode pod = objects.get(pods, key);
        for (ObjectNode budget : store.list(budgets)) {
            boolean covers = budget.at("/metadata/namespace").asText().equals(key.namespace())
                    && selects(budget.at("/spec/selector/matchLabels"), pod.at("/metadata/labels"));
            JsonNode allowed = budget.at("/status/disruptionsAllowed");
            if (covers && allowed.isInt() && allowed.asInt() == 0 && isReady(pod)) {
                throw ApiException.tooManyRequests("Cannot evict pod as it would violate the pod's disruption budget "
                        + ObjectMetadata.name(budget) + ".");
            }
        }
        objects.delete(pods, key, deleteOptions);
        return success();
    }

    private static boolean selects(JsonNode matchLabels, JsonNode labels) {
        for (Map.Entry<String, JsonNode> wanted : matchLabels.properties()) {
            if (!wanted.getValue().equals(labels.get(wanted.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isReady(ObjectNode pod) {
        for (JsonNode condition : pod.at("/status/conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    private static ObjectNode success() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Success")
                .put("code", 201);
    }
}
