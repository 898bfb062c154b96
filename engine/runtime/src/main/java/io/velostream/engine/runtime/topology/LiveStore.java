package io.velostream.engine.runtime.topology;

import io.velostream.engine.guard.FaultHooks;
import io.velostream.engine.runtime.operator.Stage;
import io.velostream.engine.runtime.operator.StageState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.BatchingStateRestoreCallback;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.RecordCollector;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.apache.kafka.streams.state.internals.OffsetCheckpoint;
import org.jspecify.annotations.Nullable;

/**
 * The keyed state of one stage of one task, as Streams sees it. The tables themselves are live objects inside the stage;
 * this store makes them durable.
 *
 * <p>Durable when: {@link #flushCache} writes the entries changed since the last commit to the changelog. Streams calls
 * it at every commit (also on revocation and on close) before the offsets, so that changes, outputs and offsets are in
 * one transaction. A crash at any line leads back to the last commit: what was flushed after it is aborted with its
 * transaction, and a new owner restores the changelog up to the last stable offset.
 *
 * <p>Snapshots shorten that way and hold committed state only: one is copied right after a commit, before anything else
 * is processed, written by another thread, and carries the changelog's offset (KIP-1035); a clean close writes one too.
 * So a process that was killed restores from its newest whole snapshot and the changelog after it. Under exactly-once
 * Streams deletes a task's directory when the task is closed with uncommitted work; then the changelog alone is read.
 *
 * <p>This is the only class on Streams' internals, since {@code CachedStateStore} is the one hook before each commit. A
 * store is initialised once: on a revival (a corrupted task) it refuses, so that the unit is rebuilt. A recycled task
 * (active to standby and back) keeps its state, which {@link #clearCache} must therefore not touch.
 */
final class LiveStore implements StateStore, CachedStateStore<byte[], byte[]> {

    private static final long CHUNK_BYTES = 1 << 20;
    private static final Header[] NO_HEADERS = new Header[0];

    private final String name;
    private final IntFunction<Stage> stageOfPartition;
    private final FanOut fanOut;
    private final UnitProgress progress;
    private final SnapshotSchedule schedule;
    private final Runnable snapshotAfterCommit = () -> snapshotIfDue(writtenOffset());
    private @Nullable InternalProcessorContext<?, ?> context;
    private @Nullable TopicPartition changelog;
    private @Nullable SnapshotDirectory snapshots;
    private Optional<SnapshotDirectory.Found> toLoad = Optional.empty();
    private @Nullable Stage stage;
    private long cleanOffset = OffsetCheckpoint.OFFSET_UNKNOWN;
    private long snapshotOffset = OffsetCheckpoint.OFFSET_UNKNOWN;
    private boolean open;

    LiveStore(
            String name,
            IntFunction<Stage> stageOfPartition,
            FanOut fanOut,
            UnitProgress progress,
            SnapshotSchedule schedule) {
        this.name = name;
        this.stageOfPartition = stageOfPartition;
        this.fanOut = fanOut;
        this.progress = progress;
        this.schedule = schedule;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext storeContext, StateStore root) {
        if (context != null) {
            throw new RevivedStoreException(name);
        }
        InternalProcessorContext<?, ?> internal = (InternalProcessorContext<?, ?>) storeContext;
        context = internal;
        int partition = storeContext.taskId().partition();
        changelog = new TopicPartition(internal.changelogFor(name), partition);
        stage = stageOfPartition.apply(partition);
        SnapshotDirectory directory =
                new SnapshotDirectory(storeContext.stateDir().toPath().resolve(name));
        snapshots = directory;
        try {
            toLoad = directory.newest(schedule.now());
        } catch (IOException e) {
            throw new UncheckedIOException("The snapshots of store " + name + " cannot be read", e);
        }
        snapshotOffset = toLoad.map(found -> found.header().offset()).orElse(OffsetCheckpoint.OFFSET_UNKNOWN);
        open = true;
        storeContext.register(root, (BatchingStateRestoreCallback) this::restoreAll);
    }

    /** The stage that works on this state. */
    Stage stage() {
        Stage made = initialised(stage);
        load(made);
        return made;
    }

