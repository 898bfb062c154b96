package io.velostream.engine.runtime.operator;

import io.velostream.engine.runtime.memory.MemoryBudget;
import io.velostream.engine.runtime.metric.QueryMetric;
import java.util.List;
import java.util.Optional;

/**
 * The loop of a stage: reads a record, sends its row through the steps, lets its time move the watermark, closes what
 * that closes, and goes on with the next. So the rows of a batch are the same as those of its records one by one.
 *
 * <p>A record that fails goes to its owner and the loop goes on; it moves the watermark all the same once its event
 * time was read.
 */
final class CompiledStage implements Stage {

    private final StageContext context;
    private final Intake main;
    private final List<Intake> sides;
    private final Watermarks watermarks;
    private final Optional<StageState> state;
    private final List<QueryMetric> metrics;
    private final MemoryBudget.Share share;
    private boolean overShare;

    /**
     * One input of the stage.
     *
     * @param topic its full name; empty for the stage's own input
     * @param first the step that takes its rows
     * @param comesFirst whether it must be complete before rows of the stage's own input are taken
     * @param grows whether its rows make the state grow
     */
    record Intake(String topic, StageReader reader, Step first, boolean comesFirst, boolean grows) {}

    CompiledStage(
            StageContext context,
            Intake main,
            List<Intake> sides,
            Watermarks watermarks,
            Optional<StageState> state,
            List<QueryMetric> metrics,
            MemoryBudget.Share share) {
        this.context = context;
        this.main = main;
        this.sides = sides;
        this.watermarks = watermarks;
        this.state = state;
        this.metrics = List.copyOf(metrics);
        this.share = share;
    }

    @Override
    public void process(RecordBatch batch, Emitter emitter) {
        long begin = System.nanoTime();
        int size = batch.size();
        context.begin(batch, emitter);
        context.origin.topic = batch.topic();
        context.origin.partition = batch.partition();
        Intake intake = intake(batch.topic());
        try {
            for (int index = 0; index < size; index++) {
                context.index = index;
                record(intake, batch, index);
            }
            endOfBatch();
        } finally {
            context.end();
        }
        account();
        context.counters.lastBatchRecords = size;
        context.counters.lastBatchNanos = System.nanoTime() - begin;
    }

    private Intake intake(String topic) {
        for (Intake side : sides) {
            if (side.topic().equals(topic)) {
                return side;
            }
        }
        return main;
    }

    private void record(Intake intake, RecordBatch batch, int index) {
        StageReader reader = intake.reader();
        StageCounters counters = context.counters;
        counters.recordsIn++;
        boolean timed = false;
        try {
            StageReader.Found found = reader.read(batch, index);
            if (reader instanceof RepartitionReader || found == StageReader.Found.NOTHING) {
                advance();
            }
            if (found != StageReader.Found.NOTHING) {
                timed = true;
                process(intake, found);
            }
        } catch (RecordFailure failure) {
            counters.recordsFailed++;
            context.retract = false;
            reader.failed(context.emitter(), batch, index, failure);
        }
        if (timed) {
            context.endOfRecord();
            reader.observe();
            advance();
        }
    }

    private void process(Intake intake, StageReader.Found found) {
        StageReader reader = intake.reader();
        if (context.exhausted && intake.grows() && found != StageReader.Found.REMOVAL) {
            throw new RecordFailure(
                    "RESOURCE_EXHAUSTED",
                    "Resource exhausted: the query's state has its whole share of memory and cannot go to disk, so it takes"
                            + " nothing more; raise resource_limits.max_total_memory, or run more pods");
        }
        if (found == StageReader.Found.ROW) {
            intake.first().process(reader.row());
            return;
        }
        context.retract = true;
        try {
            intake.first().process(reader.row());
        } catch (RecordFailure _) {
            // It failed when it came, too, and that was reported: there is nothing to take back.
        }
        context.retract = false;
        if (found == StageReader.Found.EXCHANGE) {
            reader.readNew();
            intake.first().process(reader.row());
        }
    }

    private void advance() {
        long watermark = watermarks.current();
        if (watermark > context.watermark) {
            context.previousWatermark = context.watermark;
            context.watermark = watermark;
            if (watermark >= context.wakeAt) {
                context.closing = true;
                try {
                    main.first().advance();
                } finally {
                    context.closing = false;
                }
            }
        }
    }

    @Override
    public void tick(long wallClockMillis, Emitter emitter) {
        context.begin(null, emitter);
        try {
            main.reader().tick(wallClockMillis);
            for (Intake side : sides) {
                side.reader().tick(wallClockMillis);
            }
            advance();
            endOfBatch();
        } finally {
            context.end();
        }
        account();
    }

    /** Says what the state holds now; once a batch, so that a record costs nothing. */
    private void account() {
        if (state.isEmpty()) {
            return;
        }
        StageState kept = state.get();
        StageCounters counters = context.counters;
        long bytes = kept.bytes();
        long groups = kept.groups();
        counters.stateBytes = bytes;
        counters.spilledGroups = kept.spilledGroups();
        counters.stateGroups = groups + counters.spilledGroups;
        overShare = share.isExceeded(bytes, kept.bytesAhead(), groups);
        context.exhausted = context.exhausted && overShare;
    }

    @Override
    public boolean isOverShare() {
        return overShare;
    }

    @Override
    public Relief relieve() {
        account();
        if (!overShare) {
            return Relief.NONE;
        }
        share.violated();
        StageState kept = state.orElseThrow();
        return switch (share.policy()) {
            case SPILL -> kept.canSpill() && spill(kept) ? Relief.SPILLED : refuse();
            case DEAD_LETTER -> refuse();
            case BACK_PRESSURE -> Relief.HOLDING;
            case FAIL ->
                throw new ResourceExhaustedException("Resource exhausted: the query's state takes " + kept.bytes()
                        + " bytes with " + kept.groups() + " groups, which is more than its share of memory; raise"
                        + " resource_limits.max_total_memory, or let state go to disk by"
                        + " resource_limits.exhaustion_policy: SPILL");
        };
    }

    @Override
    public void trim() {
        state.filter(StageState::canSpill).ifPresent(kept -> kept.spill(kept.bytes() / 2));
        account();
    }

    /** Whether that was enough. */
    private boolean spill(StageState kept) {
        kept.spill(share.target());
        account();
        return !overShare;
    }

    private Relief refuse() {
        context.exhausted = true;
        return Relief.REFUSING;
    }

    @Override
    public void close() {
        state.ifPresent(StageState::clear);
        share.close();
    }

    @Override
    public void inputWaits(String topic) {
        intake(topic).reader().inputWaits();
    }

    private void endOfBatch() {
        context.complete = context.complete || isComplete();
        main.first().endOfBatch();
    }

    private boolean isComplete() {
        if (!main.reader().isComplete()) {
            return false;
        }
        for (Intake side : sides) {
            if (!side.reader().isComplete()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void sourceComplete() {
        if (main.reader() instanceof TopicReader topic) {
            topic.complete();
        }
    }

    @Override
    public boolean isReady() {
        for (Intake side : sides) {
            if (side.comesFirst() && !side.reader().isComplete()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public long watermark() {
        return context.watermark;
    }

    @Override
    public Optional<StageState> state() {
        return state;
    }

    @Override
    public StageCounters counters() {
        return context.counters;
    }

    @Override
    public List<QueryMetric> metrics() {
        return metrics;
    }
}
