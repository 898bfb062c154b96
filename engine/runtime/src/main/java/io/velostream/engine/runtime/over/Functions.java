package io.velostream.engine.runtime.over;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.OverCall;
import io.velostream.engine.runtime.expression.Evaluator;
import io.velostream.engine.runtime.expression.ExpressionCompiler;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.RowBuffer;
import org.jspecify.annotations.Nullable;

/** The window functions that are no aggregates. */
final class Functions {

    private Functions() {}

    /**
     * LAG and LEAD.
     *
     * @param column where the buffer has the value
     */
    static RowFunction offset(OverCall.Offset call, int column) {
        Evaluator otherwise = call.otherwise()
                .map(expression -> ExpressionCompiler.compile(expression, call.type()))
                .orElse(null);
        return (partition, position, input, out, slot) -> {
            RowBuffer rows = partition.rows;
            long wanted = position - call.rows();
            if (wanted >= 0 && wanted < rows.size()) {
                rows.load(rows.at((int) wanted), column, out, slot);
            } else {
                store(otherwise, input, out, slot);
            }
        };
    }

    private static void store(@Nullable Evaluator otherwise, Row input, Row out, int slot) {
        if (otherwise == null) {
            out.setNull(slot);
        } else {
            otherwise.store(input, out, slot);
        }
    }

    /** LAG and LEAD of a constant: only whether there is a row matters. */
    static RowFunction offsetOfConstant(OverCall.Offset call, Expression.Literal literal) {
        Evaluator constant = ExpressionCompiler.compile(literal, call.type());
        Evaluator otherwise = call.otherwise()
                .map(expression -> ExpressionCompiler.compile(expression, call.type()))
                .orElse(null);
        return (partition, position, input, out, slot) -> {
            long wanted = position - call.rows();
            boolean isThere = wanted >= 0 && wanted < partition.rows.size();
            store(isThere ? constant : otherwise, input, out, slot);
        };
    }

    /** FIRST_VALUE and its kin of a constant. */
    static RowFunction constant(Expression.Literal literal) {
        Evaluator constant = ExpressionCompiler.compile(literal, literal.type());
        return (partition, position, input, out, slot) -> constant.store(input, out, slot);
    }

    /** FIRST_VALUE, LAST_VALUE and NTH_VALUE. */
    static RowFunction nth(OverCall.Nth call, int column, FrameBounds frame) {
        return (partition, position, input, out, slot) -> {
            RowBuffer rows = partition.rows;
            int first = frame.first(rows, position);
            int last = frame.last(rows, position);
            long wanted = call.place() == OverCall.Nth.LAST ? last : first + call.place() - 1;
            if (first <= wanted && wanted <= last) {
                rows.load(rows.at((int) wanted), column, out, slot);
            } else {
                out.setNull(slot);
            }
        };
    }

    /** How many rows have come, for a window that does not keep them. */
    static RowFunction count() {
        return (partition, position, input, out, slot) -> out.setLong(slot, partition.count);
    }

    /** The functions of the row's place. */
    static RowFunction ranking(OverCall.Ranking call, RowOrder order) {
        return switch (call.rank()) {
            case ROW_NUMBER -> (partition, position, input, out, slot) -> out.setLong(slot, position + 1L);
            case RANK ->
                (partition, position, input, out, slot) ->
                        out.setLong(slot, order.firstPeer(partition.rows, position) + 1L);
            case DENSE_RANK ->
                (partition, position, input, out, slot) ->
                        out.setLong(slot, order.ordersBefore(partition.rows, position) + 1L);
            case PERCENT_RANK ->
                (partition, position, input, out, slot) -> {
                    int others = partition.rows.size() - 1;
                    int before = order.firstPeer(partition.rows, position);
                    out.setDouble(slot, others == 0 ? 0 : (double) before / others);
                };
            case CUME_DIST ->
                (partition, position, input, out, slot) -> {
                    double upTo = order.lastPeer(partition.rows, position) + 1;
                    out.setDouble(slot, upTo / partition.rows.size());
                };
            case NTILE ->
                (partition, position, input, out, slot) ->
                        out.setLong(slot, bucket(position, partition.rows.size(), call.buckets()));
        };
    }

    /** Buckets differ by at most one row, the larger ones first. */
    private static long bucket(int position, int rows, long buckets) {
        long small = rows / buckets;
        long large = rows % buckets;
        long inLarge = large * (small + 1);
        return position < inLarge ? position / (small + 1) + 1 : large + (position - inLarge) / small + 1;
    }
}
