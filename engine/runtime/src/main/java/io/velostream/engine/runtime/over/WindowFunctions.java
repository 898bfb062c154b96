package io.velostream.engine.runtime.over;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.OverCall;
import io.velostream.engine.plan.physical.OverRows;
import io.velostream.engine.plan.physical.OverWindow;
import io.velostream.engine.plan.physical.OverWindow.Frame;
import io.velostream.engine.plan.physical.StageOperator.AggregateCall;
import io.velostream.engine.runtime.aggregate.GroupLayout;
import io.velostream.engine.runtime.expression.Evaluator;
import io.velostream.engine.runtime.expression.ExpressionCompiler;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Tag;
import io.velostream.engine.runtime.row.Value;
import io.velostream.engine.runtime.state.GroupTable;
import io.velostream.engine.runtime.state.RowBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One window of OVER, compiled: takes rows into a partition and computes the functions for the row that came last.
 *
 * <p>Of each row only its order and the functions' arguments are kept. With a buffer the functions see its rows. Without
 * one, aggregates of all rows so far, and ROW_NUMBER in the order of time, go on in the order in which rows come and keep
 * no rows. Where only the first rows of the order are wanted, a row behind them is not taken.
 *
 * <p>Aggregates over all rows of a buffer are kept up while rows come in their order and none goes, and always where they
 * can take a row out exactly; else they are computed anew from the buffer.
 */
public final class WindowFunctions {

    private final OverWindow window;
    private final OverRows kept;
    private final boolean running;
    private final boolean keepsRows;
    private final RowOrder order;
    private final List<Evaluator> columns = new ArrayList<>();
    private final int keys;
    private final Map<Expression, Integer> arguments = new LinkedHashMap<>();
    private final List<RowFunction> functions = new ArrayList<>();
    private final List<Integer> functionSlots = new ArrayList<>();
    private final List<FrameAggregates> frames = new ArrayList<>();
    private final List<FrameAggregates> wholeFrames = new ArrayList<>();
    private final GroupLayout whole;
    /** Whether the aggregates of all rows can take a row out again: then its order does not matter to them. */
    private final boolean exact;

    private final int[] wholeSlots;
    private final Row incoming;
    private final Row buffered;
    private final Row results;

    /** The buffer's columns that are summed, where all aggregates of all rows are sums or means of DOUBLE; else empty. */
    private final int[] summedColumns;

    private double[] summed = new double[16];
    private final Value value = new Value();
    private final long fullAt;
    private final long first;
    private int position;

    /**
     * @param firstCell where the aggregates of all rows begin in a partition's cells
     * @param firstObject and in its objects
     */
    public WindowFunctions(OverWindow window, Origin origin, int firstCell, int firstObject) {
        this.window = window;
        this.kept = window.bufferRows()
                .map(rows -> new OverRows(0, rows, OverRows.NO_DISTANCE, false))
                .orElseGet(() -> OverRows.needed(window));
        this.first = window.first().orElse(Long.MAX_VALUE);
        this.fullAt = window.whenFull() ? kept.last() : 0;
        this.running = window.bufferRows().isEmpty() && !kept.everything();
        this.keepsRows = !kept.nothing();
        this.order = new RowOrder(window.orderBy());
        window.orderBy().forEach(key -> columns.add(ExpressionCompiler.compile(key.expression())));
        this.keys = columns.size();
        window.calls().stream().flatMap(call -> call.arguments().stream()).forEach(this::remember);
        this.incoming = new Row(columns.size(), origin);
        this.buffered = new Row(columns.size(), new Origin());
        Map<Frame, List<Integer>> byFrame = new LinkedHashMap<>();
        List<Integer> wholes = new ArrayList<>();
        for (int slot = 0; slot < window.calls().size(); slot++) {
            if (window.calls().get(slot) instanceof OverCall.Aggregated aggregated) {
                if (OverRows.isRunning(aggregated)) {
                    wholes.add(slot);
                }
                byFrame.computeIfAbsent(aggregated.frame(), frame -> new ArrayList<>())
                        .add(slot);
            } else {
                functions.add(function(window.calls().get(slot)));
                functionSlots.add(slot);
            }
        }
        byFrame.forEach((frame, slots) -> {
            boolean isWhole = wholes.contains(slots.getFirst());
            if (!isWhole || !running) {
                (isWhole ? wholeFrames : frames).add(aggregates(frame, slots));
            }
        });
        this.wholeSlots = wholes.stream().mapToInt(slot -> slot).toArray();
        this.whole = new GroupLayout(wholes.stream().map(this::aggregate).toList(), firstCell, firstObject);
        this.exact = !wholes.isEmpty() && whole.isRetractable();
        this.summedColumns = summedColumns();
        this.results = new Row(wholes.size(), new Origin());
    }

