package io.velostream.local.controllers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The templates that a StatefulSet has had, as ControllerRevisions. */
final class RevisionHistory {
    private static final ObjectMapper CANONICAL = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    private static final String SAFE = "bcdfghjklmnpqrstvwxz2456789";
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final KubernetesClient client;
    private final KubernetesSerialization serialization;
    private final Adoption adoption;

    RevisionHistory(KubernetesClient client) {
        this.client = client;
        this.serialization = client.getKubernetesSerialization();
        this.adoption = new Adoption(client);
    }

    /** The set's own revisions, oldest first. */
    List<ControllerRevision> of(StatefulSetSpecs set) {
        return client
                .apps()
                .controllerRevisions()
                .inNamespace(set.namespace())
                .withLabels(Objects.requireNonNullElse(
                        set.set().getSpec().getSelector().getMatchLabels(), Map.of()))
                .list()
                .getItems()
                .stream()
                .filter(revision -> revision.getMetadata().getName().startsWith(set.name() + "-"))
                .filter(revision -> adoption.claims(set, revision))
                .sorted(Comparator.comparing(ControllerRevision::getRevision))
                .toList();
    }

    /** The revision of the template that the set has now: an equal one of the past becomes the newest again. */
    ControllerRevision current(StatefulSetSpecs set, List<ControllerRevision> known) {
        Object data = data(set.set().getSpec().getTemplate());
        long next = known.isEmpty() ? 1 : known.getLast().getRevision() + 1;
        Optional<ControllerRevision> equal = known.stream()
                .filter(revision -> canonical(revision.getData()).equals(canonical(data)))
                .reduce((older, newer) -> newer);
        if (equal.isEmpty()) {
            return client.resource(revision(set, data, next)).create();
        }
        if (equal.get().getRevision() == next - 1) {
            return equal.get();
        }
        return client.resource(new ControllerRevisionBuilder(equal.get())
                        .withRevision(next)
                        .build())
                .update();
    }

    PodTemplateSpec template(ControllerRevision revision) {
        JsonNode template = CANONICAL.valueToTree(revision.getData()).at("/spec/template");
        return serialization.convertValue(template, PodTemplateSpec.class);
    }

    /** Deletes the oldest revisions that no pod and no status refers to, beyond the limit of the set. */
    void prune(StatefulSetSpecs set, List<ControllerRevision> known, Set<String> inUse) {
        List<ControllerRevision> unused = known.stream()
                .filter(revision -> !inUse.contains(revision.getMetadata().getName()))
                .toList();
        unused.stream()
                .limit(Math.max(0, unused.size() - set.revisionHistoryLimit()))
                .forEach(revision -> client.resource(revision).delete());
    }

    private static ControllerRevision revision(StatefulSetSpecs set, Object data, long number) {
        String hash = hash(canonical(data));
        return new ControllerRevisionBuilder()
                .withNewMetadata()
                .withName(set.name() + "-" + hash)
                .withNamespace(set.namespace())
                .withLabels(set.set().getSpec().getSelector().getMatchLabels())
                .addToLabels("controller.kubernetes.io/hash", hash)
                .withOwnerReferences(StatefulSetObjects.controllerReference(set))
                .endMetadata()
                .withData(data)
                .withRevision(number)
                .build();
    }

    private Object data(PodTemplateSpec template) {
        Map<String, Object> marked = new TreeMap<>(asMap(template));
        marked.put("$patch", "replace");
        return Map.of("spec", Map.of("template", marked));
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> asMap(Object value) {
        return serialization.convertValue(value, Map.class);
    }

    private static String canonical(Object value) {
        try {
            return CANONICAL.writeValueAsString(CANONICAL.convertValue(value, Map.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A pod template that is not JSON", e);
        }
    }

    /** FNV-1a, in letters that spell no words, as Kubernetes writes its hashes. */
    private static String hash(String text) {
        long hash = FNV_OFFSET;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            letters.append(SAFE.charAt((int) Long.remainderUnsigned(hash, SAFE.length())));
            hash = Long.divideUnsigned(hash, SAFE.length());
        }
        return letters.toString();
    }
}
