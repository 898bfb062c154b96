package io.velostream.local.node;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;

/** Makes a node known to the API. */
final class NodeRegistration {
    private NodeRegistration() {}

    static void register(KubernetesClient client, NodeInfo info) {
        Node node = new NodeBuilder()
                .withNewMetadata()
                .withName(info.name())
                .addToLabels("kubernetes.io/hostname", info.name())
                .addToLabels("kubernetes.io/os", "linux")
                .addToLabels("topology.kubernetes.io/zone", "local")
                .endMetadata()
                .build();
        client.nodes().resource(node).forceConflicts().serverSideApply();
        String now = PodStatuses.time(Instant.now());
        Node status = new NodeBuilder()
                .withNewMetadata()
                .withName(info.name())
                .endMetadata()
                .withNewStatus()
                .withCapacity(info.resources())
                .withAllocatable(info.resources())
                .addNewAddress(info.ip(), "InternalIP")
                .addNewAddress(info.name(), "Hostname")
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .withReason("KubeletReady")
                .withMessage("pods run as processes of this machine")
                .withLastHeartbeatTime(now)
                .withLastTransitionTime(now)
                .endCondition()
                .endStatus()
                .build();
        client.nodes().withName(info.name()).subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), status);
    }
}
