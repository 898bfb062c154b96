package io.velostream.engine.plan.physical;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.StageOperator.AggregateCall;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The most that one group, session or row of a state takes on the heap, so that a job can be sized before it runs. Arrays
 * double when they are full, so that at worst half of them is empty; texts and structures come on top, twice their length,
 * since theirs is not known. The formulas are in {@code docs/reference/memory.md}.
 */
public final class StateMemory {

    /** Buckets, order and the mark of change of an entry, and its own header. */
    private static final long ENTRY = 16 + 8 + 8 + 8;

    private static final long CELL = 8;
    private static final long REFERENCE = 4;
    private static final long LEAST_KEY = 16;
    private static final long LENGTH = 10;
    private static final long LARGEST_ENTRY_OF_KEYS = 22;
    private static final long KEPT_VALUE = 96;
    private static final long HYPERLOGLOG = 2_400;
    private static final int SESSION_CELLS = 4;
    private static final long SESSION_NUMBER = 8;

    /** Time, links and place in its block, 29 bytes; 4 in each of two lists that double; 8 in the queue, and the keys'. */
    private static final long TIMED_ROW = 2 * 29 + 2 * (4 + 4) + 8 + 8 + LARGEST_ENTRY_OF_KEYS;

    private static final Set<String> GROWING = Set.of(
            "COLLECT_LIST",
            "COLLECT_SET",
            "TOPK",
            "TOPKDISTINCT",
            "FIRST_N",
            "LAST_N",
            "STRING_AGG",
            "HISTOGRAM",
            "MEDIAN",
            "PERCENTILE_CONT",
            "PERCENTILE_DISC",
            "APPROX_PERCENTILE");

    private StateMemory() {}

    /**
     * What an aggregate keeps of a group.
     *
     * @param cells of 8 bytes
     * @param objects references to what has bytes of its own
     * @param bytes of those objects
     */
    public record Kept(int cells, int objects, long bytes) {}

    /** What an aggregate keeps of a group; empty where that grows with the group's values. */
    public static Optional<Kept> kept(AggregateCall call) {
        if (call.distinct() || GROWING.contains(call.function())) {
            return Optional.empty();
        }
        SqlType type = call.arguments().isEmpty()
                ? Simple.BIGINT
                : call.arguments().getFirst().type();
        return Optional.of(
                switch (call.function()) {
                    case "COUNT" -> new Kept(1, 0, 0);
                    case "SUM", "AVG" -> type == Simple.ANY ? new Kept(5, 1, KEPT_VALUE) : new Kept(4, 0, 0);
                    case "MIN", "MAX" -> isLong(type) ? new Kept(2, 0, 0) : new Kept(0, 1, KEPT_VALUE);
                    case "DELTA" -> isLong(type) ? new Kept(4, 0, 0) : new Kept(0, 2, 2 * KEPT_VALUE);
                    case "FIRST", "LAST" -> new Kept(0, 1, KEPT_VALUE);
                    case "ATTR" -> new Kept(1, 1, KEPT_VALUE);
                    case "STDDEV", "STDDEV_POP", "VARIANCE", "VAR_POP" -> new Kept(3, 0, 0);
                    case "APPROX_COUNT_DISTINCT" -> new Kept(0, 1, HYPERLOGLOG);
                    default -> new Kept(6, 0, 0);
                });
    }

    private static boolean isLong(SqlType type) {
        return type == Simple.DOUBLE
                || type == Simple.BIGINT
                || type == Simple.TIMESTAMP
                || type == Simple.DATE
                || type == Simple.TIME
                || type == Simple.INTERVAL
                || type instanceof SqlType.Decimal decimal && decimal.precision() <= 18;
    }

    /** Bytes of a group; empty where an aggregate grows with its values. */
    public static Optional<Long> group(List<Expression> keys, List<AggregateCall> calls) {
        return group(calls, 1, key(keys));
    }

    /** Bytes of a session with its place among those of its key; empty where an aggregate grows with its values. */
    public static Optional<Long> session(List<Expression> keys, List<AggregateCall> calls) {
        return group(calls, SESSION_CELLS, SESSION_NUMBER + key(keys)).map(bytes -> bytes + entry(1, 0, key(keys)));
    }

    /** One reference is for the headers of the last record, which a final result has. */
    private static Optional<Long> group(List<AggregateCall> calls, int ownCells, long key) {
        long cells = ownCells;
        long objects = 1;
        long bytes = 0;
        for (AggregateCall call : calls) {
            Optional<Kept> kept = kept(call);
            if (kept.isEmpty()) {
                return Optional.empty();
            }
            cells += kept.get().cells();
            objects += kept.get().objects();
            bytes += kept.get().bytes();
        }
        return Optional.of(entry(cells, objects, key) + bytes);
    }

    private static long key(List<Expression> keys) {
        return keys.stream().mapToLong(each -> inKey(each.type())).sum();
    }

    private static long entry(long cells, long objects, long key) {
        return 2 * (ENTRY + CELL * cells + REFERENCE * objects) + 2 * Math.max(LEAST_KEY, key);
    }

    /** Bytes of a row of a table by its record key, whose bytes come on top. */
    public static long tableRow(RowLayout row) {
        return entry(0, 1, 0) + 16 + row(row);
    }

    /** Bytes of a row that is looked up by keys. */
    public static long lookedUpRow(List<Expression> keys, RowLayout row) {
        return entry(3, 0, LENGTH + key(keys) + row(row)) + LARGEST_ENTRY_OF_KEYS;
    }

    /** Bytes of a row that a join of streams keeps for its time. */
    public static long timedRow(List<Expression> keys, List<RowLayout.Column> row) {
        return TIMED_ROW + 2 * (2 * LENGTH + key(keys) + row(new RowLayout(row)));
    }

    private static long row(RowLayout row) {
        return row.columns().stream().mapToLong(column -> inRow(column.type())).sum();
    }

    /** Bytes of a value in a key at most, without those of a text. */
    private static long inKey(SqlType type) {
        return switch (type) {
            case SqlType.Decimal _ -> 48;
            case Simple simple when simple == Simple.BOOLEAN || simple == Simple.NULL -> 1;
            case Simple simple when isLong(simple) -> 9;
            default -> 11;
        };
    }

    /** Bytes of a value in a row at most, without those of a text. */
    private static long inRow(SqlType type) {
        return type instanceof SqlType.Decimal ? 48 : type == Simple.DOUBLE ? 9 : 11;
    }
}
