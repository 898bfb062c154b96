package io.velostream.local.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Starts programs that end with this process, even when it is killed: on Linux {@code setpriv --pdeathsig} asks the kernel to
 * kill the child when the thread that started it is gone. So every child is started from one thread that lives as long as this
 * process. Where {@code setpriv} is missing, children end only through an orderly close.
 */
public final class ChildProcesses {
    private static final ExecutorService STARTER = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("child-starter").factory());
    private static final Optional<String> SETPRIV = Stream.of("/usr/bin/setpriv", "/bin/setpriv")
            .filter(file -> Files.isExecutable(Path.of(file)))
            .findFirst();

    private ChildProcesses() {}

    /**
     * Starts a program with exactly this environment.
     *
     * @param log gets standard output and error, appended
     * @throws IOException when the program cannot be executed; the message names it
     */
    public static Process start(List<String> command, Map<String, String> environment, Path directory, Path log)
            throws IOException {
        requireExecutable(command.getFirst(), environment, directory);
        List<String> guarded = new ArrayList<>();
        SETPRIV.ifPresent(setpriv -> guarded.addAll(List.of(setpriv, "--pdeathsig", "KILL", "--")));
        guarded.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(guarded)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(environment);
        return onStarterThread(builder);
    }

    /** An interrupt does not give up a child that is being started, or nobody would ever end it. */
    private static Process onStarterThread(ProcessBuilder builder) throws IOException {
        Future<Process> starting = STARTER.submit(builder::start);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return starting.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException("Starting " + builder.command() + " failed", e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** With {@code setpriv} in front a missing program would show only as an early exit; a caller wants to know at once. */
    private static void requireExecutable(String program, Map<String, String> environment, Path directory)
            throws IOException {
        boolean found = program.contains("/")
                ? Files.isExecutable(directory.resolve(program))
                : Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                        .anyMatch(entry -> Files.isExecutable(Path.of(entry, program)));
        if (!found) {
            throw new IOException("'" + program + "': no such executable file on this machine");
        }
    }
}
