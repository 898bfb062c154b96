package io.velostream.local.controllers;

import io.velostream.local.process.ChildProcesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The real kube-controller-manager as a process, with the controllers that pods of a one-machine cluster need. */
public final class KubeControllerManager implements AutoCloseable {
    private static final List<String> CONTROLLERS = List.of(
            "statefulset-controller",
            "deployment-controller",
            "replicaset-controller",
            "job-controller",
            "garbage-collector-controller",
            "namespace-controller",
            "disruption-controller",
            "endpoints-controller",
            "endpointslice-controller",
            "serviceaccount-controller",
            "persistentvolumeclaim-protection-controller");

    private final Process process;
    private final Path log;

    private KubeControllerManager(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts it; the controllers begin to work a moment later.
     *
     * @param directory gets its log
     */
    public static KubeControllerManager start(Path program, Path kubeconfig, Path directory) {
        Path log = directory.toAbsolutePath().resolve("kube-controller-manager.log");
        List<String> command = List.of(
                program.toAbsolutePath().toString(),
                "--kubeconfig=" + kubeconfig.toAbsolutePath(),
                "--leader-elect=false",
                "--secure-port=0",
                "--controllers=" + String.join(",", CONTROLLERS));
        try {
            Files.createDirectories(directory);
            return new KubeControllerManager(
                    ChildProcesses.start(
                            command,
                            Map.of("HOME", directory.toAbsolutePath().toString(), "PATH", "/usr/bin:/bin"),
                            directory,
                            log),
                    log);
        } catch (IOException e) {
            throw new UncheckedIOException("The controller manager " + program + " cannot be started", e);
        }
    }

    /** What it writes. */
    public Path log() {
        return log;
    }

    /** Whether its process is there. */
    public boolean isRunning() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
