package io.velostream.operator.action;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;

/**
 * Pause points that another process works by files: the place {@code P} is held when the directory has a file {@code P.hold}; the
 * operator then writes {@code P.reached} and goes on once {@code P.hold} is gone. Only for tests that kill the operator.
 */
public final class FilePausePoint implements PausePoint {

    private final Path directory;

    public FilePausePoint(Path directory) {
        this.directory = directory;
    }

    @Override
    public void reach(String name) {
        Path hold = directory.resolve(name + ".hold");
        if (!Files.exists(hold)) {
            return;
        }
        try (WatchService watch = FileSystems.getDefault().newWatchService()) {
            directory.register(watch, StandardWatchEventKinds.ENTRY_DELETE);
            Files.writeString(directory.resolve(name + ".reached"), "");
            while (Files.exists(hold)) {
                WatchKey key = watch.poll(1, TimeUnit.SECONDS);
                if (key != null) {
                    key.pollEvents();
                    key.reset();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the pause point " + name + " cannot be worked", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
