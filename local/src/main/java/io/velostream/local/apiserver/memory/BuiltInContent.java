package io.velostream.local.apiserver.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * The defaults and rules of built-in kinds that clients of a local environment rely on; the real API server has many more.
 */
final class BuiltInContent {
    private static final Set<String> CHANGEABLE = Set.of(
            "replicas",
            "template",
            "updateStrategy",
            "revisionHistoryLimit",
            "persistentVolumeClaimRetentionPolicy",
            "minReadySeconds",
            "ordinals");

    private BuiltInContent() {}

    /** Fills in what the real API server would. */
    static void fillIn(ObjectNode object, ResourceType type) {
        switch (type.storageKey()) {
            case "/pods" -> {
                podSpec(object.path("spec"));
                text(object.withObjectProperty("spec"), "schedulerName", "default-scheduler");
            }
            case "/secrets" -> encodeStringData(object);
            case "/services" -> service(object.withObjectProperty("spec"));
            case "/persistentvolumeclaims" -> text(object.withObjectProperty("spec"), "volumeMode", "Filesystem");
            case "/namespaces" ->
                object.withObjectProperty("metadata")
                        .withObjectProperty("labels")
                        .put("kubernetes.io/metadata.name", ObjectMetadata.name(object));
            case "apps/statefulsets" -> statefulSet(object.withObjectProperty("spec"));
            default -> {
                return;
            }
        }
    }

    /** The status of a new object, before any controller has seen it. */
    static void initialStatus(ObjectNode object, ResourceType type) {
        switch (type.storageKey()) {
            case "/pods" -> object.putObject("status").put("phase", "Pending").put("qosClass", "BestEffort");
            case "/namespaces" -> object.putObject("status").put("phase", "Active");
            case "/persistentvolumeclaims" -> object.putObject("status").put("phase", "Pending");
            case "apps/statefulsets" ->
                object.putObject("status").put("replicas", 0).put("availableReplicas", 0);
            default -> {
                return;
            }
        }
    }

    /** Refuses a change that the real API server refuses. */
    static void checkUpdate(ObjectNode live, ObjectNode updated, ResourceType type) {
        String name = ObjectMetadata.name(live);
        switch (type.storageKey()) {
            case "apps/statefulsets" -> {
                if (!fixed(live).equals(fixed(updated))) {
                    throw ApiException.invalid(
                            type,
                            name,
                            "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals',"
                                    + " 'template', 'updateStrategy', 'revisionHistoryLimit',"
                                    + " 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden");
                }
            }
            case "/pods" -> {
                JsonNode node = live.at("/spec/nodeName");
                if (!node.isMissingNode() && !node.equals(updated.at("/spec/nodeName"))) {
                    throw ApiException.invalid(type, name, "spec: Forbidden: spec.nodeName may not be changed");
                }
            }
            case "/configmaps", "/secrets" -> {
                if (live.path("immutable").asBoolean()
                        && !(live.path("data").equals(updated.path("data"))
                                && live.path("binaryData").equals(updated.path("binaryData")))) {
                    throw ApiException.invalid(
                            type, name, "data: Forbidden: field is immutable when `immutable` is set");
                }
            }
            default -> {
                return;
            }
        }
    }

    private static ObjectNode fixed(ObjectNode statefulSet) {
        ObjectNode spec = statefulSet.withObjectProperty("spec").deepCopy();
        spec.remove(CHANGEABLE);
        return spec;
    }

    private static void statefulSet(ObjectNode spec) {
        number(spec, "replicas", 1);
        number(spec, "revisionHistoryLimit", 10);
        text(spec, "podManagementPolicy", "OrderedReady");
        ObjectNode strategy = spec.withObjectProperty("updateStrategy");
        text(strategy, "type", "RollingUpdate");
        if (strategy.path("type").asText().equals("RollingUpdate")) {
            number(strategy.withObjectProperty("rollingUpdate"), "partition", 0);
        }
        ObjectNode retention = spec.withObjectProperty("persistentVolumeClaimRetentionPolicy");
        text(retention, "whenDeleted", "Retain");
        text(retention, "whenScaled", "Retain");
        podSpec(spec.path("template").path("spec"));
        for (JsonNode claim : spec.path("volumeClaimTemplates")) {
            ObjectNode template = (ObjectNode) claim;
            text(template, "apiVersion", "v1");
            text(template, "kind", "PersistentVolumeClaim");
            text(template.withObjectProperty("spec"), "volumeMode", "Filesystem");
            text(template.withObjectProperty("status"), "phase", "Pending");
        }
    }

    private static void podSpec(JsonNode given) {
        if (!(given instanceof ObjectNode spec)) {
            return;
        }
        text(spec, "restartPolicy", "Always");
        text(spec, "dnsPolicy", "ClusterFirst");
        number(spec, "terminationGracePeriodSeconds", 30);
        spec.withObjectProperty("securityContext");
        for (String list : List.of("containers", "initContainers")) {
            for (JsonNode container : spec.path(list)) {
                container((ObjectNode) container);
            }
        }
    }

    private static void container(ObjectNode container) {
        text(container, "terminationMessagePath", "/dev/termination-log");
        text(container, "terminationMessagePolicy", "File");
        text(container, "imagePullPolicy", "IfNotPresent");
        container.withObjectProperty("resources");
        container.path("ports").forEach(port -> text((ObjectNode) port, "protocol", "TCP"));
        for (JsonNode variable : container.path("env")) {
            if (variable.at("/valueFrom/fieldRef") instanceof ObjectNode reference) {
                text(reference, "apiVersion", "v1");
            }
        }
        for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
            if (container.get(probe) instanceof ObjectNode present) {
                number(present, "timeoutSeconds", 1);
                number(present, "periodSeconds", 10);
                number(present, "successThreshold", 1);
                number(present, "failureThreshold", 3);
                if (present.get("httpGet") instanceof ObjectNode get) {
                    text(get, "scheme", "HTTP");
                    text(get, "path", "/");
                }
            }
        }
    }

    private static void service(ObjectNode spec) {
        text(spec, "type", "ClusterIP");
        text(spec, "sessionAffinity", "None");
        for (JsonNode port : spec.path("ports")) {
            text((ObjectNode) port, "protocol", "TCP");
            if (!port.has("targetPort")) {
                ((ObjectNode) port).set("targetPort", port.path("port"));
            }
        }
    }

    private static void encodeStringData(ObjectNode secret) {
        text(secret, "type", "Opaque");
        if (secret.remove("stringData") instanceof ObjectNode plain) {
            ObjectNode data = secret.withObjectProperty("data");
            plain.properties()
                    .forEach(entry -> data.put(
                            entry.getKey(),
                            Base64.getEncoder()
                                    .encodeToString(entry.getValue().asText().getBytes(StandardCharsets.UTF_8))));
        }
    }

    private static void text(ObjectNode object, String field, String value) {
        if (!object.hasNonNull(field)) {
            object.put(field, value);
        }
    }

    private static void number(ObjectNode object, String field, int value) {
        if (!object.hasNonNull(field)) {
            object.put(field, value);
        }
    }
}
