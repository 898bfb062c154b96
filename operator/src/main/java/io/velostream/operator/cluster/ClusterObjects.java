package io.velostream.operator.cluster;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.velostream.crd.v1alpha1.VeloCluster;
import io.velostream.operator.resource.Ownership;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/** The small objects of a cluster as they should be: pure functions of the resource. */
public final class ClusterObjects {

    /** Port of everything that a pod serves. */
    public static final int HTTP_PORT = 8080;

    private static final int TOKEN_BYTES = 32;

    private ClusterObjects() {}

    /** The pods' identity, which may do nothing. */
    static ServiceAccount serviceAccount(VeloCluster cluster) {
        return new ServiceAccountBuilder()
                .withMetadata(metadata(cluster, cluster.getMetadata().getName()))
                .withAutomountServiceAccountToken(false)
                .build();
    }

    /** The engine's configuration files. */
    static ConfigMap config(VeloCluster cluster, Map<String, String> files) {
        return new ConfigMapBuilder()
                .withMetadata(metadata(
                        cluster, ClusterNames.config(cluster.getMetadata().getName())))
                .withData(files)
                .build();
    }

    /** An empty ConfigMap for jobs. */
    public static ConfigMap jobs(VeloCluster cluster, int number) {
        return new ConfigMapBuilder()
                .withMetadata(metadata(
                        cluster, ClusterNames.jobs(cluster.getMetadata().getName(), number)))
                .build();
    }

    /** Fresh tokens of the admin API. */
    static Secret adminToken(VeloCluster cluster, SecureRandom random) {
        return new SecretBuilder()
                .withMetadata(metadata(
                        cluster, ClusterNames.adminToken(cluster.getMetadata().getName())))
                .withType("Opaque")
                .withData(Map.of("token", token(random), "readonly-token", token(random)))
                .build();
    }

    /** Gives every pod its name, ready or not. */
    static Service headlessService(VeloCluster cluster) {
        String name = cluster.getMetadata().getName();
        return new ServiceBuilder()
                .withMetadata(metadata(cluster, ClusterNames.headlessService(name)))
                .withNewSpec()
                .withClusterIP("None")
                .withPublishNotReadyAddresses(true)
                .withSelector(ClusterNames.podSelector(name))
                .withPorts(httpPort())
                .endSpec()
                .build();
    }

    /** Leads clients to the pods that are in service. */
    static Service clientService(VeloCluster cluster) {
        String name = cluster.getMetadata().getName();
        Map<String, String> selector = ClusterNames.podSelector(name);
        selector.put(ClusterNames.IN_SERVICE_LABEL, "true");
        return new ServiceBuilder()
                .withMetadata(metadata(cluster, name))
                .withNewSpec()
                .withType("ClusterIP")
                .withSelector(selector)
                .withPorts(httpPort())
                .endSpec()
                .build();
    }

    /** Lets a node drain take one pod at a time; a pod that is not healthy anyway may always go. */
    static PodDisruptionBudget disruptionBudget(VeloCluster cluster) {
        String name = cluster.getMetadata().getName();
        return new PodDisruptionBudgetBuilder()
                .withMetadata(metadata(cluster, name))
                .withNewSpec()
                .withMaxUnavailable(new IntOrString(1))
                .withUnhealthyPodEvictionPolicy("AlwaysAllow")
                .withNewSelector()
                .withMatchLabels(ClusterNames.podSelector(name))
                .endSelector()
                .endSpec()
                .build();
    }

    /** Metadata of an object of this name that goes when the cluster goes. */
    static ObjectMeta metadata(VeloCluster cluster, String name) {
        return new ObjectMetaBuilder()
                .withNamespace(cluster.getMetadata().getNamespace())
                .withName(name)
                .withLabels(ClusterNames.labels(cluster))
                .withOwnerReferences(Ownership.referenceTo(cluster))
                .build();
    }

    private static ServicePort httpPort() {
        return new ServicePortBuilder()
                .withName("http")
                .withProtocol("TCP")
                .withPort(HTTP_PORT)
                .withTargetPort(new IntOrString("http"))
                .build();
    }

    private static String token(SecureRandom random) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.US_ASCII));
    }
}
