package io.velostream.engine.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * Samples the stacks of threads that run Java code by the JVM's flight recorder, every ten milliseconds. One recording at a
 * time; between them it costs nothing.
 */
public final class CpuProfiler {

    private static final String JAVA = "jdk.ExecutionSample";
    private static final Duration PERIOD = Duration.ofMillis(10);

    private final AtomicBoolean running = new AtomicBoolean();

    /** What was sampled. The first call of each stack is its thread. */
    public record Profile(StackTree stacks, Duration duration) {}

    /**
     * Samples for a while, in the calling thread.
     *
     * @return nothing when another recording runs
     * @throws IOException when the recording cannot be written to or read from a temporary file
     */
    public Optional<Profile> sample(Duration duration) throws IOException, InterruptedException {
        if (!running.compareAndSet(false, true)) {
            return Optional.empty();
        }
        Path file = Files.createTempFile("velostream-profile", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable(JAVA).withPeriod(PERIOD);
            recording.start();
            Thread.sleep(duration);
            recording.stop();
            recording.dump(file);
            return Optional.of(new Profile(read(file), duration));
        } finally {
            Files.deleteIfExists(file);
            running.set(false);
        }
    }

    private static StackTree read(Path file) throws IOException {
        StackTree stacks = new StackTree();
        try (RecordingFile events = new RecordingFile(file)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                RecordedStackTrace trace = event.getStackTrace();
                if (event.getEventType().getName().equals(JAVA) && trace != null) {
                    stacks.add(calls(event, trace));
                }
            }
        }
        return stacks;
    }

    private static List<String> calls(RecordedEvent event, RecordedStackTrace trace) {
        List<String> calls = new ArrayList<>();
        for (RecordedFrame frame : trace.getFrames()) {
            RecordedMethod method = frame.getMethod();
            calls.add(method == null ? "unknown" : method.getType().getName() + "." + method.getName());
        }
        RecordedThread thread = event.getThread("sampledThread");
        calls.add(thread == null || thread.getJavaName() == null ? "a thread" : thread.getJavaName());
        Collections.reverse(calls);
        return calls;
    }
}
