package io.velostream.engine.runtime.operator;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.runtime.expression.Columns;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.TupleCodec;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.List;

/** The keys of a row as bytes, in which equal keys and only they are equal. */
final class RowKeys {

    private final Columns columns;
    private final boolean[] isAny;

    RowKeys(List<Expression> keys, Origin origin) {
        columns = new Columns(keys, origin);
        isAny = new boolean[columns.size()];
        for (int column = 0; column < isAny.length; column++) {
            isAny[column] = columns.type(column) == Simple.ANY;
        }
    }

    /** Whether there are none. */
    boolean isEmpty() {
        return isAny.length == 0;
    }

    /** Appends the keys; tells whether none is NULL, since NULL is equal to nothing. */
    boolean write(Row row, GrowingBuffer out) {
        columns.evaluate(row);
        boolean known = true;
        for (int column = 0; column < isAny.length; column++) {
            Row holder = columns.row(column, row);
            int slot = columns.slot(column);
            known &= !holder.isNull(slot);
            TupleCodec.encode(holder, slot, isAny[column], out);
        }
        return known;
    }
}
