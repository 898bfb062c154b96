package io.velostream.operator.apiserver;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Objects;

/** A StatefulSet controller that waits behind a pod that cannot start (kubernetes#67250): it keeps the status and does nothing else. */
final class BlockedController implements AutoCloseable {

    private final KubernetesClient client;
    private final String revision;
    private final SharedIndexInformer<StatefulSet> informer;

    private BlockedController(KubernetesClient client, String namespace, String name, String revision) {
        this.client = client;
        this.revision = revision;
        this.informer = client.apps()
                .statefulSets()
                .inNamespace(namespace)
                .withName(name)
                .inform(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(StatefulSet set) {
                        observe(set);
                    }

                    @Override
                    public void onUpdate(StatefulSet before, StatefulSet set) {
                        observe(set);
                    }

                    @Override
                    public void onDelete(StatefulSet set, boolean unknown) {}
                });
    }

    /**
     * Takes a StatefulSet over.
     *
     * @param revision what it says to be the newest template's
     */
    static BlockedController start(KubernetesClient client, String namespace, String name, String revision) {
        return new BlockedController(client, namespace, name, revision);
    }

    private void observe(StatefulSet set) {
        Long generation = set.getMetadata().getGeneration();
        if (Objects.equals(set.getStatus().getObservedGeneration(), generation)
                && revision.equals(set.getStatus().getUpdateRevision())) {
            return;
        }
        try {
            client.resource(new StatefulSetBuilder(set)
                            .editStatus()
                            .withObservedGeneration(generation)
                            .withUpdateRevision(revision)
                            .endStatus()
                            .build())
                    .updateStatus();
        } catch (KubernetesClientException e) {
            // Another version is on its way and will be observed then.
        }
    }

    @Override
    public void close() {
        informer.stop();
    }
}
