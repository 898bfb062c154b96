package io.velostream.local.controllers;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.velostream.local.controllers.ApiKinds.ApiKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every object of the API with its owners, kept current by a watch a kind; kinds that are defined later join in. */
final class ObjectGraph implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ObjectGraph.class);

    /** An object and its kind. */
    record Node(ApiKind kind, GenericKubernetesResource object) {
        String uid() {
            return object.getMetadata().getUid();
        }
    }

    private final KubernetesClient client;
    private final Runnable onChange;
    private final Map<String, SharedIndexInformer<GenericKubernetesResource>> informers = new HashMap<>();
    private ApiKinds kinds = new ApiKinds(List.of());

    ObjectGraph(KubernetesClient client, Runnable onChange) {
        this.client = client;
        this.onChange = onChange;
    }

    /** Begins to watch kinds that are new, and ends the watches of those that are gone. */
    void refreshKinds() {
        kinds = ApiKinds.discover(client);
        Map<String, ApiKind> served = kinds.kinds().stream()
                .collect(Collectors.toMap(ObjectGraph::key, kind -> kind, (first, second) -> first));
        informers.entrySet().removeIf(entry -> {
            if (served.containsKey(entry.getKey())) {
                return false;
            }
            entry.getValue().stop();
            return true;
        });
        served.forEach((key, kind) -> {
            if (!informers.containsKey(key)) {
                informers.put(key, watch(kind));
            }
        });
    }

    ApiKinds kinds() {
        return kinds;
    }

    /** Everything that is known now, by uid. */
    Map<String, Node> nodes() {
        Map<String, Node> nodes = new HashMap<>();
        for (ApiKind kind : kinds.kinds()) {
            Optional.ofNullable(informers.get(key(kind))).stream()
                    .flatMap(informer -> informer.getStore().list().stream())
                    .filter(Objects::nonNull)
                    .forEach(object -> nodes.put(object.getMetadata().getUid(), new Node(kind, object)));
        }
        return nodes;
    }

    private SharedIndexInformer<GenericKubernetesResource> watch(ApiKind kind) {
        SharedIndexInformer<GenericKubernetesResource> informer = client.genericKubernetesResources(kind.context())
                .inAnyNamespace()
                .runnableInformer(0);
        informer.exceptionHandler((started, failure) -> {
            LOG.debug("The watch of {} is tried again: {}", key(kind), failure.toString());
            return true;
        });
        informer.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(GenericKubernetesResource object) {
                onChange.run();
            }

            @Override
            public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource after) {
                onChange.run();
            }

            @Override
            public void onDelete(GenericKubernetesResource object, boolean unknownFinalState) {
                onChange.run();
            }
        });
        informer.start();
        return informer;
    }

    private static String key(ApiKind kind) {
        return kind.apiVersion() + "/" + kind.kind();
    }

    @Override
    public void close() {
        informers.values().forEach(SharedIndexInformer::stop);
    }
}
