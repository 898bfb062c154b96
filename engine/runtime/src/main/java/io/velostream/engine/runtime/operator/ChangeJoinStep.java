package io.velostream.engine.runtime.operator;

import io.velostream.engine.plan.physical.JoinKind;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.KeyedRows;

/**
 * Joins two tables: a row that comes is added to every row of the other side that it meets, a row that goes is taken back
 * from them. Where a side is kept, its rows stand alone, with NULLs, as long as they meet none: the first partner takes
 * that row back and the last that goes brings it again.
 */
final class ChangeJoinStep extends PassingStep {

    private final StageContext context;
    private final RowKeys leftKeys;
    private final RowKeys rightKeys;
    private final KeyedRows left;
    private final KeyedRows right;
    private final JoinedRows joined;
    private final JoinKind kind;
    private final GrowingBuffer key = new GrowingBuffer(64);
    private final GrowingBuffer encoded = new GrowingBuffer(128);
    private final ByteCursor cursor = new ByteCursor();
    private final ByteCursor inner = new ByteCursor();

    /** Keys and rows of one side. */
    record Side(RowKeys keys, KeyedRows rows) {}

    ChangeJoinStep(StageContext context, Side left, Side right, JoinedRows joined, JoinKind kind, Step next) {
        super(next);
        this.context = context;
        this.leftKeys = left.keys();
        this.left = left.rows();
        this.rightKeys = right.keys();
        this.right = right.rows();
        this.joined = joined;
        this.kind = kind;
    }

    /** Takes the changes of the right side. */
    Step rightSide() {
        return new Step() {
            @Override
            void process(Row row) {
                change(row, false);
            }
        };
    }

    @Override
    void process(Row row) {
        change(row, true);
    }

    private void change(Row row, boolean isLeft) {
        boolean removal = context.retract;
        KeyedRows own = isLeft ? left : right;
        key.clear();
        boolean known = (isLeft ? leftKeys : rightKeys).write(row, key);
        TableSideStep.encode(row, encoded);
        if (known && removal) {
            own.remove(key, encoded);
        }
        int partners = known ? meetAll(row, isLeft, removal) : 0;
        boolean keeps = isLeft ? kind.keepsLeft() : kind.keepsRight();
        if (partners == 0 && keeps) {
            fill(row, isLeft);
            joined.sideNull(!isLeft);
            hand(removal);
        }
        if (known && !removal) {
            own.add(key, encoded);
        }
        context.retract = removal;
    }

    private void fill(Row row, boolean isLeft) {
        if (isLeft) {
            joined.left(row);
        } else {
            joined.right(row);
        }
    }

    private void hand(boolean removal) {
        context.retract = removal;
        next.process(joined.row());
    }

    /** Hands on the row with each partner; the row is not among its own side's at this time. */
    private int meetAll(Row row, boolean isLeft, boolean removal) {
        KeyedRows others = isLeft ? right : left;
        boolean keepsOthers = isLeft ? kind.keepsRight() : kind.keepsLeft();
        int partners = 0;
        fill(row, isLeft);
        for (int match = others.first(key.buffer(), 0, key.position());
                match != KeyedRows.NONE;
                match = others.next(match)) {
            others.open(match, cursor);
            joined.side(!isLeft, cursor);
            if (!joined.meet()) {
                continue;
            }
            partners++;
            boolean alone = keepsOthers && isAlone(isLeft);
            fill(row, isLeft);
            for (long times = others.count(match); times > 0; times--) {
                if (alone && !removal) {
                    joined.sideNull(isLeft);
                    hand(true);
                    fill(row, isLeft);
                }
                hand(removal);
                if (alone && removal) {
                    joined.sideNull(isLeft);
                    hand(false);
                    fill(row, isLeft);
                }
            }
        }
        return partners;
    }

    /** Whether the other side's row in the joined row meets none of the own side's rows that are there. */
    private boolean isAlone(boolean isLeft) {
        KeyedRows own = isLeft ? left : right;
        for (int match = own.first(key.buffer(), 0, key.position()); match != KeyedRows.NONE; match = own.next(match)) {
            own.open(match, inner);
            joined.side(isLeft, inner);
            if (joined.meet()) {
                return false;
            }
        }
        return true;
    }
}
