package io.velostream.bench.memory;

import io.velostream.engine.plan.Compilation;
import io.velostream.engine.plan.CompileOptions;
import io.velostream.engine.plan.SqlCompiler;
import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.runtime.operator.Stage;
import io.velostream.engine.runtime.operator.StageCompiler;
import io.velostream.engine.runtime.operator.StageSettings;
import io.velostream.engine.runtime.operator.StageState;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Fills one kind of state with rows of distinct keys and measures the heap before and after, both times after collections. Keys
 * are text of 10 to 20 bytes. State is flushed as at each commit, so that what a commit keeps is counted and what it frees is
 * not.
 */
enum StateUse {
    /** A group of COUNT, SUM and AVG. */
    GROUP_BY("GROUP BY: COUNT, SUM, AVG", 24, false, """
            CREATE STREAM rows (k STRING KEY, x STRING, v DOUBLE) WITH ('topic' = 'rows', 'format' = 'json', 'key.format' = 'text');
            CREATE TABLE out AS SELECT k, COUNT(*) AS n, SUM(v) AS total, AVG(v) AS average FROM rows GROUP BY k;
            """),
    /** A table by its record key, where it is read. */
    TABLE_READ("table where it is read: text of 12 bytes, DOUBLE", 20, false, """
            CREATE TABLE rows (k STRING PRIMARY KEY, x STRING, v DOUBLE) WITH ('topic' = 'rows', 'format' = 'json', 'key.format' = 'text');
            CREATE STREAM orders (k STRING KEY, id BIGINT) WITH ('topic' = 'orders', 'format' = 'json', 'key.format' = 'text');
            CREATE STREAM out AS SELECT o.id, r.x, r.v FROM orders o JOIN rows r ON o.k = r.k;
            """),
    /** The same table by the join's key, where it is looked up. */
    TABLE_JOINED("table where it is joined: text of 12 bytes, DOUBLE", 20, true, TABLE_READ.sql),
    /** Rows of one stream that wait for those of another. */
    STREAM_JOINED("stream that is joined: text of 12 bytes, DOUBLE", 20, true, """
            CREATE STREAM rows (k STRING KEY, x STRING, v DOUBLE) WITH ('topic' = 'rows', 'format' = 'json', 'key.format' = 'text');
            CREATE STREAM orders (k STRING KEY, id BIGINT) WITH ('topic' = 'orders', 'format' = 'json', 'key.format' = 'text');
            CREATE STREAM out AS SELECT o.id, r.x, r.v FROM orders o JOIN rows r ON o.k = r.k WITHIN INTERVAL '1' HOUR;
            """);

    private static final int BATCH = 1_000;
    private static final long TIME = 1_700_000_000_000L;
    private static final String SOURCE = "rows";
    private static final String BETWEEN = "between";

    private final String title;
    private final int valueBytes;
    private final boolean joined;
    private final String sql;

    StateUse(String title, int valueBytes, boolean joined, String sql) {
        this.title = title;
        this.valueBytes = valueBytes;
        this.joined = joined;
        this.sql = sql;
    }

    /**
     * What one key takes.
     *
     * @param heap bytes of the heap
     * @param content of them key and values
     * @param estimated bytes that the state itself says it has, for its limit
     */
    record Use(long keys, double heap, double content, double estimated) {
        double beyond() {
            return heap - content;
        }
    }

    String title() {
        return title;
    }

    Use measure(long keys) {
        List<StagePlan> plans = plans();
        Stage stage = stage(joined ? plans.getLast() : plans.getFirst());
        Output output = new Output();
        long keyBytes = 0;
        long before = heap();
        for (long first = 0; first < keys; first += BATCH) {
            ListedBatch batch = ListedBatch.of(SOURCE);
            for (long i = first; i < Math.min(keys, first + BATCH); i++) {
                byte[] key = key(i).getBytes(StandardCharsets.US_ASCII);
                keyBytes += key.length;
                batch.add(key, value(i), TIME + i / BATCH);
            }
            stage.process(joined ? behindFirstStage(plans.getFirst(), batch) : batch, output);
            output.output().clear();
            state(stage).flush((entryKey, entryValue) -> {});
        }
        long used = heap() - before;
        if (state(stage).groups() < keys) {
            throw new IllegalStateException(
                    "The state holds " + state(stage).groups() + " of " + keys + " keys: nothing was measured");
        }
        return new Use(
                keys,
                (double) used / keys,
                (double) keyBytes / keys + valueBytes,
                (double) state(stage).bytes() / keys);
    }

    /** Each batch has a first stage of its own, so that only the measured one keeps anything. */
    private static ListedBatch behindFirstStage(StagePlan plan, ListedBatch batch) {
        Output output = new Output();
        stage(plan).process(batch, output);
        return ListedBatch.of(BETWEEN, output.output());
    }

    private List<StagePlan> plans() {
        if (new SqlCompiler().compile(sql, CompileOptions.defaults()) instanceof Compilation.Compiled compiled) {
            return compiled.plan().units().getFirst().queries().getFirst().stages();
        }
        throw new IllegalStateException("The SQL of " + this + " does not compile");
    }

    private static Stage stage(StagePlan plan) {
        List<StageSettings.Side> sides =
                plan.inputs().size() > 1 ? List.of(new StageSettings.Side(BETWEEN, 1)) : List.of();
        return new StageCompiler().compile(plan, new StageSettings(0, 0, System.currentTimeMillis(), false, sides));
    }

    private static StageState state(Stage stage) {
        return stage.state().orElseThrow();
    }

    /** 10 to 20 characters, the number spread over them so that keys differ early and late. */
    private static String key(long i) {
        String digits = Long.toString(Long.reverse(i) >>> 4, 36);
        String whole = (digits + "-customer-of-the-shop").substring(0, 10 + (int) (i % 11));
        return digits.length() > whole.length() ? digits : whole;
    }

    private static byte[] value(long i) {
        return "{\"k\":\"%s\",\"x\":\"%012d\",\"v\":%d.25}"
                .formatted(key(i), i, i % 1000)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** The heap in use after collections. */
    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
