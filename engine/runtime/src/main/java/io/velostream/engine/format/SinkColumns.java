package io.velostream.engine.format;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.StageOutput.SinkColumn;
import io.velostream.engine.runtime.expression.Columns;
import java.util.ArrayList;
import java.util.List;

/** The columns of a sink whose format has no names. */
final class SinkColumns {

    private SinkColumns() {}

    /** Their values, in their order. */
    static List<Expression> values(List<SinkColumn> columns, String format) {
        List<Expression> values = new ArrayList<>();
        for (SinkColumn column : columns) {
            if (!(column instanceof SinkColumn.Named(String name, Expression value))) {
                throw new IllegalArgumentException("A sink of the format " + format + " needs named columns.");
            }
            values.add(value);
        }
        return values;
    }

    /** A writer for each. */
    static ValueWriter[] writers(Columns columns) {
        ValueWriter[] writers = new ValueWriter[columns.size()];
        for (int column = 0; column < writers.length; column++) {
            writers[column] = new ValueWriter(columns.type(column));
        }
        return writers;
    }
}
