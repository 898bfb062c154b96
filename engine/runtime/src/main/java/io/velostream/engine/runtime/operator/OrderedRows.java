package io.velostream.engine.runtime.operator;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.OverWindow.SortKey;
import io.velostream.engine.plan.physical.SubqueryOrder;
import io.velostream.engine.runtime.expression.Evaluator;
import io.velostream.engine.runtime.expression.ExpressionCompiler;
import io.velostream.engine.runtime.expression.Values;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** The first rows of an order, as ORDER BY … LIMIT within a subquery wants them. Rows are kept and used again. */
final class OrderedRows {

    private final List<SortKey> keys;
    private final List<Evaluator> values;
    private final long limit;
    private final int width;
    private final Origin origin;
    private final List<Row> rows = new ArrayList<>();
    private int size;
    private Row candidate;
    private final Value left = new Value();
    private final Value right = new Value();

    /**
     * @param real gives the keys the slots of the rows that are taken
     * @param width slots of a row
     */
    OrderedRows(SubqueryOrder order, UnaryOperator<Expression> real, int width, Origin origin) {
        this.keys = order.keys();
        this.values = keys.stream()
                .map(key -> ExpressionCompiler.compile(real.apply(key.expression())))
                .toList();
        this.limit = order.rows();
        this.width = width;
        this.origin = origin;
        this.candidate = newRow();
    }

    private Row newRow() {
        return new Row(width + keys.size(), origin);
    }

    /** Begins with no row. */
    void begin() {
        size = 0;
    }

    /** Takes a row; of rows that are equal in order the earlier one stays in front. */
    void take(Row row) {
        for (int key = 0; key < values.size(); key++) {
            values.get(key).store(row, candidate, width + key);
        }
        boolean full = size == limit;
        if (full && compare(candidate, rows.get(size - 1)) >= 0) {
            return;
        }
        for (int slot = 0; slot < width; slot++) {
            candidate.copy(row, slot, slot);
        }
        for (int slot = 0; slot < candidate.width(); slot++) {
            own(candidate, slot);
        }
        int place = full ? size - 1 : size;
        Row free = place < rows.size() ? rows.get(place) : newRow();
        if (place == rows.size()) {
            rows.add(free);
        }
        while (place > 0 && compare(candidate, rows.get(place - 1)) < 0) {
            rows.set(place, rows.get(place - 1));
            place--;
        }
        rows.set(place, candidate);
        candidate = free;
        size += full ? 0 : 1;
    }

    /** Gives the slot bytes of its own: those of a computed text are overwritten by the next row's. */
    private static void own(Row row, int slot) {
        byte[] bytes = row.bytes[slot];
        if (bytes != null && !row.isNull(slot)) {
            byte[] copy = Arrays.copyOfRange(bytes, row.starts[slot], row.ends[slot]);
            row.setSource(slot, copy, 0, copy.length);
        }
    }

    /** Hands the rows on in their order. */
    void answer(SubqueryAnswer answer) {
        for (int place = 0; place < size; place++) {
            if (!answer.take(rows.get(place))) {
                return;
            }
        }
    }

    private int compare(Row one, Row other) {
        for (int key = 0; key < keys.size(); key++) {
            left.load(one, width + key);
            right.load(other, width + key);
            int order = compareValues(keys.get(key));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private int compareValues(SortKey key) {
        if (left.isNull() || right.isNull()) {
            return left.isNull() && right.isNull() ? 0 : left.isNull() == key.nullsFirst() ? -1 : 1;
        }
        int order = Values.compare(left, right);
        return key.descending() ? -order : order;
    }
}
