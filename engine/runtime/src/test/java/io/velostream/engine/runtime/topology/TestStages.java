package io.velostream.engine.runtime.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.velostream.engine.plan.physical.StageOperator;
import io.velostream.engine.plan.physical.StageOutput;
import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.runtime.operator.Emitter;
import io.velostream.engine.runtime.operator.OutputBatch;
import io.velostream.engine.runtime.operator.RecordBatch;
import io.velostream.engine.runtime.operator.RecordFailure;
import io.velostream.engine.runtime.operator.Stage;
import io.velostream.engine.runtime.operator.StageCounters;
import io.velostream.engine.runtime.operator.StageSettings;
import io.velostream.engine.runtime.operator.StageState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Small stages with the same contract as the compiled ones, so that the topology is tested without SQL: records with the
 * value {@code bad} fail, all others are copied, re-keyed by their value, or counted.
 */
public final class TestStages {

    private TestStages() {}

    /** The stage that a plan of {@link TestPlans} means. */
    public static Stage create(StagePlan plan, StageSettings settings) {
        boolean counts = plan.operators().stream().anyMatch(StageOperator.Aggregate.class::isInstance);
        if (counts) {
            return new Counting();
        }
        return new Copying(plan.output() instanceof StageOutput.Repartition);
    }

    static void write(OutputBatch output, byte[] key, byte[] value, long timestamp) {
        int keyFrom = append(output, key);
        int valueFrom = append(output, value);
        output.addRow(
                keyFrom,
                key == null ? OutputBatch.ABSENT : key.length,
                valueFrom,
                value == null ? OutputBatch.ABSENT : value.length,
                timestamp);
    }

    private static int append(OutputBatch output, byte[] bytes) {
        int from = output.position();
        if (bytes != null) {
            System.arraycopy(bytes, 0, output.ensure(bytes.length), from, bytes.length);
            output.position(from + bytes.length);
        }
        return from;
    }

    private abstract static class TestStage implements Stage {
        final StageCounters counters = new StageCounters();

        @Override
        public void process(RecordBatch batch, Emitter emitter) {
            for (int i = 0; i < batch.size(); i++) {
                counters.recordsIn++;
                byte[] value = batch.value(i);
                if (value != null && new String(value, UTF_8).equals("bad")) {
                    counters.recordsFailed++;
                    emitter.failed(batch, i, new RecordFailure("BAD_VALUE", "The value is bad"));
                } else {
                    row(batch, i, emitter.output());
                    counters.rowsOut++;
                }
            }
        }

        abstract void row(RecordBatch batch, int index, OutputBatch output);

        @Override
        public void tick(long wallClockMillis, Emitter emitter) {}

        @Override
        public long watermark() {
            return Long.MIN_VALUE;
        }

        @Override
        public Optional<StageState> state() {
            return Optional.empty();
        }

        @Override
        public StageCounters counters() {
            return counters;
        }
    }

    private static final class Copying extends TestStage {
        private final boolean keyed;

        Copying(boolean keyed) {
            this.keyed = keyed;
        }

        @Override
        void row(RecordBatch batch, int index, OutputBatch output) {
            byte[] value = batch.value(index);
            write(output, keyed ? value : batch.key(index), value, batch.timestamp(index));
        }
    }

    /** Writes key → running count, one row an input. */
    static final class Counting extends TestStage implements StageState {
        private final Map<String, Long> counts = new HashMap<>();
        private final Set<String> dirty = new HashSet<>();

        @Override
        void row(RecordBatch batch, int index, OutputBatch output) {
            String key = new String(batch.key(index), UTF_8);
            long count = counts.merge(key, 1L, Long::sum);
            dirty.add(key);
            write(output, batch.key(index), Long.toString(count).getBytes(UTF_8), batch.timestamp(index));
        }

        @Override
        public Optional<StageState> state() {
            return Optional.of(this);
        }

        @Override
        public void flush(Changes changes) {
            dirty.forEach(key -> changes.entry(key.getBytes(UTF_8), count(key)));
            dirty.clear();
        }

        private byte[] count(String key) {
            return counts.get(key).toString().getBytes(UTF_8);
        }

        @Override
        public void restore(byte[] key, byte[] value) {
            if (value == null) {
                counts.remove(new String(key, UTF_8));
            } else {
                counts.put(new String(key, UTF_8), Long.parseLong(new String(value, UTF_8)));
            }
        }

        @Override
        public void all(Changes changes) {
            counts.keySet().forEach(key -> changes.entry(key.getBytes(UTF_8), count(key)));
        }

        @Override
        public void clear() {
            counts.clear();
            dirty.clear();
        }

        @Override
        public long bytes() {
            return counts.size() * 64L;
        }

        @Override
        public long groups() {
            return counts.size();
        }
    }
}
