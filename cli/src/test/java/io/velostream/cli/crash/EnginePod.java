package io.velostream.cli.crash;

import io.velostream.engine.job.JobDocument;
import io.velostream.engine.job.JobJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/** An engine as a process of its own, as a pod runs it: the same name and state directory each time it starts. */
final class EnginePod implements AutoCloseable {

    private final String name;
    private final String address;
    private final Path directory;
    private final String bootstrapServers;
    private Process process;

    EnginePod(int ordinal, Path directory, String bootstrapServers, JobDocument document) throws IOException {
        this.name = "engine-" + ordinal;
        this.address = "127.77.0." + (ordinal + 1);
        this.directory = Files.createDirectories(directory.resolve(name));
        this.bootstrapServers = bootstrapServers;
        Path jobs = Files.createDirectories(this.directory.resolve("jobs/0"));
        Files.write(jobs.resolve(document.name() + ".json.gz"), gzip(JobJson.writeDocument(document)));
        Files.writeString(this.directory.resolve("token"), "secret");
        Files.writeString(this.directory.resolve("config.yaml"), """
                kafka:
                  bootstrap_servers: %s
                processing:
                  max_parallelism: 2
                """.formatted(bootstrapServers));
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    String name() {
        return name;
    }

    /** Starts the process; it dies by itself at the fault, which may be empty. */
    void start(String fault) throws IOException {
        Path jar = root().resolve("engine/server/target/quarkus-app/quarkus-run.jar");
        if (!Files.isRegularFile(jar)) {
            throw new IOException("There is no " + jar + "; package engine/server first.");
        }
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-Dvelo.snapshot.millis=2000",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-Dquarkus.http.host=" + address,
                "-jar",
                jar.toString(),
                "--config",
                directory.resolve("config.yaml").toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()));
        builder.environment()
                .putAll(Map.of(
                        "POD_NAME",
                        name,
                        "POD_NAMESPACE",
                        "default",
                        "VELO_JOBS_DIR",
                        directory.resolve("jobs").toString(),
                        "VELO_STATE_DIR",
                        directory.resolve("state").toString(),
                        "VELO_ADMIN_TOKEN_FILE",
                        directory.resolve("token").toString(),
                        "VELO_LOG_FORMAT",
                        "text",
                        "VELO_FAULT",
                        fault));
        process = builder.start();
    }

    private static Path root() {
        return Path.of(System.getProperty("velostream.root", "..")).toAbsolutePath();
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Waits for the process to die of its fault. */
    boolean diesWithin(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    /** {@code kill}, as a rolling restart does it. */
    void terminate() throws InterruptedException {
        if (process != null) {
            process.destroy();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                kill();
            }
        }
    }

    /** The end of the log, for a failing test. */
    String log() throws IOException {
        Path log = directory.resolve("log");
        if (!Files.exists(log)) {
            return name + " wrote no log";
        }
        List<String> lines = Files.readAllLines(log);
        return name + ":\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
