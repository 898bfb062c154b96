package io.velostream.engine.runtime.topology;

import io.velostream.engine.guard.FaultHooks;
import io.velostream.engine.runtime.operator.Stage;
import io.velostream.engine.runtime.operator.StageState;
import java.util.Collection;
import java.util.function.IntFunction;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.BatchingStateRestoreCallback;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
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
    private @Nullable InternalProcessorContext<?, ?> context;
    private @Nullable Stage stage;
    private boolean open;

    LiveStore(String name, IntFunction<Stage> stageOfPartition, FanOut fanOut) {
        this.name = name;
        this.stageOfPartition = stageOfPartition;
        this.fanOut = fanOut;
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
        context = (InternalProcessorContext<?, ?>) storeContext;
        stage = stageOfPartition.apply(storeContext.taskId().partition());
        open = true;
        storeContext.register(root, (BatchingStateRestoreCallback) this::restoreAll);
    }

    /** The stage that works on this state. */
    Stage stage() {
        Stage made = stage;
        if (made == null) {
            throw new IllegalStateException("Store " + name + " is used before Streams has initialised it");
        }
        return made;
    }

    private StageState state() {
        return stage().state()
                .orElseThrow(() -> new IllegalStateException("The stage of store " + name + " has no state"));
    }

    private void restoreAll(Collection<KeyValue<byte[], byte[]>> records) {
        FaultHooks.hit(FaultHooks.Point.ON_RESTORE);
        StageState state = state();
        for (KeyValue<byte[], byte[]> entry : records) {
            state.restore(entry.key, entry.value);
        }
    }

    @Override
    public void flushCache() {
        InternalProcessorContext<?, ?> target = context;
        if (target == null) {
            return;
        }
        FaultHooks.hit(FaultHooks.Point.BEFORE_FLUSH);
        ChangelogWriter writer = new ChangelogWriter(target);
        state().flush(writer);
        writer.send();
        FaultHooks.hit(FaultHooks.Point.AFTER_FLUSH);
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
        if (open) {
            open = false;
            state().clear();
        }
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }
}
