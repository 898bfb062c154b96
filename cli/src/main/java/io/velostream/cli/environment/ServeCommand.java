package io.velostream.cli.environment;

import io.velostream.local.apiserver.ApiServerChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The process behind {@code velo up}: serves until it gets a SIGTERM. */
@Command(name = ServeCommand.NAME, hidden = true, description = "The process behind 'velo up'.")
public final class ServeCommand implements Callable<Integer> {

    static final String NAME = "serve-environment";
    private static final String CLUSTER = "primary";
    private static final Duration PODS_DEADLINE = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(300);

    @Option(names = "--api-server")
    @Nullable ApiServerChoice apiServer;

    @Override
    public Integer call() throws IOException, InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            ended.countDown();
            try {
                closed.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        Narrator narrator = Narrator.onStandardOutput();
        try (Environment environment =
                Environment.start(apiServer == null ? ApiServerChoice.fromEnvironment() : apiServer, narrator)) {
            environment.resources().create(cluster(environment));
            awaitPods(environment);
            write(environment.variables(CLUSTER));
            ended.await();
        } finally {
            closed.countDown();
        }
        return 0;
    }

    private static Map<String, Object> cluster(Environment environment) {
        return Map.of(
                "apiVersion",
                "velostream.io/v1alpha1",
                "kind",
                "VeloCluster",
                "metadata",
                Map.of("name", CLUSTER),
                "spec",
                Map.of(
                        "replicas", 2,
                        "kafka", Map.of("bootstrapServers", environment.bootstrapServers()),
                        "storage", Map.of("size", "1Gi")));
    }

    private static void awaitPods(Environment environment) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PODS_DEADLINE.toNanos();
        while (environment.readyPods(CLUSTER) < 2) {
            if (System.nanoTime() > deadline) {
                throw new IOException("The two pods of the cluster " + CLUSTER + " were not ready within "
                        + PODS_DEADLINE.toSeconds() + " s.");
            }
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
        }
    }

    /** Written beside and renamed, so that a reader sees all of it or nothing. */
    private static void write(Map<String, String> variables) throws IOException {
        Path file = BackgroundEnvironment.variablesFile();
        Path beside = file.resolveSibling("environment.env.new");
        Files.writeString(
                beside,
                new TreeMap<>(variables)
                        .entrySet().stream()
                                .map(variable -> variable.getKey() + "=" + variable.getValue())
                                .collect(Collectors.joining("\n", "", "\n")));
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
