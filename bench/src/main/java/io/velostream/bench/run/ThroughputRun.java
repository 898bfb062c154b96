package io.velostream.bench.run;

import io.velostream.bench.broker.Broker;
import io.velostream.bench.broker.Input;
import io.velostream.bench.oracle.OutputCheck;
import io.velostream.bench.oracle.Verdict;
import io.velostream.bench.process.JavaProcess;
import io.velostream.bench.process.ProcStat;
import io.velostream.bench.query.BenchQuery;
import io.velostream.bench.system.Assignment;
import io.velostream.bench.system.SystemUnderTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * One system works off an input that is already in the broker, as fast as it can. The output is read only after it has become
 * quiet, so that the reader takes no CPU from the system.
 */
final class ThroughputRun {
    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    private static final Duration LEAST_RUN_LIMIT = Duration.ofSeconds(90);
    private static final long SLOWEST_RECORDS_PER_SECOND = 10_000;
    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final Duration MISSING_ROWS_LIMIT = Duration.ofSeconds(15);
    private static final int TICK_MILLIS = 250;
    private static final int TICKS_PER_REMINDER = 2;
    private static final int EXAMPLES = 3;

    private final Bench bench;
    private final Workload workload;
    private final SystemUnderTest system;
    private final int repetition;
    private final String output;

    ThroughputRun(Bench bench, Workload workload, SystemUnderTest system, int repetition) {
        this.bench = bench;
        this.workload = workload;
        this.system = system;
        this.repetition = repetition;
        this.output = "out-%s-%s-%d".formatted(workload.query().id(), system.id(), repetition);
    }

    /** Runs it; whatever goes wrong becomes part of the result. */
    RunResult run() throws InterruptedException {
        BenchQuery query = workload.query();
        try {
            return measure();
        } catch (RunFailedException e) {
            return RunResult.failed(query, system, repetition, workload.records(), String.valueOf(e.getMessage()));
        } finally {
            bench.broker().deleteTopics(topic -> !workload.topics().contains(topic));
            bench.broker().deleteGroups();
        }
    }

    private RunResult measure() throws RunFailedException, InterruptedException {
        BenchQuery query = workload.query();
        Broker broker = bench.broker();
        broker.createTopic(output, query.partitions(), true);
        long bytesBefore = broker.bytesOut(workload.countedTopics());
        OutputCheck check = workload.check(system.coalesces());
        double launched = System.currentTimeMillis();
        Timeline timeline;
        long peak;
        try (OutputReader reader = new OutputReader(broker, output, query.partitions())) {
            try (JavaProcess process = bench.start(system, assignment(), output);
                    Sampler sampler = new Sampler(broker, workload.countedTopics(), process.pid(), bytesBefore)) {
                timeline = sampler.timeline();
                awaitStart(process, timeline);
                awaitEnd(process, timeline, reader, check);
                peak = ProcStat.peakMemory(process.pid());
            }
            reader.drain(record -> check.accept(record.value()));
            Verdict verdict = explain(check.verdict(), check);
            if (reader.lastAppend() == 0) {
                return new RunResult(query, system, repetition, workload.records(), Optional.empty(), verdict);
            }
            Measurement measurement = Measurement.of(timeline, workload.records(), launched, reader.lastAppend(), peak);
            return new RunResult(query, system, repetition, workload.records(), Optional.of(measurement), verdict);
        }
    }

    private Assignment assignment() throws RunFailedException {
        Path work = bench.work().resolve(output);
        try {
            Files.createDirectories(work);
        } catch (IOException e) {
            throw new RunFailedException("The work directory " + work + " could not be made: " + e);
        }
        return new Assignment(
                workload.query(),
                bench.broker().bootstrap(),
                workload.topics().orders(),
                workload.topics().side(),
                output,
                "bench-" + output.substring("out-".length()),
                work);
    }

    private void awaitStart(JavaProcess process, Timeline timeline) throws RunFailedException, InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (timeline.inputBytes() == 0) {
            check(process);
            if (System.nanoTime() > deadline) {
                throw new RunFailedException("It read nothing of its input within " + START_LIMIT.toSeconds()
                        + " s; its log ends:\n" + process.tail());
            }
            Thread.sleep(TICK_MILLIS);
        }
    }

    private void awaitEnd(JavaProcess process, Timeline timeline, OutputReader reader, OutputCheck check)
            throws RunFailedException, InterruptedException {
        long limit = Math.max(
                LEAST_RUN_LIMIT.toNanos(),
                Duration.ofSeconds(workload.records() / SLOWEST_RECORDS_PER_SECOND)
                        .toNanos());
        long deadline = System.nanoTime() + limit;
        long inputSize = bench.broker().size(workload.countedTopics());
        Map<TopicPartition, Long> ends = Map.of();
        long changed = System.nanoTime();
        boolean drained = false;
        try (Reminder reminder = new Reminder()) {
            for (int tick = 0; ; tick++) {
                check(process);
                if (System.nanoTime() > deadline) {
                    throw new RunFailedException("It was not done within "
                            + Duration.ofNanos(limit).toSeconds() + " s; its log ends:\n" + process.tail());
                }
                Map<TopicPartition, Long> now = bench.broker()
                        .endOffsets(output, workload.query().partitions(), IsolationLevel.READ_UNCOMMITTED);
                if (!now.equals(ends) || timeline.inputBytes() < inputSize) {
                    ends = now;
                    changed = System.nanoTime();
                    drained = false;
                } else if (System.nanoTime() - changed > QUIET.toNanos()) {
                    if (!drained) {
                        reader.drain(record -> check.accept(record.value()));
                        drained = true;
                    }
                    if (check.rows() >= check.expectedRows()
                            || System.nanoTime() - changed > MISSING_ROWS_LIMIT.toNanos()) {
                        return;
                    }
                }
                if (timeline.inputBytes() >= inputSize && tick % TICKS_PER_REMINDER == 0) {
                    reminder.send();
                }
                Thread.sleep(TICK_MILLIS);
            }
        }
    }

    /**
     * Repeats the closing record of a windowed query while its end is awaited: some systems look at their windows only when a
     * record comes and only once a second. It belongs to a window that never closes, so no output changes.
     */
    private final class Reminder implements AutoCloseable {
        private final Optional<Input> input;

        Reminder() {
            input = workload.query().rowPerInput()
                    ? Optional.empty()
                    : Optional.of(new Input(
                            workload.feed(),
                            bench.broker(),
                            workload.topics().orders(),
                            workload.topics().side(),
                            0));
        }

        void send() {
            input.ifPresent(i -> {
                i.send(workload.records() - 1);
                i.flush();
            });
        }

        @Override
        public void close() {
            input.ifPresent(Input::close);
        }
    }

    private static void check(JavaProcess process) throws RunFailedException {
        if (!process.isAlive()) {
            throw new RunFailedException("Its process ended; its log ends:\n" + process.tail());
        }
    }

    /** Adds examples of rows that should not be there to a bad verdict. */
    private Verdict explain(Verdict verdict, OutputCheck check) {
        if (verdict.verified()) {
            return verdict;
        }
        StringBuilder examples = new StringBuilder(verdict.message());
        int[] found = {0};
        try (OutputReader again =
                new OutputReader(bench.broker(), output, workload.query().partitions())) {
            again.drain(record -> {
                byte[] value = record.value();
                if (found[0] < EXAMPLES && check.isUnexpected(value)) {
                    found[0]++;
                    examples.append("\n    unexpected ").append(new String(value, StandardCharsets.UTF_8));
                }
            });
        }
        return new Verdict(false, verdict.rows(), verdict.expected(), examples.toString());
    }
}
