package io.velostream.engine.runtime.operator;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.runtime.expression.Columns;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.TupleCodec;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.List;

/** Computes the keys of rows as the bytes by which state is kept, and makes slots of such bytes again. */
final class GroupKeys {

    private final Columns keys;
    private final boolean[] isAny;
    private final GrowingBuffer key = new GrowingBuffer(64);
    private final ByteCursor cursor = new ByteCursor();

    GroupKeys(List<Expression> expressions, Origin origin) {
        this.keys = new Columns(expressions, origin);
        this.isAny = new boolean[keys.size()];
        for (int column = 0; column < isAny.length; column++) {
            isAny[column] = keys.type(column) == Simple.ANY;
        }
    }

    /** Number of keys. */
    int size() {
        return isAny.length;
    }

    /** Computes the key of a row; {@link #buffer} holds it up to {@link #length} until the next call. */
    void encode(Row row) {
        keys.evaluate(row);
        key.clear();
        for (int column = 0; column < isAny.length; column++) {
            TupleCodec.encode(keys.row(column, row), keys.slot(column), isAny[column], key);
        }
    }

    byte[] buffer() {
        return key.buffer();
    }

    int length() {
        return key.position();
    }

    /** Fills the first slots of a row with the keys. */
    void decode(byte[] bytes, int from, int to, Row into) {
        cursor.reset(bytes, from, to);
        for (int column = 0; column < isAny.length; column++) {
            TupleCodec.decode(cursor, into, column);
        }
    }
}
