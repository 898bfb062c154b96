package io.velostream.engine.runtime.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.plan.Compilation;
import io.velostream.engine.plan.CompileOptions;
import io.velostream.engine.plan.SqlCompiler;
import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.RowLayout;
import io.velostream.engine.plan.physical.StageOperator;
import io.velostream.engine.plan.physical.StageOutput;
import io.velostream.engine.plan.physical.StagePlan;
import io.velostream.engine.runtime.expression.ExpressionCompiler;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.GroupTable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One aggregate as a query compiles it, over one group. Each row's values are given in the order of the columns. */
final class Aggregated {

    private static final byte[] KEY = {1};

    private final List<RowLayout.Column> columns;
    private final StageOperator.AggregateCall call;
    private GroupLayout layout;
    private GroupTable table;
    private int group;
    private long rows;

    private Aggregated(List<RowLayout.Column> columns, StageOperator.AggregateCall call) {
        this.columns = columns;
        this.call = call;
        begin();
    }

    /**
     * @param declared the columns of the source, such as {@code v BIGINT}; empty for columns without a type
     */
    static Aggregated of(String aggregate, String declared) {
        String source = declared.isEmpty() ? "" : "CREATE STREAM t (" + declared + ") WITH ('topic' = 't'); ";
        Compilation compilation = new SqlCompiler()
                .compile(
                        source + "CREATE TABLE out AS SELECT " + aggregate + " AS x FROM t;",
                        new CompileOptions(Map.of(), Map.of(), true));
        assertThat(compilation.problems()).isEmpty();
        List<StagePlan> stages = ((Compilation.Compiled) compilation)
                .plan()
                .units()
                .getFirst()
                .queries()
                .getFirst()
                .stages();
        StageOperator.Aggregate operator =
                (StageOperator.Aggregate) stages.getLast().operators().getFirst();
        return new Aggregated(
                ((StageOutput.Repartition) stages.getFirst().output()).layout().columns(),
                operator.aggregates().getFirst());
    }

    private void begin() {
        layout = new GroupLayout(List.of(call));
        table = new GroupTable(layout.cells(), layout.objects());
        group = table.findOrAdd(KEY, 0, KEY.length);
    }

    Aggregated row(@Nullable Object... values) {
        Row row = new Row(columns.size(), new Origin());
        for (int slot = 0; slot < values.length; slot++) {
            Expression.Literal literal =
                    new Expression.Literal(values[slot], columns.get(slot).type());
            ExpressionCompiler.compile(literal).store(row, row, slot);
        }
        layout.prepare(row);
        if (rows++ > 0) {
            layout.check(table, group);
        }
        layout.apply(table, group);
        return this;
    }

    /** Each value is a row of one column. */
    Aggregated rows(@Nullable Object... values) {
        for (Object value : values) {
            row(value);
        }
        return this;
    }

    /** As after a restart: the state is written and read again. */
    Aggregated restored() {
        GrowingBuffer state = new GrowingBuffer(64);
        layout.write(table, group, state);
        begin();
        ByteCursor cursor = new ByteCursor();
        cursor.reset(state.buffer(), 0, state.position());
        layout.read(table, group, cursor);
        assertThat(cursor.position()).isEqualTo(state.position());
        return this;
    }

    int stateBytes() {
        GrowingBuffer state = new GrowingBuffer(64);
        layout.write(table, group, state);
        return state.position();
    }

    @Nullable Object result() {
        Row out = new Row(1, new Origin());
        layout.results(table, group, out, 0);
        return ExpressionCompiler.compile(new Expression.Slot(0, "x", call.type()))
                .object(out);
    }
}
