package io.velostream.cli.environment;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The operator as a process of its own, as it runs on a cluster, against the local API server. */
final class OperatorProcess implements AutoCloseable {

    private static final Duration START_DEADLINE = Duration.ofSeconds(60);
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(200);

    private final Process process;
    private final Path log;
    private final URI url;

    private OperatorProcess(Process process, Path log, URI url) {
        this.process = process;
        this.log = log;
        this.url = url;
    }

    /**
     * Starts the operator; {@link #awaitReady} says when it works.
     *
     * @param program the operator's {@code quarkus-run.jar}
     * @param engineImage what pods run unless their cluster says otherwise
     */
    static OperatorProcess start(Path program, Path kubeconfig, String engineImage, Path directory) throws IOException {
        if (!Files.isRegularFile(program)) {
            throw new IOException("The operator is not built: there is no " + program
                    + ". Run ./mvnw package -DskipTests, or start velo without VELO_SKIP_BUILD.");
        }
        int port = freePort();
        Path log = directory.resolve("operator.log");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-Dvelostream.engine.image=" + engineImage,
                        "-Dvelostream.leader-election.enabled=false",
                        "-jar",
                        program.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        return new OperatorProcess(builder.start(), log, URI.create("http://127.0.0.1:" + port));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    URI url() {
        return url;
    }

    Path log() {
        return log;
    }

    /** Waits until the operator's informers are in sync. */
    void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_DEADLINE.toNanos();
        HttpRequest probe = HttpRequest.newBuilder(url.resolve("/q/health/ready"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (System.nanoTime() < deadline) {
                if (!process.isAlive()) {
                    throw new IOException("The operator ended with exit code " + process.exitValue()
                            + " while it started; see " + log);
                }
                if (isReady(client, probe)) {
                    return;
                }
                TimeUnit.NANOSECONDS.sleep(PROBE_INTERVAL.toNanos());
            }
        }
        throw new IOException("The operator was not ready within " + START_DEADLINE.toSeconds() + " s; see " + log);
    }

    private static boolean isReady(HttpClient client, HttpRequest probe) throws InterruptedException {
        try {
            return client.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
