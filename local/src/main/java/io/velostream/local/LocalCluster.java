package io.velostream.local;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.velostream.local.apiserver.ApiServerChoice;
import io.velostream.local.apiserver.LocalApiServer;
import io.velostream.local.controllers.ClusterControllers;
import io.velostream.local.controllers.ControllerChoice;
import io.velostream.local.files.FileTrees;
import io.velostream.local.node.ImageCommands;
import io.velostream.local.node.LocalNode;
import io.velostream.local.node.NodeTiming;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A one-node Kubernetes without containers: an API server, the controllers that pods need, and a node that runs pods as
 * processes. Anything that speaks to Kubernetes through a kubeconfig can work against it.
 *
 * <pre>
 *   kubeconfig ──▶ API server ◀── controllers (StatefulSet, garbage collection, …)
 *                      ▲
 *                      └───────── node ──▶ processes on 127.1.x.y
 * </pre>
 *
 * A broker is not part of it; see {@code io.velostream.local.kafka}.
 */
public final class LocalCluster implements AutoCloseable {
    private final Path directory;
    private final boolean temporary;
    private final LocalApiServer apiServer;
    private final ClusterControllers controllers;
    private final LocalNode node;

    private LocalCluster(
            Path directory,
            boolean temporary,
            LocalApiServer apiServer,
            ClusterControllers controllers,
            LocalNode node) {
        this.directory = directory;
        this.temporary = temporary;
        this.apiServer = apiServer;
        this.controllers = controllers;
        this.node = node;
    }

    /** A cluster with defaults: the best API server and controllers that are there, a temporary directory, no images. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects what differs from the defaults. */
    public static final class Builder {
        private Optional<Path> directory = Optional.empty();
        private Optional<ApiServerChoice> apiServer = Optional.empty();
        private ControllerChoice controllers = ControllerChoice.AUTO;
        private ImageCommands images = ImageCommands.none();
        private NodeTiming timing = NodeTiming.defaults();
        private final List<Path> crds = new ArrayList<>();

        private Builder() {}

        /** Keeps certificates, logs and the data of claims here after {@link LocalCluster#close()}. */
        public Builder directory(Path path) {
            this.directory = Optional.of(path.toAbsolutePath());
            return this;
        }

        /** Which API server; without a choice the environment variable {@code VELO_LOCAL_APISERVER} decides. */
        public Builder apiServer(ApiServerChoice choice) {
            this.apiServer = Optional.of(choice);
            return this;
        }

        /** Which controllers; by default the real ones when their program lies beside the real API server. */
        public Builder controllers(ControllerChoice choice) {
            this.controllers = choice;
            return this;
        }

        /** What the node can run. */
        public Builder images(ImageCommands commands) {
            this.images = commands;
            return this;
        }

        /** How fast the node does things. */
        public Builder timing(NodeTiming value) {
            this.timing = value;
            return this;
        }

        /** A file with CustomResourceDefinitions, or a directory of such files, to apply before anything else runs. */
        public Builder crds(Path fileOrDirectory) {
            crds.add(fileOrDirectory);
            return this;
        }

        /** Starts everything and returns when the API serves; what is already running is ended again when a part fails. */
        public LocalCluster start() {
            boolean temporary = directory.isEmpty();
            Path home = home();
            LocalApiServer api = LocalApiServer.start(
                    apiServer.orElseGet(ApiServerChoice::fromEnvironment), home.resolve("apiserver"));
            try {
                if (!crds.isEmpty()) {
                    api.applyCrds(crds.toArray(Path[]::new));
                }
                ClusterControllers running = ClusterControllers.start(controllers, api, home.resolve("controllers"));
                try {
                    LocalNode node = LocalNode.builder(api.client(), images)
                            .directory(home.resolve("node"))
                            .timing(timing)
                            .start();
                    return new LocalCluster(home, temporary, api, running, node);
                } catch (RuntimeException e) {
                    running.close();
                    throw e;
                }
            } catch (RuntimeException e) {
                api.close();
                throw e;
            }
        }

        private Path home() {
            try {
                return directory.isPresent()
                        ? Files.createDirectories(directory.get())
                        : Files.createTempDirectory("local-cluster-");
            } catch (IOException e) {
                throw new UncheckedIOException("The cluster cannot make its directory", e);
            }
        }
    }

    /** For any client, {@code kubectl} included. */
    public Path kubeconfig() {
        return apiServer.kubeconfig();
    }

    /** A client with full rights, closed with the cluster. */
    public KubernetesClient client() {
        return apiServer.client();
    }

    public LocalApiServer apiServer() {
        return apiServer;
    }

    public ClusterControllers controllers() {
        return controllers;
    }

    public LocalNode node() {
        return node;
    }

    /** Where certificates, logs and the data of claims are. */
    public Path directory() {
        return directory;
    }

    /** Ends pods, controllers and API server, in this order; a temporary directory is deleted. */
    @Override
    public void close() {
        node.close();
        controllers.close();
        apiServer.close();
        if (temporary) {
            try {
                FileTrees.delete(directory);
            } catch (IOException e) {
                throw new UncheckedIOException("The cluster is closed, but its directory stays: " + directory, e);
            }
        }
    }
}
