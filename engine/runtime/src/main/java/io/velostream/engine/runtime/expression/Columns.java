package io.velostream.engine.runtime.expression;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.sql.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of expressions made into slots: one that is just a slot of the input stays where it is, the others are
 * evaluated into slots of our own.
 */
public final class Columns {

    private final SqlType[] types;
    private final @Nullable Evaluator[] computed;
    private final int[] slots;
    private final Row own;
    private final boolean copiesOnly;

    /** Compiles the expressions. */
    public Columns(List<Expression> expressions, Origin origin) {
        int size = expressions.size();
        types = new SqlType[size];
        computed = new Evaluator[size];
        slots = new int[size];
        own = new Row(size, origin);
        boolean copies = true;
        for (int column = 0; column < size; column++) {
            Expression expression = expressions.get(column);
            types[column] = expression.type();
            if (expression instanceof Expression.Slot slot) {
                slots[column] = slot.index();
            } else {
                computed[column] = ExpressionCompiler.compile(expression, expression.type());
                slots[column] = column;
                copies = false;
            }
        }
        copiesOnly = copies;
    }

    /** Number of columns. */
    public int size() {
        return types.length;
    }

    /** The type of a column. */
    public SqlType type(int column) {
        return types[column];
    }

    /** Computes what must be computed; the columns are then where {@link #row} and {@link #slot} say. */
    public void evaluate(Row input) {
        if (copiesOnly) {
            return;
        }
        for (int column = 0; column < computed.length; column++) {
            Evaluator evaluator = computed[column];
            if (evaluator != null) {
                evaluator.store(input, own, column);
            }
        }
    }

    /** The row that holds a column. */
    public Row row(int column, Row input) {
        return computed[column] == null ? input : own;
    }

    /** The slot of that row. */
    public int slot(int column) {
        return slots[column];
    }
}
