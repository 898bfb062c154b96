package io.velostream.operator.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * The cluster that the test runs on: the one that {@code VELO_E2E_KUBECONFIG} names, else a k3s in Docker.
 *
 * <p>For a named cluster {@code VELO_E2E_LOAD} is the command that brings an image archive onto its nodes (the path is added to
 * it); without it the images must be there.
 */
sealed interface RealCluster extends AutoCloseable {

    /** Where kubectl and helm find it. */
    Path kubeconfig();

    /** Brings an image archive onto every node. */
    void load(Path archive);

    @Override
    void close();

    /** Why there is no cluster to run on, or nothing. */
    static Stream<String> missing() {
        if (System.getenv("VELO_E2E_KUBECONFIG") != null) {
            return Stream.of("kubectl", "helm")
                    .filter(tool -> tool(tool) == null)
                    .map(tool -> "there is no " + tool + " on the path: install it, or name it in VELO_E2E_"
                            + tool.toUpperCase(java.util.Locale.ROOT));
        }
        return docker()
                ? Stream.empty()
                : Stream.of("VELO_E2E_KUBECONFIG names no cluster, and there is no Docker to run k3s in");
    }

    static RealCluster start() throws IOException {
        String kubeconfig = System.getenv("VELO_E2E_KUBECONFIG");
        return kubeconfig == null ? K3s.start() : new Named(Path.of(kubeconfig));
    }

    /** The program of that name: from {@code VELO_E2E_KUBECTL} or {@code VELO_E2E_HELM}, else on the path; null when absent. */
    static String tool(String name) {
        String named = System.getenv("VELO_E2E_" + name.toUpperCase(java.util.Locale.ROOT));
        if (named != null) {
            return named;
        }
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse(null);
    }

    private static boolean docker() {
        try {
            return DockerClientFactory.instance().isDockerAvailable();
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** A cluster that somebody else started and will end. */
    record Named(Path kubeconfig) implements RealCluster {

        @Override
        public void load(Path archive) {
            String load = System.getenv("VELO_E2E_LOAD");
            if (load != null) {
                new Command(
                                Stream.concat(List.of(load.split(" ")).stream(), Stream.of(archive.toString()))
                                        .toList(),
                                Map.of(),
                                Path.of("/"),
                                java.time.Duration.ofMinutes(3))
                        .output();
            }
        }

        @Override
        public void close() {
            // It is not ours.
        }
    }

    /** A k3s of our own, in Docker. */
    record K3s(K3sContainer container, Path kubeconfig) implements RealCluster {

        static K3s start() throws IOException {
            K3sContainer container = new K3sContainer(DockerImageName.parse("rancher/k3s:v1.34.1-k3s1"));
            container.start();
            Path kubeconfig = Files.createTempFile("velostream-k3s", ".yaml");
            Files.writeString(kubeconfig, container.getKubeConfigYaml());
            return new K3s(container, kubeconfig);
        }

        @Override
        public void load(Path archive) {
            String inside = "/tmp/" + archive.getFileName();
            container.copyFileToContainer(MountableFile.forHostPath(archive), inside);
            try {
                var imported = container.execInContainer("ctr", "-n", "k8s.io", "images", "import", inside);
                if (imported.getExitCode() != 0) {
                    throw new AssertionError("k3s did not take " + archive + ": " + imported.getStderr());
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            container.stop();
        }
    }
}
