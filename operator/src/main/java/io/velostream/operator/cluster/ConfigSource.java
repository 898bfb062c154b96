package io.velostream.operator.cluster;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.velostream.crd.v1alpha1.ConfigMapKeyRef;
import io.velostream.crd.v1alpha1.VeloCluster;
import io.velostream.operator.resource.InvalidSpecException;
import io.velostream.operator.resource.ObjectHash;
import java.util.Map;
import java.util.Optional;

/** Finds a cluster's configurations: the wanted one from its spec, the last good one from what was kept. */
final class ConfigSource {

    private final VeloCluster cluster;
    private final KubernetesClient client;

    ConfigSource(VeloCluster cluster, KubernetesClient client) {
        this.cluster = cluster;
        this.client = client;
    }

    /**
     * The configurations.
     *
     * @param lastGood hash of the last good one, as the status has it
     * @param files of the ConfigMap
     * @throws InvalidSpecException when the safe configuration is missing or no YAML
     */
    ConfigFiles find(Optional<String> lastGood, Map<String, String> files) {
        Map<String, String> texts = ConfigFiles.textsIn(files);
        // A file that somebody edited is not what its name says.
        texts.entrySet().removeIf(entry -> !ObjectHash.of(entry.getValue()).equals(entry.getKey()));
        lastGood.filter(hash -> !texts.containsKey(hash))
                .ifPresent(hash ->
                        new ConfigRevisions(client).find(cluster, hash).ifPresent(text -> texts.put(hash, text)));
        String wanted = wanted();
        String hash = ObjectHash.of(wanted);
        texts.put(hash, wanted);
        return new ConfigFiles(hash, lastGood.filter(texts::containsKey), texts);
    }

    private String wanted() {
        var spec = cluster.getSpec();
        var serialization = client.getKubernetesSerialization();
        if (!spec.safeMode()) {
            return EngineConfigFile.render(spec, serialization);
        }
        ConfigMapKeyRef own = spec.safeConfigRef();
        return own == null
                ? EngineConfigFile.renderSafe(spec, serialization)
                : EngineConfigFile.renderSafe(spec, text(own), serialization);
    }

    private String text(ConfigMapKeyRef reference) {
        return Optional.ofNullable(client.configMaps()
                        .inNamespace(cluster.getMetadata().getNamespace())
                        .withName(reference.name())
                        .get())
                .map(ConfigMap::getData)
                .map(data -> data.get(reference.key()))
                .orElseThrow(() -> new InvalidSpecException("spec.safeConfigRef: there is no key " + reference.key()
                        + " in a ConfigMap " + reference.name()
                        + " of this namespace; create it, or leave safeConfigRef out for the built-in configuration"));
    }
}
