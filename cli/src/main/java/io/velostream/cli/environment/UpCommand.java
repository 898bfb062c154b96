package io.velostream.cli.environment;

import io.velostream.local.apiserver.ApiServerChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code velo up}: the demo's environment for use by hand. */
@Command(
        name = "up",
        description = {
            "Starts a control plane, a Kafka broker, the operator and a cluster of two engine pods, and leaves them",
            "running in the background. Prints the kubeconfig, Kafka's address and the URLs; 'velo down' ends it."
        })
public final class UpCommand implements Callable<Integer> {

    private static final Duration DEADLINE = Duration.ofSeconds(120);
    private static final Duration POLL = Duration.ofMillis(300);

    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            description =
                    "Also writes KUBECONFIG, BOOTSTRAP, ENGINE_URLS, OPERATOR_URL and ADMIN_TOKEN_FILE as shell assignments.")
    @Nullable Path environmentFile;

    @Option(
            names = "--api-server",
            paramLabel = "auto|real|memory",
            description = "The real kube-apiserver when its binaries are here (auto), or always one of them.")
    @Nullable ApiServerChoice apiServer;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Narrator narrator = Narrator.onStandardOutput();
        if (BackgroundEnvironment.running().isEmpty()) {
            Files.createDirectories(BackgroundEnvironment.directory());
            Files.deleteIfExists(BackgroundEnvironment.variablesFile());
            Process process = spawn();
            Files.writeString(BackgroundEnvironment.processFile(), Long.toString(process.pid()));
            if (!awaitVariables(process, narrator)) {
                narrator.line("It did not come up; see " + BackgroundEnvironment.logFile());
                process.destroy();
                return 1;
            }
        } else {
            narrator.line("It runs already; 'velo down' ends it.");
        }
        narrator.lines(Files.readAllLines(BackgroundEnvironment.variablesFile()));
        if (environmentFile != null) {
            Files.copy(BackgroundEnvironment.variablesFile(), environmentFile, StandardCopyOption.REPLACE_EXISTING);
        }
        return 0;
    }

    private Process spawn() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-Dvelostream.root=" + System.getProperty("velostream.root", ""),
                "-cp",
                System.getProperty("java.class.path"),
                "io.velostream.cli.Velo",
                ServeCommand.NAME));
        Optional.ofNullable(apiServer).ifPresent(choice -> command.addAll(List.of("--api-server", choice.name())));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(BackgroundEnvironment.logFile().toFile())
                .redirectInput(new java.io.File("/dev/null"))
                .start();
    }

    private static boolean awaitVariables(Process process, Narrator narrator) throws InterruptedException {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            if (Files.exists(BackgroundEnvironment.variablesFile())) {
                return true;
            }
            narrator.live("starting ...");
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
        }
        return false;
    }
}
