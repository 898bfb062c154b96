package io.velostream.operator.cluster;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.velostream.crd.v1alpha1.VeloCluster;
import io.velostream.operator.engine.AdminToken;
import io.velostream.operator.resource.Ownership;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * The admin tokens of clusters. Made once and then kept; read by name, so that the operator needs no right to list Secrets.
 */
public final class AdminTokens {

    private final KubernetesClient client;
    private final SecureRandom random = new SecureRandom();

    public AdminTokens(KubernetesClient client) {
        this.client = client;
    }

    /** The token of a cluster, if it has one yet. */
    public Optional<AdminToken> find(VeloCluster cluster) {
        return read(cluster).flatMap(AdminTokens::token);
    }

    /**
     * The token of a cluster, made where there is none.
     *
     * @throws io.velostream.operator.resource.ForeignObjectException when the Secret's name is somebody else's
     */
    AdminToken findOrCreate(VeloCluster cluster) {
        Secret secret = read(cluster).orElseGet(() -> create(cluster));
        Ownership.requireOwned(secret, cluster);
        return token(secret)
                .orElseThrow(() -> new IllegalStateException("Secret "
                        + secret.getMetadata().getName() + " has no key \"token\": delete it, and it is made anew"));
    }

    private Secret create(VeloCluster cluster) {
        try {
            return client.resource(ClusterObjects.adminToken(cluster, random)).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            return read(cluster).orElseThrow(() -> e);
        }
    }

    private Optional<Secret> read(VeloCluster cluster) {
        return Optional.ofNullable(client.secrets()
                .inNamespace(cluster.getMetadata().getNamespace())
                .withName(ClusterNames.adminToken(cluster.getMetadata().getName()))
                .get());
    }

    private static Optional<AdminToken> token(Secret secret) {
        return Optional.ofNullable(secret.getData())
                .map(data -> data.get("token"))
                .map(encoded -> new AdminToken(
                        new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8).strip()));
    }
}
