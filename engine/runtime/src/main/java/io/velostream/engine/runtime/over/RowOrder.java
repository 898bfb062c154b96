package io.velostream.engine.runtime.over;

import io.velostream.engine.plan.physical.OverWindow.SortKey;
import io.velostream.engine.runtime.expression.Values;
import io.velostream.engine.runtime.operator.RecordFailure;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Tag;
import io.velostream.engine.runtime.row.Value;
import io.velostream.engine.runtime.state.RowBuffer;
import java.util.List;

/** The order of buffered rows by their first columns; rows that are equal in them stand in the order they came in. */
final class RowOrder {

    private final boolean[] descending;
    private final boolean[] nullsFirst;
    private final Row buffered;
    private final Value left = new Value();
    private final Value right = new Value();

    RowOrder(List<SortKey> keys) {
        descending = new boolean[keys.size()];
        nullsFirst = new boolean[keys.size()];
        for (int key = 0; key < descending.length; key++) {
            descending[key] = keys.get(key).descending();
            nullsFirst[key] = keys.get(key).nullsFirst();
        }
        buffered = new Row(2, new Origin());
    }

    /** Whether rows are only in the order in which they came. */
    boolean isNone() {
        return descending.length == 0;
    }

    /** Whether the first key descends. */
    boolean isDescending() {
        return descending[0];
    }

    /** Whether NULLs of the first key stand first. */
    boolean isNullsFirst() {
        return nullsFirst[0];
    }

    /**
     * The position at which a row that comes now belongs.
     *
     * @throws RecordFailure when it has no order among the others
     */
    int positionOf(Row row, RowBuffer rows) {
        int low = 0;
        int high = rows.size();
        if (high == 0 || isNone() || compare(row, rows, rows.at(high - 1)) >= 0) {
            return high;
        }
        high--;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(row, rows, rows.at(middle)) >= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The position of a row that had been there before, with the number that it had. */
    int positionOf(Row row, long number, RowBuffer rows) {
        int low = 0;
        int high = rows.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            int place = rows.at(middle);
            int order = compare(row, rows, place);
            if (order > 0 || (order == 0 && number > rows.number(place))) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Orders a row whose keys are in its first slots and a buffered one. */
    private int compare(Row row, RowBuffer rows, int place) {
        for (int key = 0; key < descending.length; key++) {
            int order;
            if (row.tags[key] == Tag.LONG && rows.tag(place, key) == Tag.LONG) {
                order = direct(key, Long.compare(row.longs[key], rows.longAt(place, key)));
            } else {
                left.load(row, key);
                rows.load(place, key, buffered, 1);
                right.load(buffered, 1);
                order = compareValues(key);
            }
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private int direct(int key, int order) {
        return descending[key] ? -order : order;
    }

    private int compareValues(int key) {
        if (left.isNull() || right.isNull()) {
            return left.isNull() && right.isNull() ? 0 : left.isNull() == nullsFirst[key] ? -1 : 1;
        }
        return direct(key, Values.compare(left, right));
    }

    private boolean areEqual(RowBuffer rows, int place, int other) {
        for (int key = 0; key < descending.length; key++) {
            if (rows.tag(place, key) == Tag.LONG && rows.tag(other, key) == Tag.LONG) {
                if (rows.longAt(place, key) != rows.longAt(other, key)) {
                    return false;
                }
                continue;
            }
            rows.load(place, key, buffered, 0);
            rows.load(other, key, buffered, 1);
            left.load(buffered, 0);
            right.load(buffered, 1);
            if (compareValues(key) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The first position whose row is equal in order to the one at the position. */
    int firstPeer(RowBuffer rows, int position) {
        int first = isNone() ? 0 : position;
        while (first > 0 && areEqual(rows, rows.at(first - 1), rows.at(position))) {
            first--;
        }
        return first;
    }

    /** The last position whose row is equal in order to the one at the position. */
    int lastPeer(RowBuffer rows, int position) {
        int last = isNone() ? rows.size() - 1 : position;
        while (last + 1 < rows.size() && areEqual(rows, rows.at(last + 1), rows.at(position))) {
            last++;
        }
        return last;
    }

    /** How many different orders there are before the position's. */
    int ordersBefore(RowBuffer rows, int position) {
        int orders = 0;
        int first = firstPeer(rows, position);
        for (int each = 0; each < first; each++) {
            if (each == 0 || !areEqual(rows, rows.at(each - 1), rows.at(each))) {
                orders++;
            }
        }
        return orders;
    }

    /**
     * A row's first key as a number to measure distances by.
     *
     * @throws RecordFailure when it is none
     */
    static double measure(RowBuffer rows, int place) {
        return switch (rows.tag(place, 0)) {
            case Tag.LONG -> rows.longAt(place, 0);
            case Tag.DOUBLE -> Double.longBitsToDouble(rows.longAt(place, 0));
            default ->
                throw new RecordFailure(
                        "TYPE_MISMATCH",
                        "RANGE measures the distance of numbers and moments, but the order is by text.");
        };
    }
}
