package io.velostream.engine.runtime.topology;

import io.velostream.engine.runtime.operator.RecordBatch;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a unit has read and committed on this pod: the position of each partition after the last whole batch, and what
 * the last commit covered. It tells what is in flight and proves, after a drain, that nothing is.
 */
final class UnitProgress {

    private final Map<TopicPartition, Long> first = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> positions = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> committed = new ConcurrentHashMap<>();
    private final Set<TopicPartition> owned = ConcurrentHashMap.newKeySet();
    private final Map<TopicPartition, Set<String>> held = new ConcurrentHashMap<>();
    private final Set<TopicPartition> loaded = ConcurrentHashMap.newKeySet();
    private final Set<TopicPartition> waiting = ConcurrentHashMap.newKeySet();
    private final LongAdder commits = new LongAdder();
    private final ThreadLocal<Set<Runnable>> afterCommit = ThreadLocal.withInitial(LinkedHashSet::new);
    private volatile boolean closing;

    /** A task of this unit reads the partition from now on. */
    void assigned(TopicPartition partition) {
        owned.add(partition);
    }

    /** The task that read the partition is closed; while the unit itself closes, the partition counts as its last. */
    void released(TopicPartition partition) {
        loaded.remove(partition);
        waiting.remove(partition);
        if (!closing) {
            owned.remove(partition);
            first.remove(partition);
            positions.remove(partition);
            committed.remove(partition);
        }
    }

    /** From now on releases are the end of the unit on this pod, not a hand-over. */
    void closing() {
        closing = true;
    }

    /**
     * Nothing of the partition is read until the stage frees it: the tables that its rows look up are not there yet.
     *
     * @return whether the stage did not hold it before
     */
    boolean hold(TopicPartition partition, String stage) {
        return held.computeIfAbsent(partition, key -> ConcurrentHashMap.newKeySet())
                .add(stage);
    }

    /**
     * The stage no longer holds the partition.
     *
     * @return whether it did
     */
    boolean free(TopicPartition partition, String stage) {
        Set<String> holders = held.get(partition);
        return holders != null && holders.remove(stage);
    }

    /** Whether a stage holds the partition. */
    boolean isHeld(TopicPartition partition) {
        Set<String> holders = held.get(partition);
        return holders != null && !holders.isEmpty();
    }

    /** The partition of a table was read, and processed, up to the end that it had when its task began. */
    void loaded(TopicPartition partition) {
        loaded.add(partition);
    }

    /** Whether the partition of a table was read to its end. */
    boolean isLoaded(TopicPartition partition) {
        return loaded.contains(partition);
    }

    /** Whether a record was processed. */
    boolean isProcessed(TopicPartition partition, long offset) {
        return positions.getOrDefault(partition, -1L) > offset;
    }

    /** Whether the partition has records that have not been read, as far as the last poll knows. */
    void waits(TopicPartition partition, boolean hasRecords) {
        if (hasRecords) {
            waiting.add(partition);
        } else {
            waiting.remove(partition);
        }
    }

    /** What {@link #waits} was told last. */
    boolean isWaiting(TopicPartition partition) {
        return waiting.contains(partition);
    }

    /** A batch has been processed and its rows handed to the producer. */
    void processed(TopicPartition partition, RecordBatch batch) {
        first.putIfAbsent(partition, batch.offset(0));
        positions.put(partition, batch.offset(batch.size() - 1) + 1);
    }

    /**
     * Runs something once the transaction of the calling stream thread is committed, before anything else is processed; it
     * is forgotten when the transaction is not committed. The same action is run once.
     */
    void onceCommitted(Runnable action) {
        afterCommit.get().add(action);
    }

    /** A transaction of the calling thread begins, or is aborted: what waited for the one before it waits in vain. */
    void forgetWaiting() {
        afterCommit.get().clear();
    }

    /** A commit of the calling thread took place. */
    void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> committed.put(partition, offset.offset()));
        commits.increment();
        List<Runnable> waiting = List.copyOf(afterCommit.get());
        afterCommit.get().clear();
        waiting.forEach(Runnable::run);
    }

    /** Commits since the unit started. */
    long commits() {
        return commits.sum();
    }

    /** Partitions that tasks of this pod read, or read last. */
    Set<TopicPartition> owned() {
        return Set.copyOf(owned);
    }

    /** Next offset to process, by partition. */
    Map<TopicPartition, Long> positions() {
        return Map.copyOf(positions);
    }

    /** Offsets of the last commit, by partition. */
    Map<TopicPartition, Long> committedOffsets() {
        return Map.copyOf(committed);
    }

    /** Offsets between what is committed and what is processed, summed. */
    long inFlight() {
        Map<TopicPartition, Long> now = new HashMap<>(positions);
        return now.entrySet().stream()
                .mapToLong(entry -> Math.max(
                        0,
                        entry.getValue()
                                - committed.getOrDefault(
                                        entry.getKey(), first.getOrDefault(entry.getKey(), entry.getValue()))))
                .sum();
    }
}
