package io.velostream.cli.environment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The process behind {@code velo up}: its number and what it tells scripts lie below {@code .velo} in the project's folder,
 * so that {@code velo down} finds it.
 */
final class BackgroundEnvironment {

    private BackgroundEnvironment() {}

    static Path directory() {
        return Path.of(System.getProperty("velostream.root", ""))
                .toAbsolutePath()
                .resolve(".velo");
    }

    static Path processFile() {
        return directory().resolve("environment.pid");
    }

    static Path variablesFile() {
        return directory().resolve("environment.env");
    }

    static Path logFile() {
        return directory().resolve("environment.log");
    }

    /** The running one. */
    static Optional<ProcessHandle> running() {
        if (!Files.exists(processFile())) {
            return Optional.empty();
        }
        try {
            long number = Long.parseLong(Files.readString(processFile()).strip());
            return ProcessHandle.of(number).filter(ProcessHandle::isAlive);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
