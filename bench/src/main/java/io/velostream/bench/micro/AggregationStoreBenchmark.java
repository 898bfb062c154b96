package io.velostream.bench.micro;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.StageOperator.AggregateCall;
import io.velostream.engine.runtime.aggregate.GroupLayout;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.GroupTable;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** COUNT(*), SUM and AVG of a double in the live table, 8,192 records over some 5,600 customers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AggregationStoreBenchmark {
    private static final Expression AMOUNT = new Expression.Slot(0, "amount", Simple.DOUBLE);

    private final List<Orders.Item> records = Orders.records();
    private final GroupLayout layout = new GroupLayout(List.of(
            new AggregateCall("COUNT", false, List.of(), Simple.BIGINT),
            new AggregateCall("SUM", false, List.of(AMOUNT), Simple.DOUBLE),
            new AggregateCall("AVG", false, List.of(AMOUNT), Simple.DOUBLE)));
    private final GroupTable table = new GroupTable(layout.cells(), layout.objects());
    private final Row row = new Row(1, new Origin());
    private final Row results = new Row(3, new Origin());
    private int next;

    /** Finds the group, adds a row to it and notes the change. */
    @Benchmark
    public int update() {
        int i = next++;
        byte[] key = records.get(i & Orders.COUNT - 1).key();
        row.setDouble(0, i * 0.25);
        layout.prepare(row);
        int group = table.findOrAdd(key, 0, key.length);
        layout.apply(table, group);
        table.markDirty(group);
        return group;
    }

    /** The same and the results of the group, as EMIT CHANGES needs them. */
    @Benchmark
    public long updateAndRead() {
        layout.results(table, update(), results, 0);
        return results.longs[0];
    }
}
