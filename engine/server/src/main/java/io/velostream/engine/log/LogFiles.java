package io.velostream.engine.log;

import io.velostream.engine.config.EngineConfig;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.handlers.SizeRotatingFileHandler;

/**
 * What is logged as files beside standard output: {@code application.log} as text and {@code application.json} as JSON
 * (runbook, “Log Analysis”). A file that has grown to its size is moved to {@code .1}, what was there to {@code .2}, and so
 * on; the last is deleted.
 */
final class LogFiles {

    static final String TEXT = "application.log";
    static final String JSON = "application.json";

    private LogFiles() {}

    /**
     * Opens both files.
     *
     * @throws IOException when the directory cannot be made or written
     */
    static List<Handler> open(EngineConfig.LogFile file) throws IOException {
        Path directory = Path.of(file.directory());
        Files.createDirectories(directory);
        List<Handler> handlers = new ArrayList<>();
        handlers.add(open(directory.resolve(TEXT), new TextLines(), file));
        handlers.add(open(directory.resolve(JSON), new JsonLines(), file));
        return handlers;
    }

    private static Handler open(Path path, ExtFormatter lines, EngineConfig.LogFile file) throws FileNotFoundException {
        SizeRotatingFileHandler handler = new SizeRotatingFileHandler(path.toFile(), true);
        handler.setFormatter(lines);
        handler.setRotateSize(file.maxBytes());
        handler.setMaxBackupIndex(file.maxFiles() - 1);
        handler.setAutoFlush(true);
        handler.setLevel(Level.ALL);
        return handler;
    }
}
