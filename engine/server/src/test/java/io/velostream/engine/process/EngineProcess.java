package io.velostream.engine.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.velostream.engine.admin.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The real engine as its own process, with the files and variables that a pod has. */
final class EngineProcess implements AutoCloseable {

    static final String TOKEN = "process-test-token";

    private static final Path JAR =
            Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath();

    private final Path folder;
    private final Path log;
    private final int port;
    private final Process process;

    private EngineProcess(Path folder, int port, Process process, Path log) {
        this.folder = folder;
        this.port = port;
        this.process = process;
        this.log = log;
    }

    /** What a run without a server printed. */
    record Output(int exitCode, String out, String err) {}

    /** Runs the program to its end. */
    static Output run(Path folder, String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command(arguments));
        builder.environment().remove("VELO_CONFIG");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("Still running: " + List.of(arguments));
        }
        return new Output(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** Starts a pod of this folder, which keeps state, jobs and tokens from one start to the next. */
    static EngineProcess start(Path folder, String bootstrapServers) throws IOException {
        return start(folder, bootstrapServers, "");
    }

    /** The same with more of a configuration. */
    static EngineProcess start(Path folder, String bootstrapServers, String sections) throws IOException {
        Path config = folder.resolve("velostream.yaml");
        Files.writeString(config, "kafka:\n  bootstrap_servers: " + bootstrapServers + "\n" + sections);
        Files.createDirectories(folder.resolve("admin"));
        Files.writeString(folder.resolve("admin").resolve("token"), TOKEN);
        int port = freePort();
        Path log = Files.createTempFile(folder, "engine", ".log");
        ProcessBuilder builder = new ProcessBuilder(command("--config", config.toString()));
        builder.environment()
                .putAll(Map.of(
                        "VELO_ADMIN_TOKEN_FILE",
                                folder.resolve("admin").resolve("token").toString(),
                        "VELO_JOBS_DIR", folder.resolve("jobs").toString(),
                        "VELO_STATE_DIR", folder.resolve("state").toString(),
                        "VELO_LOG_FORMAT", "json",
                        "VELO_HTTP_HOST", "127.0.0.1",
                        "VELO_HTTP_PORT", Integer.toString(port),
                        "POD_NAME", "primary-0"));
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        EngineProcess engine = new EngineProcess(folder, port, process, log);
        await("the engine serves: " + log)
                .atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .until(() -> engine.anybody().get("/health").status() == 200 || !process.isAlive());
        assertThat(process.isAlive()).as("running; it said: %s", engine.log()).isTrue();
        return engine;
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-jar",
                JAR.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path jobs() {
        return folder.resolve("jobs");
    }

    Api anybody() {
        return new Api("http://127.0.0.1:" + port, Optional.empty());
    }

    Api admin() {
        return new Api("http://127.0.0.1:" + port, Optional.of(TOKEN));
    }

    /** The value of one series, with its labels if it has any. */
    double metric(String series) {
        return anybody()
                .get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no series " + series));
    }

    List<String> log() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks the process to end, as the kubelet does, and gives its exit code. */
    int terminate(Duration grace) throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS))
                .as("ended within %s; it said: %s", grace, log())
                .isTrue();
        return process.exitValue();
    }

    /** Ends the process without a word, as the kernel does when memory runs out. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
