package io.velostream.operator.job;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.cache.ReducedStateItemStore;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.velostream.crd.v1alpha1.VeloStreamJob;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * The ConfigMaps of users, from which jobs take their SQL. They carry no label of ours, so all ConfigMaps are watched; of each only
 * name and version are kept, and the content of those that a job names is read once for each version. Safe for use by several
 * threads.
 */
final class SqlMaps {

    private static final int MOST_TEXTS = 1000;

    private final KubernetesClient client;
    private final InformerEventSource<ConfigMap, VeloStreamJob> source;
    private final ConcurrentMap<ResourceID, ConfigMap> texts = new ConcurrentHashMap<>();

    /** @param jobs that take their SQL from a ConfigMap */
    SqlMaps(EventSourceContext<VeloStreamJob> context, Function<ResourceID, Set<ResourceID>> jobs) {
        this.client = context.getClient();
        this.source = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(ConfigMap.class, VeloStreamJob.class)
                        .withName("sql")
                        .withItemStore(new ReducedStateItemStore<>(
                                ReducedStateItemStore.NAME_KEY_STATE,
                                ConfigMap.class,
                                client.getKubernetesSerialization(),
                                "metadata.resourceVersion"))
                        .withSecondaryToPrimaryMapper(map -> jobs.apply(ResourceID.fromResource(map)))
                        .build(),
                context);
    }

    EventSource<?, VeloStreamJob> source() {
        return source;
    }

    /** The ConfigMap of this name, content and all. */
    Optional<ConfigMap> find(ResourceID id) {
        Optional<String> version = source.get(id).map(map -> map.getMetadata().getResourceVersion());
        if (version.isEmpty()) {
            texts.remove(id);
            return Optional.empty();
        }
        ConfigMap known = texts.get(id);
        if (known != null && Objects.equals(known.getMetadata().getResourceVersion(), version.get())) {
            return Optional.of(known);
        }
        if (texts.size() > MOST_TEXTS) {
            texts.clear();
        }
        ConfigMap read = client.configMaps()
                .inNamespace(id.getNamespace().orElse(null))
                .withName(id.getName())
                .get();
        if (read != null) {
            texts.put(id, read);
        }
        return Optional.ofNullable(read);
    }
}
