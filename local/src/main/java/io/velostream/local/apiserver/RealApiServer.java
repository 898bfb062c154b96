package io.velostream.local.apiserver;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubeapitest.KubeAPITestException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The real kube-apiserver with an etcd of its own, on 127.0.0.1. Up in five to ten seconds. */
public final class RealApiServer implements LocalApiServer {
    private static final String VERSION = "0.0.0";

    private final KubernetesBinaries binaries;
    private final KubeAPIServer server;
    private final Path kubeconfig;
    private final KubernetesClient client;
    private final Thread shutdownHook;

    private RealApiServer(KubernetesBinaries binaries, KubeAPIServer server, Path kubeconfig, Config config) {
        this.binaries = binaries;
        this.server = server;
        this.kubeconfig = kubeconfig;
        this.client = new KubernetesClientBuilder().withConfig(config).build();
        this.shutdownHook = new Thread(server::stop, "local-apiserver-shutdown");
        Runtime.getRuntime().addShutdownHook(shutdownHook);
    }

    static RealApiServer start(KubernetesBinaries binaries, Path directory) {
        try {
            Path own = Files.createDirectories(directory.toAbsolutePath());
            linkBinaries(binaries, own);
            KubeAPIServer server = new KubeAPIServer(KubeAPIServerConfigBuilder.anAPIServerConfig()
                    .withTestDir(own.toString())
                    .withApiServerVersion(VERSION)
                    .withOfflineMode(true)
                    .withUpdateKubeConfig(false)
                    .build());
            try {
                server.start();
            } catch (KubeAPITestException e) {
                server.stop();
                throw new LocalApiServerException(
                        "The API server in " + binaries.directory() + " did not start: " + e.getMessage()
                                + "; run it by hand to see why, or set "
                                + ApiServerChoice.ENVIRONMENT_VARIABLE + "=memory",
                        e);
            }
            String yaml = server.getKubeConfigYaml();
            Path kubeconfig = Files.writeString(own.resolve("kubeconfig"), yaml);
            return new RealApiServer(binaries, server, kubeconfig, Config.fromKubeconfig(kubeconfig.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot prepare " + directory + " for an API server", e);
        }
    }

    /** A directory of its own for each server, in the layout of kube-api-test: its certificates lie beside the binaries. */
    private static void linkBinaries(KubernetesBinaries binaries, Path directory) throws IOException {
        Path home = Files.createDirectories(
                directory.resolve("k8s").resolve(VERSION + "-" + KubernetesBinaries.platform()));
        for (String name : new String[] {"kube-apiserver", "etcd", "kubectl"}) {
            Path link = home.resolve(name);
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, binaries.directory().resolve(name).toAbsolutePath());
        }
    }

    /** The programs that it runs from. */
    public KubernetesBinaries binaries() {
        return binaries;
    }

    @Override
    public Path kubeconfig() {
        return kubeconfig;
    }

    @Override
    public String url() {
        return client.getConfiguration().getMasterUrl();
    }

    @Override
    public KubernetesClient client() {
        return client;
    }

    @Override
    public boolean isReal() {
        return true;
    }

    @Override
    public void close() {
        client.close();
        server.stop();
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException alreadyShuttingDown) {
            // The hook itself runs then, and stopping twice is harmless.
            return;
        }
    }
}
