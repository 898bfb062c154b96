package io.velostream.local.apiserver;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;

/** The API in memory. */
public final class InMemoryApiServer implements LocalApiServer {
    private InMemoryApiServer() {}

    static InMemoryApiServer start(Path directory) {
        throw new LocalApiServerException(KubernetesBinaries.HOW_TO_GET + "; nothing is started in " + directory);
    }

    @Override
    public Path kubeconfig() {
        throw new IllegalStateException();
    }

    @Override
    public String url() {
        throw new IllegalStateException();
    }

    @Override
    public KubernetesClient client() {
        throw new IllegalStateException();
    }

    @Override
    public boolean isReal() {
        return false;
    }

    @Override
    public void close() {}
}
