package io.velostream.engine.runtime.over;

import io.velostream.engine.plan.physical.OverWindow.SortKey;
import io.velostream.engine.plan.physical.StageOperator;
import io.velostream.engine.runtime.expression.Evaluator;
import io.velostream.engine.runtime.expression.ExpressionCompiler;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Value;
import io.velostream.engine.runtime.state.RowBuffer;
import java.util.ArrayList;
import java.util.List;

/** Puts whole rows in order, of each window only as many as are wanted. */
public final class SortedRows {

    private final RowOrder order;
    private final List<Evaluator> keys = new ArrayList<>();
    private final long most;
    private final Row incoming;
    private final int width;
    private final Value value = new Value();

    /** For one operator. */
    public SortedRows(StageOperator.Sort plan, Origin origin) {
        this.order = new RowOrder(plan.orderBy());
        for (SortKey key : plan.orderBy()) {
            keys.add(ExpressionCompiler.compile(key.expression()));
        }
        this.most = plan.rows().orElse(Long.MAX_VALUE);
        this.width = plan.layout().columns().size();
        this.incoming = new Row(keys.size() + width, origin);
    }

    /** A buffer for the rows of one window. */
    public RowBuffer buffer() {
        return new RowBuffer(width());
    }

    /** Columns of a buffered row: its keys, then its slots. */
    public int width() {
        return keys.size() + width;
    }

    /**
     * Takes a row into its window.
     *
     * @throws io.velostream.engine.runtime.operator.RecordFailure when it has no order among the others; nothing has
     *     changed then
     */
    public void add(Row row, RowBuffer rows) {
        for (int key = 0; key < keys.size(); key++) {
            keys.get(key).any(row, value);
            value.store(incoming, key);
        }
        int position = order.positionOf(incoming, rows);
        if (position >= most) {
            return;
        }
        for (int slot = 0; slot < width; slot++) {
            incoming.copy(row, slot, keys.size() + slot);
        }
        rows.insert(position, incoming);
        if (rows.size() > most) {
            rows.removeAt(rows.size() - 1);
        }
    }

    /** The row at a position of a window. */
    public void load(RowBuffer rows, int position, Row into) {
        int place = rows.at(position);
        for (int slot = 0; slot < width; slot++) {
            rows.load(place, keys.size() + slot, into, slot);
        }
    }

    /** Takes a row back that had been in a place of the buffer. */
    public void restore(RowBuffer rows, int place, Row row, long number) {
        rows.forget(place);
        rows.restore(place, order.positionOf(row, number, rows), row, number);
    }
}