    private void remember(Expression argument) {
        if (!(argument instanceof Expression.Literal) && !arguments.containsKey(argument)) {
            arguments.put(argument, columns.size());
            columns.add(ExpressionCompiler.compile(argument, argument.type()));
        }
    }

    private int column(Expression argument) {
        Integer column = arguments.get(argument);
        if (column == null) {
            throw new IllegalArgumentException("A constant is not kept of each row.");
        }
        return column;
    }

    private int[] summedColumns() {
        int[] places = new int[wholeSlots.length];
        for (int call = 0; call < places.length; call++) {
            List<Expression> of = window.calls().get(wholeSlots[call]).arguments();
            if (!whole.addsDoubles() || of.getFirst() instanceof Expression.Literal) {
                return new int[0];
            }
            places[call] = column(of.getFirst());
        }
        return places;
    }

    private AggregateCall aggregate(int slot) {
        AggregateCall call = ((OverCall.Aggregated) window.calls().get(slot)).call();
        return new AggregateCall(
                call.function(),
                call.distinct(),
                call.arguments().stream().map(this::overBuffer).toList(),
                call.type());
    }

    private Expression overBuffer(Expression argument) {
        return argument instanceof Expression.Literal
                ? argument
                : new Expression.Slot(column(argument), "argument", argument.type());
    }

    private FrameAggregates aggregates(Frame frame, List<Integer> slots) {
        return new FrameAggregates(
                slots.stream().map(this::aggregate).toList(),
                new FrameBounds(frame, order),
                slots.stream().mapToInt(slot -> slot).toArray(),
                columns.size());
    }

    private RowFunction function(OverCall call) {
        return switch (call) {
            case OverCall.Offset offset ->
                offset.value() instanceof Expression.Literal literal
                        ? Functions.offsetOfConstant(offset, literal)
                        : Functions.offset(offset, column(offset.value()));
            case OverCall.Nth nth ->
                nth.value() instanceof Expression.Literal literal
                        ? Functions.constant(literal)
                        : Functions.nth(nth, column(nth.value()), new FrameBounds(nth.frame(), order));
            case OverCall.Ranking ranking -> running ? Functions.count() : Functions.ranking(ranking, order);
            case OverCall.Aggregated aggregated ->
                throw new IllegalArgumentException("The aggregate " + aggregated.name() + " has a frame.");
        };
    }

    /** Cells of a partition that the aggregates of all rows take. */
    public int cells() {
        return whole.cells();
    }

    /** Objects of a partition that the aggregates of all rows take. */
    public int objects() {
        return whole.objects();
    }

    /** Number of results. */
    public int size() {
        return window.calls().size();
    }

    /** What is kept of a partition, empty. */
    public PartitionRows partition() {
        return new PartitionRows(columns.size());
    }

    /** Whether something is kept of a partition that its rows do not tell. */
    public boolean isRunning() {
        return running;
    }

    /**
     * Computes what is to be kept of a row and where it belongs.
     *
     * @throws io.velostream.engine.runtime.operator.RecordFailure when something has no value or no order; nothing has
     *     changed then
     */
    public void prepare(Row row, PartitionRows partition, GroupTable table, int group) {
        for (int column = 0; column < keys; column++) {
            columns.get(column).any(row, value);
            value.store(incoming, column);
        }
        for (int column = keys; column < columns.size(); column++) {
            columns.get(column).store(row, incoming, column);
        }
        position = order.positionOf(incoming, partition.rows);
        whole.prepare(incoming);
        for (FrameAggregates frame : frames) {
            frame.prepare(incoming);
        }
        if (running || partition.summed) {
            whole.check(table, group);
        }
    }

    /** Takes the prepared row into its partition. */
    public void take(PartitionRows partition, GroupTable table, int group) {
        RowBuffer rows = partition.rows;
        if (position >= first) {
            return;
        }
        partition.count++;
        if (!keepsRows) {
            whole.apply(table, group);
            return;
        }
        if (rows.size() == 0 && !running) {
            whole.reset(table, group);
            partition.summed = true;
        }
        boolean inOrder = position == rows.size();
        rows.insert(position, incoming);
        boolean isFull = isTooMuch(rows);
        if (running || (partition.summed && (exact || (inOrder && !isFull)))) {
            whole.apply(table, group);
        } else {
            partition.summed = false;
        }
        while (isFull) {
            evict(partition, table, group);
            isFull = isTooMuch(rows);
        }
        if (rows.size() > first) {
            rows.removeAt(rows.size() - 1);
        }
    }

