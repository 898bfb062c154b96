package io.velostream.local.apiserver;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;

/**
 * A Kubernetes API that any client on this machine can use through an ordinary kubeconfig. Either the real kube-apiserver with
 * its etcd, or one in memory that keeps the same contract where the reference page on the local environment says so.
 *
 * <p>No controllers run in it: StatefulSets make no pods and owned objects are not collected until something from
 * {@code io.velostream.local.controllers} runs against it.
 */
public sealed interface LocalApiServer extends AutoCloseable permits RealApiServer, InMemoryApiServer {

    /** A kubeconfig file with full rights, for any client: another process, {@code kubectl}, a test. */
    Path kubeconfig();

    /** The address, such as {@code https://127.0.0.1:40123}. */
    String url();

    /** A client with full rights in the namespace {@code default}; closed with the server. */
    KubernetesClient client();

    /** Whether validation, admission and storage are Kubernetes' own. */
    boolean isReal();

    /**
     * Applies every CustomResourceDefinition of these YAML files (or of the files in these directories) and returns when the API
     * serves them.
     *
     * @throws LocalApiServerException when a file holds none, or the server refuses one
     */
    default void applyCrds(Path... filesOrDirectories) {
        CrdInstaller.install(client(), filesOrDirectories);
    }

    /** Ends the server; what was stored is gone. */
    @Override
    void close();

    /**
     * Starts the server that {@code choice} asks for.
     *
     * @param directory where certificates, the kubeconfig and logs go; created when absent
     * @throws LocalApiServerException when a real one is asked for and cannot be had
     */
    static LocalApiServer start(ApiServerChoice choice, Path directory) {
        return switch (choice) {
            case MEMORY -> InMemoryApiServer.start(directory);
            case REAL ->
                RealApiServer.start(
                        KubernetesBinaries.find()
                                .orElseThrow(() -> new LocalApiServerException(KubernetesBinaries.HOW_TO_GET)),
                        directory);
            case AUTO ->
                KubernetesBinaries.find()
                        .<LocalApiServer>map(binaries -> RealApiServer.start(binaries, directory))
                        .orElseGet(() -> InMemoryApiServer.start(directory));
        };
    }
}
