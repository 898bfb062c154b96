package io.velostream.bench.run;

import io.velostream.bench.broker.Broker;
import io.velostream.bench.process.JavaCommand;
import io.velostream.bench.process.JavaProcess;
import io.velostream.bench.system.Assignment;
import io.velostream.bench.system.EngineMain;
import io.velostream.bench.system.SystemUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What all runs share: the broker, the directories and how a system's process is started.
 *
 * @param javaHome the JDK of every process
 * @param build the folder that the build writes to
 * @param heap heap of a system's process, in the form of {@code -Xmx}
 */
record Bench(Broker broker, Path javaHome, Path build, Path work, Path logs, String heap) {

    /**
     * Starts a system's process. All get the same heap and the same collector: Parallel, which costs the least CPU time for
     * throughput and has no concurrent threads whose work would blur the measurement.
     */
    JavaProcess start(SystemUnderTest system, Assignment assignment, String log) {
        List<String> flags = new ArrayList<>(List.of(
                "-Xms" + heap,
                "-Xmx" + heap,
                "-XX:+UseParallelGC",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-Djava.io.tmpdir=" + assignment.work()));
        flags.addAll(system.flags());
        List<String> arguments = new ArrayList<>(List.of(system.id()));
        arguments.addAll(assignment.toArguments());
        JavaCommand java = new JavaCommand(javaHome, flags, firstOnClassPath(system), EngineMain.class, arguments);
        return JavaProcess.start(java, logs.resolve(log + ".log"), false);
    }

    private List<Path> firstOnClassPath(SystemUnderTest system) {
        Optional<Path> folder = system.libraries().map(build::resolve);
        if (folder.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> jars = Files.list(folder.get())) {
            return jars.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The libraries of " + system.id() + " are missing; build with bench/run, not by hand", e);
        }
    }
}
