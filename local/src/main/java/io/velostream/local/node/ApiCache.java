package io.velostream.local.node;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the node knows of the API, kept current by watches that reconnect by themselves. */
final class ApiCache implements ConfigObjects, AutoCloseable {
    private final KubernetesClient client;
    private final SharedIndexInformer<Pod> pods;
    private final SharedIndexInformer<ConfigMap> configMaps;
    private final SharedIndexInformer<Secret> secrets;
    private final SharedIndexInformer<PersistentVolumeClaim> claims;

    ApiCache(KubernetesClient client) {
        this.client = client;
        this.pods = client.pods().inAnyNamespace().runnableInformer(0);
        this.configMaps = client.configMaps().inAnyNamespace().runnableInformer(0);
        this.secrets = client.secrets().inAnyNamespace().runnableInformer(0);
        this.claims = client.persistentVolumeClaims().inAnyNamespace().runnableInformer(0);
    }

    void start(Runnable onPodChange) {
        pods.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Pod pod) {
                onPodChange.run();
            }

            @Override
            public void onUpdate(Pod before, Pod after) {
                onPodChange.run();
            }

            @Override
            public void onDelete(Pod pod, boolean unknownFinalState) {
                onPodChange.run();
            }
        });
        for (SharedIndexInformer<? extends HasMetadata> informer : List.of(configMaps, secrets, claims, pods)) {
            informer.exceptionHandler((started, failure) -> true);
            informer.run();
        }
    }

    List<Pod> pods() {
        return new ArrayList<>(pods.getStore().list());
    }

    List<PersistentVolumeClaim> claims() {
        return new ArrayList<>(claims.getStore().list());
    }

    @Override
    public Optional<ConfigMap> configMap(String namespace, String name) {
        return Optional.ofNullable(configMaps.getStore().getByKey(namespace + "/" + name));
    }

    @Override
    public Optional<Secret> secret(String namespace, String name) {
        return Optional.ofNullable(secrets.getStore().getByKey(namespace + "/" + name));
    }

    /** Asks the API itself for what is not known: the watch may be a moment behind a new pod that needs the object. */
    ConfigObjects askingAgain() {
        return new ConfigObjects() {
            @Override
            public Optional<ConfigMap> configMap(String namespace, String name) {
                return ApiCache.this
                        .configMap(namespace, name)
                        .or(() -> Optional.ofNullable(client.configMaps()
                                .inNamespace(namespace)
                                .withName(name)
                                .get()));
            }

            @Override
            public Optional<Secret> secret(String namespace, String name) {
                return ApiCache.this
                        .secret(namespace, name)
                        .or(() -> Optional.ofNullable(client.secrets()
                                .inNamespace(namespace)
                                .withName(name)
                                .get()));
            }
        };
    }

    @Override
    public void close() {
        pods.stop();
        configMaps.stop();
        secrets.stop();
        claims.stop();
    }
}
