package io.velostream.local.apiserver;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.velostream.local.apiserver.memory.MemoryHttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/**
 * A Kubernetes API in this process, for machines without the binaries of the real one. It listens on 127.0.0.1 without
 * encryption or authentication. What it does and does not do is listed in the reference page on the local environment.
 */
public final class InMemoryApiServer implements LocalApiServer {
    private final MemoryHttpServer server;
    private final Path kubeconfig;
    private final KubernetesClient client;

    private InMemoryApiServer(MemoryHttpServer server, Path kubeconfig) {
        this.server = server;
        this.kubeconfig = kubeconfig;
        this.client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
                .build();
    }

    static InMemoryApiServer start(Path directory) {
        MemoryHttpServer server = MemoryHttpServer.start(Clock.systemUTC(), 0);
        try {
            Path kubeconfig = Files.writeString(
                    Files.createDirectories(directory.toAbsolutePath()).resolve("kubeconfig"),
                    kubeconfig(server.url()));
            return new InMemoryApiServer(server, kubeconfig);
        } catch (IOException e) {
            server.close();
            throw new UncheckedIOException("Cannot write a kubeconfig to " + directory, e);
        }
    }

    private static String kubeconfig(String url) {
        return """
                apiVersion: v1
                kind: Config
                clusters:
                - name: local
                  cluster:
                    server: %s
                contexts:
                - name: local
                  context:
                    cluster: local
                    namespace: default
                    user: local
                current-context: local
                users:
                - name: local
                  user: {}
                """.formatted(url);
    }

    @Override
    public Path kubeconfig() {
        return kubeconfig;
    }

    @Override
    public String url() {
        return server.url();
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public boolean isReal() {
        return false;
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
