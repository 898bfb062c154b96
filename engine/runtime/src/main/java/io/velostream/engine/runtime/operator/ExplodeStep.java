package io.velostream.engine.runtime.operator;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.StageOperator;
import io.velostream.engine.runtime.expression.Evaluator;
import io.velostream.engine.runtime.expression.ExpressionCompiler;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a row for each place of the longest of some arrays. */
final class ExplodeStep extends PassingStep {

    private final List<Evaluator> arrays;
    /** Each gives the element of its array at the position behind the arrays. */
    private final List<Evaluator> elements = new ArrayList<>();
    /** The arrays as lists, then the position. */
    private final Row register;

    private final Row out;
    private final int width;

    ExplodeStep(StageOperator.Explode explode, Origin origin, Step next) {
        super(next);
        int count = explode.arrays().size();
        this.arrays = explode.arrays().stream().map(ExpressionCompiler::compile).toList();
        Expression position = new Expression.Slot(count, "position", Simple.BIGINT);
        for (int i = 0; i < count; i++) {
            SqlType type = explode.arrays().get(i).type();
            SqlType element = type instanceof SqlType.Array array ? array.element() : Simple.ANY;
            elements.add(ExpressionCompiler.compile(
                    new Expression.Index(new Expression.Slot(i, "array", type), position, element)));
        }
        this.register = new Row(count + 1, origin);
        this.out = new Row(explode.layout().columns().size(), origin);
        this.width = explode.layout().columns().size() - count;
    }

    @Override
    void process(Row row) {
        int longest = 0;
        for (int i = 0; i < arrays.size(); i++) {
            longest = Math.max(longest, load(arrays.get(i).object(row), i));
        }
        for (int position = 1; position <= longest; position++) {
            for (int slot = 0; slot < width; slot++) {
                out.copy(row, slot, slot);
            }
            register.setLong(arrays.size(), position);
            for (int i = 0; i < elements.size(); i++) {
                elements.get(i).store(register, out, width + i);
            }
            next.process(out);
        }
    }

    /** Keeps an array; returns its length. */
    private int load(@Nullable Object value, int slot) {
        if (value == null) {
            register.setNull(slot);
            return 0;
        }
        if (!(value instanceof List<?> list)) {
            throw new RecordFailure(
                    "TYPE_MISMATCH",
                    "EXPLODE needs an array, but the record has another value there; filter such records, or convert the"
                            + " value.");
        }
        register.setObject(slot, list);
        return list.size();
    }
}
