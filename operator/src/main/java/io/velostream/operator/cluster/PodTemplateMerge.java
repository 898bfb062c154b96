package io.velostream.operator.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.velostream.operator.resource.InvalidSpecException;
import io.velostream.operator.resource.StrategicMerge;
import java.util.ArrayList;
import java.util.List;

/**
 * Merges the user's {@code spec.podTemplate} over the operator's. It is decoded strictly, for the CRD keeps its unknown fields, and
 * what would give a pod more rights than the operator's own template has is refused unless the installation allows it.
 */
final class PodTemplateMerge {

    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public Boolean hasAnySetter(com.fasterxml.jackson.databind.introspect.Annotated annotated) {
                    // The model's types collect unknown fields instead of refusing them.
                    return annotated instanceof AnnotatedMember ? Boolean.FALSE : super.hasAnySetter(annotated);
                }
            })
            .build();

    private static final ObjectMapper PLAIN = new ObjectMapper();

    private PodTemplateMerge() {}

    /** @throws InvalidSpecException when the template holds an unknown or a refused field */
    static PodTemplateSpec merge(PodTemplateSpec base, JsonNode userTemplate, boolean unsafeAllowed) {
        if (!(userTemplate instanceof ObjectNode patch)) {
            throw new InvalidSpecException("spec.podTemplate must be an object with metadata and spec");
        }
        if (!unsafeAllowed) {
            refuseUnsafe(patch);
        }
        ObjectNode merged = StrategicMerge.merge(PLAIN.valueToTree(base), patch);
        try {
            return STRICT.treeToValue(merged, PodTemplateSpec.class);
        } catch (UnrecognizedPropertyException e) {
            throw new InvalidSpecException("spec.podTemplate: unknown field '" + e.getPropertyName() + "' at " + path(e)
                    + ": correct or remove it");
        } catch (JsonProcessingException e) {
            throw new InvalidSpecException("spec.podTemplate is not a pod template: " + e.getOriginalMessage());
        }
    }

    private static void refuseUnsafe(ObjectNode patch) {
        List<String> refused = new ArrayList<>();
        JsonNode spec = patch.path("spec");
        for (String field : List.of("hostNetwork", "hostPID", "hostIPC")) {
            if (spec.path(field).asBoolean()) {
                refused.add("spec." + field);
            }
        }
        for (String field : List.of("serviceAccountName", "serviceAccount")) {
            if (spec.has(field)) {
                refused.add("spec." + field);
            }
        }
        for (JsonNode volume : spec.path("volumes")) {
            if (volume.has("hostPath")) {
                refused.add("spec.volumes[" + volume.path("name").asText() + "].hostPath");
            }
        }
        for (String kind : List.of("containers", "initContainers")) {
            for (JsonNode container : spec.path(kind)) {
                JsonNode security = container.path("securityContext");
                if (security.path("privileged").asBoolean()
                        || security.path("allowPrivilegeEscalation").asBoolean()) {
                    refused.add(
                            "spec." + kind + "[" + container.path("name").asText() + "].securityContext.privileged");
                }
            }
        }
        if (!refused.isEmpty()) {
            throw new InvalidSpecException("spec.podTemplate asks for " + String.join(", ", refused)
                    + ", which this installation refuses: remove it, or have the operator started with "
                    + "velostream.engine.unsafe-pod-templates=true");
        }
    }

    private static String path(UnrecognizedPropertyException e) {
        StringBuilder path = new StringBuilder();
        for (var reference : e.getPath()) {
            if (reference.getFieldName() != null) {
                path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
            } else {
                path.append('[').append(reference.getIndex()).append(']');
            }
        }
        return path.toString();
    }
}
