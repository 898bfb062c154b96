package io.velostream.cli.demo;

import io.velostream.cli.environment.Environment;
import io.velostream.cli.environment.Narrator;
import io.velostream.local.apiserver.ApiServerChoice;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code velo demo}. */
@Command(
        name = "demo",
        description = {
            "Shows everything on this machine: a control plane, a Kafka broker, the operator, two engine pods, a job",
            "with two queries over a stream of orders; then drains, scales and breaks it by patching the resources,",
            "and checks record by record that nothing was lost or doubled. Exit code 0 only if all of that held."
        })
public final class DemoCommand implements Callable<Integer> {

    @Option(names = "--keep", description = "Leaves everything running afterwards, until Ctrl-C.")
    boolean keep;

    @Option(
            names = "--api-server",
            paramLabel = "auto|real|memory",
            description = "The real kube-apiserver when its binaries are here (auto), or always one of them.")
    @Nullable ApiServerChoice apiServer;

    @Override
    public Integer call() throws Exception {
        Narrator narrator = Narrator.onStandardOutput();
        try (Environment environment =
                Environment.start(apiServer == null ? ApiServerChoice.fromEnvironment() : apiServer, narrator)) {
            try {
                Demo.play(environment, narrator);
            } catch (DemoFailure failure) {
                narrator.section("FAILED: " + failure.getMessage());
                environment.keepLogs(narrator);
                return 1;
            }
            narrator.section("Done.");
            if (keep) {
                environment.describe(narrator);
                narrator.line("Ctrl-C ends it.");
                new CountDownLatch(1).await();
            }
            return 0;
        }
    }
}