    private void evict(PartitionRows partition, GroupTable table, int group) {
        RowBuffer rows = partition.rows;
        int oldest = (int) kept.first();
        if (!running && partition.summed) {
            rows.load(rows.arrived(oldest), buffered);
            whole.prepare(buffered);
            whole.retract(table, group);
        }
        int gone = rows.removeArrived(oldest);
        position -= gone < position ? 1 : 0;
    }

    private boolean isTooMuch(RowBuffer rows) {
        if (kept.everything() || rows.size() <= kept.first() + kept.last()) {
            return false;
        }
        if (kept.distance() == OverRows.NO_DISTANCE) {
            return true;
        }
        int oldest = rows.arrived((int) kept.first());
        int newest = rows.at(order.isDescending() ? 0 : rows.size() - 1);
        return !isMeasured(rows.tag(oldest, 0))
                || !isMeasured(rows.tag(newest, 0))
                || Math.abs(RowOrder.measure(rows, newest) - RowOrder.measure(rows, oldest)) > kept.distance();
    }

    private static boolean isMeasured(byte tag) {
        return tag == Tag.LONG || tag == Tag.DOUBLE;
    }

    /** Whether the row that came last is to be written. */
    public boolean isWritten(PartitionRows partition) {
        return position < first && partition.rows.size() >= fullAt;
    }

    /** Computes the functions for the row that was taken last; results go into slots from {@code firstSlot} on. */
    public void compute(PartitionRows partition, GroupTable table, int group, Row input, Row out, int firstSlot) {
        for (int i = 0; i < functions.size(); i++) {
            functions.get(i).compute(partition, position, input, out, firstSlot + functionSlots.get(i));
        }
        for (FrameAggregates frame : frames) {
            frame.compute(partition, position, out, firstSlot);
        }
        if (wholeSlots.length == 0) {
            return;
        }
        if (!running && position < partition.rows.size() - 1) {
            for (FrameAggregates frame : wholeFrames) {
                frame.compute(partition, position, out, firstSlot);
            }
            return;
        }
        if (!running && !partition.summed) {
            sum(partition, table, group);
        }
        whole.results(table, group, results, 0);
        for (int call = 0; call < wholeSlots.length; call++) {
            out.copy(results, call, firstSlot + wholeSlots[call]);
        }
    }

    private void sum(PartitionRows partition, GroupTable table, int group) {
        whole.reset(table, group);
        RowBuffer rows = partition.rows;
        if (summedColumns.length > 0 && summed.length < rows.size()) {
            summed = new double[rows.size() * 2];
        }
        for (int call = 0; call < summedColumns.length; call++) {
            whole.add(call, table, group, summed, rows.doubles(summedColumns[call], summed));
        }
        for (int each = 0; each < rows.size() && summedColumns.length == 0; each++) {
            rows.load(rows.at(each), buffered);
            whole.prepare(buffered);
            whole.check(table, group);
            whole.apply(table, group);
        }
        partition.summed = true;
    }

    /** Forgets what is kept of a partition. */
    public void forget(PartitionRows partition, GroupTable table, int group) {
        partition.rows.removeAll();
        partition.count = 0;
        partition.summed = true;
        whole.reset(table, group);
    }

    /** Appends what the rows do not tell. */
    public void write(PartitionRows partition, GroupTable table, int group, GrowingBuffer out) {
        out.putVarint(partition.count);
        whole.write(table, group, out);
    }

    /** Takes it back. */
    public void read(PartitionRows partition, GroupTable table, int group, ByteCursor in) {
        partition.count = in.getVarint();
        whole.reset(table, group);
        whole.read(table, group, in);
    }

    /** Takes a row back that had been in a place of the buffer. */
    public void restore(PartitionRows partition, int place, Row row, long number) {
        partition.rows.forget(place);
        partition.rows.restore(place, order.positionOf(row, number, partition.rows), row, number);
        partition.summed = false;
    }

    /** Columns of a buffered row. */
    public int width() {
        return columns.size();
    }
}