    private <T> T initialised(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException("Store " + name + " is used before Streams has initialised it");
        }
        return part;
    }

    /** Late, since Streams opens every store that it finds on the disk once at the start, only to ask for its offset. */
    private void load(Stage made) {
        if (toLoad.isEmpty()) {
            return;
        }
        SnapshotDirectory.Found found = toLoad.get();
        toLoad = Optional.empty();
        StageState state = state(made);
        try {
            SnapshotFile.read(found.file(), state::restore);
        } catch (IOException e) {
            throw new UncheckedIOException("Snapshot " + found.file() + " cannot be read", e);
        }
    }

    private StageState state(Stage made) {
        return made.state()
                .orElseThrow(() -> new IllegalStateException("The stage of store " + name + " has no state"));
    }

    private void restoreAll(Collection<KeyValue<byte[], byte[]>> records) {
        FaultHooks.hit(FaultHooks.Point.ON_RESTORE);
        touched();
        StageState state = state(stage());
        for (KeyValue<byte[], byte[]> entry : records) {
            state.restore(entry.key, entry.value);
        }
        relieve(stage());
    }

    /** What the changelog holds may be more than memory does. */
    private static Stage.Relief relieve(Stage restored) {
        return restored.state().filter(StageState::canSpill).isPresent() ? restored.relieve() : Stage.Relief.NONE;
    }

    /**
     * Brings the state within its share of memory. What goes to disk must be in the changelog first: entries changed since
     * the last commit are written now, in the transaction that is under way.
     */
    Stage.Relief relieve() {
        Stage working = initialised(stage);
        if (canSpill()) {
            writeChanges();
        }
        return working.relieve();
    }

    /** Moves half of what is in memory to disk, if it may go there. */
    void trim() {
        if (canSpill()) {
            writeChanges();
            initialised(stage).trim();
        }
    }

    /** Whether the state may go to disk. */
    boolean canSpill() {
        return state(initialised(stage)).canSpill();
    }

    /** The state is about to change, so it is not what the last commit holds. */
    void touched() {
        cleanOffset = OffsetCheckpoint.OFFSET_UNKNOWN;
    }

    @Override
    public void flushCache() {
        InternalProcessorContext<?, ?> target = context;
        Stage working = stage;
        if (target == null || working == null) {
            return;
        }
        FaultHooks.hit(FaultHooks.Point.BEFORE_FLUSH);
        writeChanges();
        FaultHooks.hit(FaultHooks.Point.AFTER_FLUSH);
        progress.onceCommitted(snapshotAfterCommit);
    }

    private void writeChanges() {
        ChangelogWriter writer = new ChangelogWriter(initialised(context));
        state(initialised(stage)).flush(writer);
        writer.send();
    }

    private long writtenOffset() {
        InternalProcessorContext<?, ?> target = context;
        Long written = target instanceof RecordCollector.Supplier supplier && supplier.recordCollector() != null
                ? supplier.recordCollector().offsets().get(changelog)
                : null;
        return written == null ? OffsetCheckpoint.OFFSET_UNKNOWN : written;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Streams calls this after a commit: under at-least-once and for standbys at each, under exactly-once when a task
     * is suspended or closed. An empty map means that nothing here can be trusted.
     */
    @Override
    public void commit(Map<TopicPartition, Long> changelogOffsets) {
        if (changelogOffsets.isEmpty()) {
            discardSnapshots();
            return;
        }
        Long offset = changelogOffsets.get(changelog);
        if (offset != null && offset >= 0 && toLoad.isEmpty()) {
            cleanOffset = offset;
            snapshotIfDue(offset);
        }
    }

    private void discardSnapshots() {
        snapshotOffset = OffsetCheckpoint.OFFSET_UNKNOWN;
        touched();
        try {
            schedule.awaitWritten();
            initialised(snapshots).clear();
        } catch (IOException e) {
            throw new UncheckedIOException("The snapshots of store " + name + " cannot be deleted", e);
        }
    }

    private void snapshotIfDue(long offset) {
        if (offset > snapshotOffset && schedule.isDue() && isInMemory()) {
            SnapshotDirectory directory = initialised(snapshots);
            EntryBuffer copy = copy();
            SnapshotFile.Header header = new SnapshotFile.Header(offset, schedule.now(), copy.entries());
            schedule.write(() -> directory.write(header, copy));
            snapshotOffset = offset;
        }
    }

    /** A state that is partly on disk would have to be copied into memory as a whole: its changelog alone restores it. */
    private boolean isInMemory() {
        return state(stage()).spilledGroups() == 0;
    }

    private EntryBuffer copy() {
        EntryBuffer copy = new EntryBuffer();
        state(stage()).all(copy);
        return copy;
    }

    @Override
    public @Nullable Long committedOffset(TopicPartition partition) {
        // Without a snapshot the offset is said to be unknown: none at all would be taken for corrupt state.
        return partition.equals(changelog) ? snapshotOffset : null;
    }

    /** Collects entries and sends them in chunks, each as one record of the runtime. */
    private final class ChangelogWriter implements StageState.Changes {
        private final InternalProcessorContext<?, ?> target;
        private final long now;
        private ListedRows rows = new ListedRows();

        ChangelogWriter(InternalProcessorContext<?, ?> target) {
            this.target = target;
            this.now = target.currentSystemTimeMs();
        }

        @Override
        public void entry(byte[] key, byte @Nullable [] value) {
            if (!fanOut.inForce()) {
                target.logChange(name, Bytes.wrap(key), value, now, new RecordHeaders(), Position.emptyPosition());
                return;
            }
            rows.add(key, value, now, NO_HEADERS);
            if (rows.bytes() >= CHUNK_BYTES) {
                send();
            }
        }

        void send() {
            if (rows.isEmpty()) {
                return;
            }
            RecordHeaders headers = new RecordHeaders(new Header[] {new ReferenceHeader(rows)});
            target.logChange(name, null, ReferenceHeader.SENTINEL, now, headers, Position.emptyPosition());
            rows = new ListedRows();
        }
    }

    /** The cache to be dropped is the set of dirty entries, and Streams only calls this when a commit has emptied it. */
    @Override
    public void clearCache() {}

    @Override
    public boolean setFlushListener(CacheFlushListener<byte[], byte[]> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public void close() {
        Stage working = stage;
        if (!open || working == null) {
            return;
        }
        open = false;
        schedule.awaitWritten();
        if (cleanOffset > snapshotOffset && isInMemory()) {
            try {
                EntryBuffer copy = copy();
                initialised(snapshots)
                        .write(new SnapshotFile.Header(cleanOffset, schedule.now(), copy.entries()), copy);
            } catch (IOException e) {
                schedule.failed(name, e);
            }
        }
        working.close();
    }

    @Override
    public boolean persistent() {
        return true;
    }

    @Override
    @Deprecated
    @SuppressWarnings("deprecation")
    public boolean managesOffsets() {
        return true;
    }

    @Override
    public boolean isOpen() {
        return open;
    }
}
