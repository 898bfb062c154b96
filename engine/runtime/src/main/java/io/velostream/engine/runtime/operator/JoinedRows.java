package io.velostream.engine.runtime.operator;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.runtime.expression.BooleanEvaluator;
import io.velostream.engine.runtime.expression.ExpressionCompiler;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.RowCodec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The row that a join makes: the left row's slots, then the right row's, and the condition that is left over. */
final class JoinedRows {

    private final int leftWidth;
    private final Row joined;
    private final @Nullable BooleanEvaluator residual;

    JoinedRows(int leftWidth, int width, Optional<Expression> residual, Origin origin) {
        this.leftWidth = leftWidth;
        this.joined = new Row(width, origin);
        this.residual = residual.map(ExpressionCompiler::predicate).orElse(null);
    }

    Row row() {
        return joined;
    }

    void left(Row row) {
        for (int slot = 0; slot < leftWidth; slot++) {
            joined.copy(row, slot, slot);
        }
    }

    void right(Row row) {
        for (int slot = leftWidth; slot < joined.width(); slot++) {
            joined.copy(row, slot - leftWidth, slot);
        }
    }

    /** Fills one side from stored columns. */
    void side(boolean left, ByteCursor columns) {
        int to = left ? leftWidth : joined.width();
        for (int slot = left ? 0 : leftWidth; slot < to; slot++) {
            RowCodec.decode(columns, joined, slot);
        }
    }

    void sideNull(boolean left) {
        int to = left ? leftWidth : joined.width();
        for (int slot = left ? 0 : leftWidth; slot < to; slot++) {
            joined.setNull(slot);
        }
    }

    /** Whether the rows at hand meet. */
    boolean meet() {
        return residual == null || residual.eval(joined) == BooleanEvaluator.TRUE;
    }
}
