package io.velostream.cli.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;

/** {@code velo down}. */
@Command(name = "down", description = "Ends what 'velo up' started.")
public final class DownCommand implements Callable<Integer> {

    private static final long DEADLINE_SECONDS = 60;

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        Narrator narrator = Narrator.onStandardOutput();
        Optional<ProcessHandle> running = BackgroundEnvironment.running();
        if (running.isEmpty()) {
            narrator.line("Nothing runs.");
            return 0;
        }
        ProcessHandle process = running.get();
        process.destroy();
        try {
            process.onExit().get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            narrator.line("It did not end within " + DEADLINE_SECONDS + " s and was killed.");
        }
        Files.deleteIfExists(BackgroundEnvironment.processFile());
        Files.deleteIfExists(BackgroundEnvironment.variablesFile());
        narrator.line("Ended.");
        return 0;
    }
}
