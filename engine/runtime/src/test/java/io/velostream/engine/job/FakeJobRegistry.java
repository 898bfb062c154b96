package io.velostream.engine.job;

import io.velostream.engine.breaker.BreakerSettings;
import io.velostream.engine.breaker.CircuitBreakers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** A registry that runs nothing and does what a test tells it to. */
public final class FakeJobRegistry implements JobRegistry {

    private final Map<String, JobDocument> documents = new TreeMap<>();
    private final Map<String, JobStatus> statuses = new TreeMap<>();
    private final List<JobDocument> applied = new ArrayList<>();
    private Function<JobDocument, Optional<JobStatus>> refusal = document -> Optional.empty();
    private List<StageStatistics> statistics = List.of();
    private List<DeadLetterStatistics> deadLetters = List.of();
    private ProcessingState state = ProcessingState.RUNNING;
    private boolean drainsInTime = true;
    private int restarts;
    private boolean kafkaReachable;
    private boolean closed;
    private Optional<PodSettings> settings = Optional.empty();
    private int batchRecords;
    private CircuitBreakers breakers = new CircuitBreakers(BreakerSettings.DEFAULT, InstantSource.system());

    /** What the stages say from now on. */
    public synchronized void statistics(List<StageStatistics> stages) {
        statistics = List.copyOf(stages);
    }

    /** What the queries have sent to dead-letter topics. */
    public synchronized void deadLetters(List<DeadLetterStatistics> letters) {
        deadLetters = List.copyOf(letters);
    }

    @Override
    public synchronized List<DeadLetterStatistics> deadLetters() {
        return deadLetters;
    }

    /** What a job says from now on, whatever is applied. */
    public synchronized void status(JobStatus status) {
        statuses.put(status.name(), status);
    }

    /** Documents for which this gives a status are refused with it. */
    public synchronized void refuse(Function<JobDocument, Optional<JobStatus>> rule) {
        refusal = rule;
    }

    /** Whether drains end within their timeout. */
    public synchronized void drainsInTime(boolean inTime) {
        drainsInTime = inTime;
    }

    /** Whether Kafka answers; it does not at first. */
    public synchronized void kafkaReachable(boolean reachable) {
        kafkaReachable = reachable;
    }

    /** Every document handed over, in order. */
    public synchronized List<JobDocument> applied() {
        return List.copyOf(applied);
    }

    /** How often a restart was asked for. */
    public synchronized int restarts() {
        return restarts;
    }

    /** The settings that were handed over last. */
    public synchronized Optional<PodSettings> settings() {
        return settings;
    }

    /** The size of batches that was handed over last. */
    public synchronized int batchRecords() {
        return batchRecords;
    }

    @Override
    public synchronized void reconfigure(PodSettings newest, int records, Duration slowBatch) {
        settings = Optional.of(newest);
        batchRecords = records;
    }

    /** Whether the registry was closed. */
    public synchronized boolean isClosed() {
        return closed;
    }

    /** Back to an empty registry. */
    public synchronized void reset() {
        documents.clear();
        statuses.clear();
        applied.clear();
        refusal = document -> Optional.empty();
        statistics = List.of();
        deadLetters = List.of();
        state = ProcessingState.RUNNING;
        drainsInTime = true;
        restarts = 0;
        kafkaReachable = false;
        breakers = new CircuitBreakers(BreakerSettings.DEFAULT, InstantSource.system());
    }

    @Override
    public synchronized Applied apply(JobDocument document) {
        applied.add(document);
        JobDocument known = documents.get(document.name());
        if (known != null && known.sequence() > document.sequence()) {
            return new Applied.Outdated(known.sequence());
        }
        Optional<JobStatus> refused = refusal.apply(document);
        if (refused.isPresent()) {
            return new Applied.Refused(refused.get());
        }
        documents.put(document.name(), document);
        JobStatus status = JobStatuses.running(document);
        statuses.put(document.name(), status);
        return new Applied.Accepted(status);
    }

    @Override
    public synchronized CompletableFuture<Void> remove(String name) {
        documents.remove(name);
        statuses.remove(name);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized List<JobStatus> statuses() {
        return List.copyOf(statuses.values());
    }

    @Override
    public synchronized Optional<JobStatus> status(String name) {
        return Optional.ofNullable(statuses.get(name));
    }

    @Override
    public synchronized List<StageStatistics> statistics() {
        return statistics;
    }

    @Override
    public synchronized CompletableFuture<List<JobStatus>> drain(Duration timeout) {
        if (drainsInTime) {
            state = ProcessingState.DRAINED;
            return CompletableFuture.completedFuture(statuses());
        }
        state = ProcessingState.DRAINING;
        return CompletableFuture.failedFuture(new TimeoutException("Not drained within " + timeout));
    }

    @Override
    public synchronized CompletableFuture<Void> restart() {
        restarts++;
        state = ProcessingState.RUNNING;
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized ProcessingState processingState() {
        return state;
    }

    @Override
    public synchronized boolean kafkaReachable() {
        return kafkaReachable;
    }

    @Override
    public synchronized CircuitBreakers breakers() {
        return breakers;
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
