package io.velostream.local.controllers;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Objects that match a set's selector and have no controller become the set's, as after a deletion that left them behind. */
final class Adoption {
    private final KubernetesClient client;

    Adoption(KubernetesClient client) {
        this.client = client;
    }

    /** Whether the set controls the object, perhaps from now on. */
    boolean claims(StatefulSetSpecs set, HasMetadata object) {
        Optional<OwnerReference> controller = object.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst();
        if (controller.isPresent()) {
            return controller.get().getUid().equals(set.uid());
        }
        if (object.getMetadata().getDeletionTimestamp() != null || !matches(set, object) || !isAlive(set)) {
            return false;
        }
        List<OwnerReference> owners = new ArrayList<>(object.getMetadata().getOwnerReferences());
        owners.add(StatefulSetObjects.controllerReference(set));
        object.getMetadata().setOwnerReferences(owners);
        client.resource(object).update();
        return true;
    }

    /** Asked of the API at this moment: a set that is being deleted lets go of its pods and must not take them up again. */
    boolean isAlive(StatefulSetSpecs set) {
        StatefulSet live = client.apps()
                .statefulSets()
                .inNamespace(set.namespace())
                .withName(set.name())
                .get();
        return live != null
                && live.getMetadata().getUid().equals(set.uid())
                && live.getMetadata().getDeletionTimestamp() == null;
    }

    private static boolean matches(StatefulSetSpecs set, HasMetadata object) {
        Map<String, String> wanted = Optional.ofNullable(
                        set.set().getSpec().getSelector().getMatchLabels())
                .orElse(Map.of());
        Map<String, String> labels =
                Optional.ofNullable(object.getMetadata().getLabels()).orElse(Map.of());
        return !wanted.isEmpty() && labels.entrySet().containsAll(wanted.entrySet());
    }
}
