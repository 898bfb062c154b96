package io.velostream.operator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end, with its output kept for the message of a failure. */
record Command(List<String> line, Map<String, String> environment, Path directory, Duration deadline) {

    static Command in(Path directory, String... line) {
        return new Command(List.of(line), Map.of(), directory, Duration.ofMinutes(2));
    }

    Command with(Map<String, String> environment) {
        return new Command(line, environment, directory, deadline);
    }

    Command within(Duration deadline) {
        return new Command(line, environment, directory, deadline);
    }

    Command and(String... arguments) {
        List<String> longer = new ArrayList<>(line);
        longer.addAll(List.of(arguments));
        return new Command(longer, environment, directory, deadline);
    }

    /** The standard output of a run that ended well; anything else fails the test with everything that was printed. */
    String output() {
        Result result = run();
        assertThat(result.exitCode())
                .as("exit code of %s, which printed:%n%s%s", String.join(" ", line), result.output(), result.errors())
                .isZero();
        return result.output();
    }

    /** Runs it whatever comes of it. */
    void attempt() {
        try {
            run();
        } catch (AssertionError e) {
            // It took too long; the next step does what it can.
        }
    }

    Result run() {
        try {
            Path output = Files.createTempFile("velostream-e2e", ".out");
            Path errors = Files.createTempFile("velostream-e2e", ".err");
            try {
                ProcessBuilder builder = new ProcessBuilder(line)
                        .directory(directory.toFile())
                        .redirectInput(ProcessBuilder.Redirect.from(
                                Path.of("/dev/null").toFile()))
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile());
                builder.environment().putAll(environment);
                Process process = builder.start();
                if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                    throw new AssertionError("'%s' did not end within %s and had printed:%n%s%s"
                            .formatted(String.join(" ", line), deadline, text(output), text(errors)));
                }
                return new Result(process.exitValue(), text(output), text(errors));
            } finally {
                Files.deleteIfExists(output);
                Files.deleteIfExists(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    record Result(int exitCode, String output, String errors) {}
}
