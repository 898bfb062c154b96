package io.velostream.engine.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velostream.engine.config.EngineConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Handler;
import java.util.stream.Stream;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFilesTest {

    @TempDir
    Path folder;

    private List<Handler> open(long bytes, int files) throws IOException {
        return LogFiles.open(
                new EngineConfig.LogFile(folder.resolve("velostream").toString(), bytes, files));
    }

    private static void log(List<Handler> handlers, int lines) {
        for (int i = 0; i < lines; i++) {
            ExtLogRecord event = new ExtLogRecord(Level.INFO, "line " + i, "test");
            event.setLoggerName("test");
            handlers.forEach(handler -> handler.publish(event));
        }
    }

    @Test
    void writesTextAndJsonAndGoesOnInTheSameFilesAfterARestart() throws IOException {
        List<Handler> handlers = open(1 << 20, 3);
        log(handlers, 2);
        handlers.forEach(Handler::close);
        handlers = open(1 << 20, 3);
        log(handlers, 1);
        handlers.forEach(Handler::close);

        assertThat(Files.readAllLines(folder.resolve("velostream/application.log")))
                .hasSize(3)
                .allMatch(line -> line.contains("INFO  [test] line "));
        assertThat(Files.readAllLines(folder.resolve("velostream/application.json")))
                .hasSize(3)
                .allMatch(line -> line.startsWith("{\"timestamp\":"));
    }

    @Test
    void keepsWithinItsSizeAndItsNumberOfFiles() throws IOException {
        List<Handler> handlers = open(4096, 3);
        log(handlers, 1_000);
        handlers.forEach(Handler::close);

        try (Stream<Path> files = Files.list(folder.resolve("velostream"))) {
            assertThat(files)
                    .hasSize(6)
                    .allSatisfy(file -> assertThat(Files.size(file)).isLessThan(4096 + 400));
        }
        assertThat(Files.readString(folder.resolve("velostream/application.log")))
                .contains("line 999");
    }

    @Test
    void saysWhenTheDirectoryCannotBeMade() throws IOException {
        Files.writeString(folder.resolve("velostream"), "a file in the way");

        assertThatThrownBy(() -> open(4096, 3)).isInstanceOf(IOException.class);
    }
}
