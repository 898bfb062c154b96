package io.velostream.operator.process;

import io.velostream.local.process.ChildProcesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The operator as it is shipped, {@code quarkus-run.jar}, as a process with settings of the test's. */
final class OperatorProgram implements AutoCloseable {

    private static final Duration PROBE = Duration.ofSeconds(5);

    private final Process process;
    private final URI url;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PROBE).build();

    private OperatorProgram(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /** Starts it; returns at once. */
    static OperatorProgram start(Path kubeconfig, Path directory, Map<String, String> settings) {
        Path jar = Path.of(System.getProperty("velostream.root", ".."), "operator/target/quarkus-app/quarkus-run.jar")
                .toAbsolutePath();
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("There is no " + jar + ": package the operator first");
        }
        int port = freePort();
        Map<String, String> all = new TreeMap<>(settings);
        all.putIfAbsent("quarkus.http.host", "127.0.0.1");
        all.putIfAbsent("quarkus.http.port", Integer.toString(port));
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + jar.resolveSibling("test.jsa"),
                "-Xlog:disable",
                "-Xmx256m"));
        all.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-jar", jar.toString()));
        Map<String, String> environment = new TreeMap<>(System.getenv());
        // By its host name an operator calls itself in the lease; a pod has one of its own.
        environment.put("HOSTNAME", all.getOrDefault("velostream.instance", "operator"));
        environment.put("KUBECONFIG", kubeconfig.toAbsolutePath().toString());
        try {
            Process process = ChildProcesses.start(command, environment, directory, directory.resolve("operator.log"));
            return new OperatorProgram(process, URI.create("http://127.0.0.1:" + port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** The status code of a path, 0 where nobody answers. */
    int status(String path) {
        try {
            return client.send(
                            HttpRequest.newBuilder(url.resolve(path))
                                    .timeout(PROBE)
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** The body of a path, empty where nobody answers. */
    String body(String path) {
        try {
            return client.send(
                            HttpRequest.newBuilder(url.resolve(path))
                                    .timeout(PROBE)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** Ends it in an orderly way. */
    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, 10, java.util.concurrent.TimeUnit.SECONDS)
                .join();
        process.destroyForcibly();
        client.close();
    }
}
