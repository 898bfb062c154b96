package io.velostream.local.controllers;

import io.velostream.local.apiserver.LocalApiServer;
import io.velostream.local.apiserver.RealApiServer;
import java.nio.file.Path;
import java.util.Optional;

/** The controllers of a cluster, whoever wrote them. */
public final class ClusterControllers implements AutoCloseable {
    private final AutoCloseable running;
    private final boolean real;

    private ClusterControllers(AutoCloseable running, boolean real) {
        this.running = running;
        this.real = real;
    }

    /**
     * Starts them.
     *
     * @param directory where the real ones log
     * @throws IllegalStateException when the real ones are asked for and are not there
     */
    public static ClusterControllers start(ControllerChoice choice, LocalApiServer api, Path directory) {
        Optional<Path> program =
                api instanceof RealApiServer real ? real.binaries().controllerManager() : Optional.empty();
        if (choice == ControllerChoice.REAL && program.isEmpty()) {
            throw new IllegalStateException(
                    "No kube-controller-manager lies beside the kube-apiserver; put it there, or run"
                            + " with the own controllers");
        }
        if (choice == ControllerChoice.OWN || program.isEmpty()) {
            return new ClusterControllers(OwnControllers.start(api.client()), false);
        }
        return new ClusterControllers(KubeControllerManager.start(program.get(), api.kubeconfig(), directory), true);
    }

    /** Whether they are Kubernetes' own. */
    public boolean isReal() {
        return real;
    }

    @Override
    public void close() {
        try {
            running.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("The controllers did not end in order", e);
        }
    }
}
