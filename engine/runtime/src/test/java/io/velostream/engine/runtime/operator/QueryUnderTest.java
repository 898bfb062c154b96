package io.velostream.engine.runtime.operator;

import io.velostream.engine.plan.Compilation;
import io.velostream.engine.plan.CompileOptions;
import io.velostream.engine.plan.SqlCompiler;
import io.velostream.engine.plan.physical.JobPlan;
import io.velostream.engine.plan.physical.StageInput;
import io.velostream.engine.plan.physical.StageOutput;
import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.runtime.memory.MemoryBudget;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** All stages of the last query of a text, one task each, with what lies between them delivered at once. */
final class QueryUnderTest {

    private final List<StagePlan> plans;
    private final Map<String, Stage> stages = new HashMap<>();
    private final Map<String, Changelog> changelogs = new HashMap<>();
    private final List<String> rows = new ArrayList<>();
    private final MemoryBudget budget;
    private long offset;
    private long mostSpilled;

    QueryUnderTest(String sql) {
        this(sql, MemoryBudget.unlimited());
    }

    QueryUnderTest(String sql, MemoryBudget budget) {
        this.budget = budget;
        Compilation compilation = new SqlCompiler().compile(sql, new CompileOptions(Map.of(), Map.of(), true));
        if (!(compilation instanceof Compilation.Compiled compiled)) {
            throw new IllegalArgumentException(compilation.problems().toString());
        }
        JobPlan plan = compiled.plan();
        plans = plan.units().getLast().queries().getFirst().stages();
        plans.forEach(stage -> {
            changelogs.put(stage.id(), new Changelog());
            stages.put(stage.id(), make(stage));
        });
    }

    private Stage make(StagePlan plan) {
        List<StageSettings.Side> sides = plan.operators().stream()
                .flatMap(operator -> operator.sides().stream())
                .map(side -> new StageSettings.Side(side.topic(), 1))
                .toList();
        int upstream = plan.input() instanceof StageInput.Repartition ? 1 : 0;
        return new StageCompiler(budget).compile(plan, new StageSettings(0, upstream, 0, true, sides));
    }

    /** Feeds one record; a null value is a tombstone. */
    void feed(String topic, @Nullable String key, long timestamp, @Nullable String json) {
        deliver(topic, bytes(key), bytes(json == null ? null : json.replace('\'', '"')), timestamp);
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    private void deliver(String topic, byte @Nullable [] key, byte @Nullable [] value, long timestamp) {
        RecordBatch batch = new One(topic, key, value, timestamp, offset++);
        for (StagePlan plan : plans) {
            if (plan.inputs().stream().anyMatch(input -> topic(input).equals(topic))) {
                Collected out = new Collected();
                stages.get(plan.id()).process(batch, out);
                handOn(plan, out);
            }
        }
    }

    private static String topic(StageInput input) {
        return switch (input) {
            case StageInput.Topic source -> source.source().topic();
            case StageInput.Repartition repartition -> repartition.topic();
        };
    }

    private void handOn(StagePlan plan, Collected out) {
        List<byte[]> keys = new ArrayList<>();
        List<byte[]> values = new ArrayList<>();
        List<Long> times = out.timestamps();
        for (int row = 0; row < out.output.size(); row++) {
            keys.add(out.key(row));
            values.add(out.output.valueLength(row) == OutputBatch.ABSENT ? null : out.value(row));
        }
        for (int row = 0; row < values.size(); row++) {
            switch (plan.output()) {
                case StageOutput.Repartition repartition ->
                    deliver(repartition.topic(), keys.get(row), values.get(row), times.get(row));
                case StageOutput.Sink _ -> rows.add(text(keys.get(row)) + ": " + text(values.get(row)));
            }
        }
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "null" : new String(bytes, StandardCharsets.UTF_8).replace('"', '\'');
    }

    /** Every stage with state goes to its changelog, and a new one goes on from there. */
    void restart() {
        for (StagePlan plan : plans) {
            stages.get(plan.id()).state().ifPresent(state -> {
                Changelog changelog = changelogs.get(plan.id());
                state.flush(changelog);
                stages.get(plan.id()).close();
                Stage next = make(plan);
                changelog.into(next.state().orElseThrow());
                next.relieve();
                stages.put(plan.id(), next);
            });
        }
    }

    /** The state of a stage. */
    StageState state(String stage) {
        return stages.get(stage).state().orElseThrow();
    }

    /** A fresh state of a stage, to follow the one that works. */
    StageState standby(String stage) {
        return plans.stream()
                .filter(plan -> plan.id().equals(stage))
                .findFirst()
                .flatMap(plan -> make(plan).state())
                .orElseThrow();
    }

    /** Commits one stage and lets another state take what is written. */
    void commitInto(String stage, StageState standby) {
        state(stage).flush(standby::restore);
    }

    /** Commits without a restart. */
    void commit() {
        stages.forEach((id, stage) -> stage.state().ifPresent(state -> state.flush(changelogs.get(id))));
    }

    /** What the processor does after each batch: state over its share of memory goes to disk. */
    void relieve() {
        stages.forEach((id, stage) -> {
            if (stage.isOverShare()) {
                stage.state().orElseThrow().flush(changelogs.get(id));
                stage.relieve();
            }
            mostSpilled = Math.max(mostSpilled, stage.counters().spilledGroups);
        });
    }

    /** The most groups that a stage had on disk. */
    long mostSpilled() {
        return mostSpilled;
    }

    void close() {
        stages.values().forEach(Stage::close);
    }

    /** What the changelogs hold, in no order. */
    Map<String, Map<String, String>> changelogs() {
        Map<String, Map<String, String>> all = new HashMap<>();
        changelogs.forEach((id, log) -> all.put(id, hex(log)));
        return all;
    }

    /** What snapshots of all states would hold. */
    Map<String, Map<String, String>> snapshots() {
        Map<String, Map<String, String>> all = new HashMap<>();
        stages.forEach((id, stage) -> stage.state().ifPresent(state -> {
            Changelog copy = new Changelog();
            state.all(copy);
            all.put(id, hex(copy));
        }));
        return all;
    }

    private static Map<String, String> hex(Changelog log) {
        HexFormat hex = HexFormat.of();
        Map<String, String> entries = new HashMap<>();
        log.entries.forEach((key, value) -> entries.put(hex.formatHex(key.array()), hex.formatHex(value)));
        return entries;
    }

    /** The rows so far, as {@code key: value}. */
    List<String> rows() {
        return List.copyOf(rows);
    }

    /** Entries that the changelogs of the stages hold. */
    int entries() {
        return changelogs.values().stream().mapToInt(log -> log.entries.size()).sum();
    }

    private record One(String topic, byte @Nullable [] bytes, byte @Nullable [] payload, long time, long place)
            implements RecordBatch {
        @Override
        public int size() {
            return 1;
        }

        @Override
        public int partition() {
            return 0;
        }

        @Override
        public byte @Nullable [] key(int index) {
            return bytes;
        }

        @Override
        public byte @Nullable [] value(int index) {
            return payload;
        }

        @Override
        public long timestamp(int index) {
            return time;
        }

        @Override
        public long offset(int index) {
            return place;
        }

        @Override
        public Headers headers(int index) {
            return new RecordHeaders();
        }
    }
}
