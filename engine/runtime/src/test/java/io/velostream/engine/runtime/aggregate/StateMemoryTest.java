package io.velostream.engine.runtime.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.RowLayout;
import io.velostream.engine.plan.physical.StageOperator.AggregateCall;
import io.velostream.engine.plan.physical.StateMemory;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.GroupTable;
import io.velostream.engine.runtime.state.KeyedRows;
import io.velostream.engine.runtime.state.RowCodec;
import io.velostream.engine.runtime.state.TimedRows;
import io.velostream.engine.runtime.state.TupleCodec;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What EXPLAIN says of the size of a state, beside what the state's tables count themselves. */
class StateMemoryTest {

    /** What a table takes without a row. */
    private static final long EMPTY = 8_192;

    /** The block that rows of streams are added to. */
    private static final long BLOCK = 1 << 20;

    private static Expression.Slot column(SqlType type) {
        return new Expression.Slot(0, "v", type);
    }

    private static AggregateCall call(String function, SqlType type, SqlType result) {
        boolean pair = function.startsWith("REGR") || function.startsWith("CO") && !function.equals("COUNT");
        List<Expression> arguments = pair ? List.of(column(type), column(type)) : List.of(column(type));
        return new AggregateCall(function, false, arguments, result);
    }

    @ParameterizedTest
    @CsvSource({
        "COUNT,BIGINT,BIGINT",
        "SUM,BIGINT,DECIMAL",
        "SUM,DOUBLE,DOUBLE",
        "SUM,ANY,ANY",
        "AVG,BIGINT,DOUBLE",
        "AVG,DOUBLE,DOUBLE",
        "AVG,ANY,ANY",
        "MIN,BIGINT,BIGINT",
        "MAX,DOUBLE,DOUBLE",
        "MAX,STRING,STRING",
        "MIN,DECIMAL,DECIMAL",
        "DELTA,BIGINT,BIGINT",
        "FIRST,STRING,STRING",
        "LAST,ANY,ANY",
        "ATTR,STRING,STRING",
        "STDDEV,DOUBLE,DOUBLE",
        "VAR_POP,DOUBLE,DOUBLE",
        "CORR,DOUBLE,DOUBLE",
        "REGR_SLOPE,DOUBLE,DOUBLE",
        "REGR_COUNT,DOUBLE,BIGINT",
        "APPROX_COUNT_DISTINCT,STRING,BIGINT"
    })
    void anAggregateKeepsNoMoreThanIsSaid(String function, String type, String result) {
        AggregateCall call = call(function, type(type), type(result));

        Accumulator accumulator = Accumulators.of(call);

        StateMemory.Kept kept = StateMemory.kept(call).orElseThrow();
        assertThat(accumulator.cells()).isLessThanOrEqualTo(kept.cells());
        assertThat(accumulator.objects()).isLessThanOrEqualTo(kept.objects());
    }

    private static SqlType type(String name) {
        return name.equals("DECIMAL") ? new SqlType.Decimal(38, 2) : Simple.valueOf(name);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 1_025, 16_385, 100_000})
    void groupsTakeNoMoreThanIsSaidAndHalfOfItAtLeastWhenTheyFillTheirArrays(int size) {
        List<AggregateCall> calls = List.of(
                call("COUNT", Simple.BIGINT, Simple.BIGINT),
                call("SUM", Simple.BIGINT, new SqlType.Decimal(38, 0)),
                call("LAST", Simple.BIGINT, Simple.BIGINT),
                call("APPROX_COUNT_DISTINCT", Simple.BIGINT, Simple.BIGINT));
        GroupLayout layout = new GroupLayout(calls);
        GroupTable table = new GroupTable(layout.cells(), layout.objects());
        Row row = new Row(1, new Origin());
        GrowingBuffer key = new GrowingBuffer(16);

        for (int i = 0; i < size; i++) {
            row.setLong(0, i);
            key.clear();
            TupleCodec.encode(row, 0, false, key);
            int group = table.findOrAdd(key.buffer(), 0, key.position());
            table.markDirty(group);
            layout.prepare(row);
            layout.apply(table, group);
        }

        long most = StateMemory.group(List.of(column(Simple.BIGINT)), calls).orElseThrow();
        assertThat(table.bytes()).isLessThanOrEqualTo(most * size + EMPTY).isGreaterThan(most * size / 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 1_025, 49_153, 100_000})
    void rowsThatAreLookedUpTakeNoMoreThanIsSaid(int size) {
        RowLayout layout = new RowLayout(
                List.of(new RowLayout.Column("a", Simple.BIGINT), new RowLayout.Column("b", Simple.DOUBLE)));
        KeyedRows rows = new KeyedRows();
        Row row = new Row(2, new Origin());
        GrowingBuffer key = new GrowingBuffer(16);
        GrowingBuffer value = new GrowingBuffer(16);

        for (int i = 0; i < size; i++) {
            row.setLong(0, Long.MAX_VALUE - i);
            row.setDouble(1, i);
            key.clear();
            TupleCodec.encode(row, 0, false, key);
            value.clear();
            RowCodec.encode(row, 0, value);
            RowCodec.encode(row, 1, value);
            rows.add(key, value);
        }

        long most = StateMemory.lookedUpRow(List.of(column(Simple.BIGINT)), layout);
        assertThat(rows.bytes()).isLessThanOrEqualTo(most * size + EMPTY).isGreaterThan(most * size / 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 1_025, 49_153, 100_000})
    void rowsOfAJoinOfStreamsTakeNoMoreThanIsSaid(int size) {
        List<RowLayout.Column> columns =
                List.of(new RowLayout.Column("a", Simple.BIGINT), new RowLayout.Column("b", Simple.DOUBLE));
        TimedRows rows = new TimedRows(0, true, 60_000);
        Row row = new Row(2, new Origin());
        GrowingBuffer key = new GrowingBuffer(16);
        GrowingBuffer value = new GrowingBuffer(16);

        for (int i = 0; i < size; i++) {
            row.setLong(0, Long.MAX_VALUE - i);
            row.setDouble(1, i);
            key.clear();
            TupleCodec.encode(row, 0, false, key);
            value.clear();
            RowCodec.encode(row, 0, value);
            RowCodec.encode(row, 1, value);
            rows.add(key, value, 1_700_000_000_000L + i, false);
        }

        long most = StateMemory.timedRow(List.of(column(Simple.BIGINT)), columns);
        assertThat(rows.bytes()).isLessThanOrEqualTo(most * size + BLOCK).isGreaterThan(most * size / 3);
    }

    @Test
    void whatGrowsWithItsValuesHasNoFigure() {
        assertThat(StateMemory.kept(call("COLLECT_LIST", Simple.BIGINT, new SqlType.Array(Simple.BIGINT))))
                .isEmpty();
        assertThat(StateMemory.kept(new AggregateCall("COUNT", true, List.of(column(Simple.BIGINT)), Simple.BIGINT)))
                .isEmpty();
    }
}
