package io.velostream.engine.runtime.aggregate;

import io.velostream.engine.runtime.expression.Evaluator;
import io.velostream.engine.runtime.operator.RecordFailure;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.GroupTable;
import io.velostream.engine.sql.function.SqlValues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The aggregates that keep several values of the group as a list: all, the different ones, the largest, the first, the
 * last. NULLs are left out. The object is the list; its durable form begins with its version.
 */
final class CollectedValues extends Accumulator {

    private static final byte VERSION = 1;
    private static final int OVERHEAD = 80;
    private static final int KEY = 64;

    private final Evaluator argument;
    private final Rule rule;
    private final int limit;
    private final ElementCodec codec;
    private @Nullable Object value;

    /** Which values are kept, and in which order. */
    enum Rule {
        /** COLLECT_LIST: in the order in which they came. */
        ALL,
        /** COLLECT_SET: each once, in the order in which they came first. */
        DIFFERENT,
        /** TOPK: the largest, the largest first. */
        LARGEST,
        /** TOPKDISTINCT: the largest different ones. */
        LARGEST_DIFFERENT,
        /** EARLIEST_BY_OFFSET with a number. */
        FIRST,
        /** LATEST_BY_OFFSET with a number: the latest last. */
        LAST,
        /** PERCENTILE_DISC: all in ascending order. */
        SORTED
    }

    /** The values of one group. */
    private static final class Kept {
        final List<Object> values = new ArrayList<>();
        final Set<Object> keys = new HashSet<>();
    }

    /**
     * @param limit how many are kept at most
     */
    CollectedValues(Evaluator argument, Rule rule, int limit) {
        super(0, 1);
        this.argument = argument;
        this.rule = rule;
        this.limit = limit;
        this.codec = new ElementCodec(argument.type());
    }

    @Override
    public void prepare(Row row) {
        value = argument.object(row);
    }

    @Override
    public void check(GroupTable table, int group) {
        Kept kept = kept(table, group);
        if (isOrdered() && value != null && kept != null && !kept.values.isEmpty()) {
            // Values of different kinds have no order: found out before anything changes.
            order(value, kept.values.getFirst());
        }
    }

    private static int order(Object left, Object right) {
        try {
            return SqlValues.compare(left, right);
        } catch (IllegalArgumentException incomparable) {
            throw new RecordFailure(
                    "TYPE_MISMATCH", "The values of an aggregate have no common order; CAST them to one type.");
        }
    }

    private boolean isOrdered() {
        return rule == Rule.LARGEST || rule == Rule.LARGEST_DIFFERENT || rule == Rule.SORTED;
    }

    @Override
    public void apply(GroupTable table, int group) {
        if (value != null) {
            add(table, keptOrNew(table, group), value);
        }
    }

    private void add(GroupTable table, Kept kept, Object added) {
        switch (rule) {
            case ALL -> append(table, kept, added);
            case DIFFERENT -> {
                if (kept.keys.add(SqlValues.key(added))) {
                    append(table, kept, added);
                    table.countObjectBytes(KEY);
                }
            }
            case FIRST -> {
                if (kept.values.size() < limit) {
                    append(table, kept, added);
                }
            }
            case LAST -> {
                append(table, kept, added);
                if (kept.values.size() > limit) {
                    table.countObjectBytes(-codec.bytes(kept.values.removeFirst()));
                }
            }
            case SORTED -> insert(table, kept, added, false);
            case LARGEST, LARGEST_DIFFERENT -> insert(table, kept, added, true);
        }
    }

    private void append(GroupTable table, Kept kept, Object added) {
        kept.values.add(added);
        table.countObjectBytes(codec.bytes(added));
    }

    /** Behind those that are equal, so that the first that came stays first. */
    private void insert(GroupTable table, Kept kept, Object added, boolean descending) {
        List<Object> values = kept.values;
        int low = 0;
        int high = values.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = order(values.get(middle), added);
            if (descending ? order >= 0 : order <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        boolean known = low > 0 && order(values.get(low - 1), added) == 0;
        if (low >= limit || known && rule == Rule.LARGEST_DIFFERENT) {
            return;
        }
        values.add(low, added);
        table.countObjectBytes(codec.bytes(added));
        if (values.size() > limit) {
            table.countObjectBytes(-codec.bytes(values.removeLast()));
        }
    }

    private @Nullable Kept kept(GroupTable table, int group) {
        return (Kept) table.object(group, object);
    }

    private Kept keptOrNew(GroupTable table, int group) {
        Kept kept = kept(table, group);
        if (kept == null) {
            kept = new Kept();
            table.object(group, object, kept);
            table.countObjectBytes(OVERHEAD);
        }
        return kept;
    }

    @Override
    public void merge(GroupTable table, int group, GroupTable later, int laterGroup) {
        Kept theirs = kept(later, laterGroup);
        if (theirs != null) {
            Kept kept = keptOrNew(table, group);
            theirs.values.forEach(each -> add(table, kept, each));
        }
    }

    /** The values of a group; empty for none. */
    List<Object> values(GroupTable table, int group) {
        Kept kept = kept(table, group);
        return kept == null ? List.of() : Collections.unmodifiableList(kept.values);
    }

    @Override
    public void result(GroupTable table, int group, Row out, int slot) {
        out.setObject(slot, values(table, group));
    }

    @Override
    public void write(GroupTable table, int group, GrowingBuffer out) {
        List<Object> values = values(table, group);
        out.put(VERSION);
        out.putVarint(values.size());
        values.forEach(each -> codec.write(each, out));
    }

    @Override
    public void read(GroupTable table, int group, ByteCursor in) {
        Versions.check(in.get(), VERSION);
        long size = in.getVarint();
        for (long i = 0; i < size; i++) {
            Object each = codec.read(in);
            Kept kept = keptOrNew(table, group);
            kept.values.add(each);
            if (rule == Rule.DIFFERENT) {
                kept.keys.add(SqlValues.key(each));
                table.countObjectBytes(KEY);
            }
            table.countObjectBytes(codec.bytes(each));
        }
    }
}
