package io.velostream.engine.plan.physical;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.sql.type.SqlType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One step of a stage. Expressions refer to the slots of the layout before it. */
public sealed interface StageOperator {

    /** The name of the operator's state store, when it has state of its own. */
    default Optional<String> store() {
        return Optional.empty();
    }

    /** Inputs beside the stage's own, in the order in which the stage counts them. */
    default List<StageInput.Repartition> sides() {
        return List.of();
    }

    /** Keeps the rows for which the predicate is true; a dropped row still advances time. */
    record Filter(Expression predicate) implements StageOperator {}

    /** Computes a new row. */
    record Project(List<Expression> columns, RowLayout layout) implements StageOperator {
        public Project {
            columns = List.copyOf(columns);
        }
    }

    /** Stops after so many rows. */
    record Limit(long rows) implements StageOperator {}

    /**
     * GROUP BY, in a window or without one. The output row holds the keys, then the aggregates, then, in a window, its
     * start and end as BIGINT milliseconds.
     *
     * @param storeName names the state store and its changelog; it holds the fingerprint of what the state depends on
     *     (keys, aggregates with types, window, watermark rule), so another shape never reads this state
     */
    record Aggregate(
            String storeName,
            List<Expression> keys,
            List<AggregateCall> aggregates,
            Optional<Window> window,
            Emit emit,
            RowLayout layout)
            implements StageOperator {
        public Aggregate {
            keys = List.copyOf(keys);
            aggregates = List.copyOf(aggregates);
        }

        @Override
        public Optional<String> store() {
            return Optional.of(storeName);
        }
    }

    /**
     * Window functions: each row goes out at once with their results behind its own slots. The rows that the functions
     * look back at are kept by partition.
     *
     * @param storeName names the state store and its changelog, as for {@link Aggregate}
     * @param partitionBy empty: all rows are one partition
     * @param layout the input's slots, then one a call, window by window
     */
    record Over(String storeName, List<Expression> partitionBy, List<OverWindow> windows, RowLayout layout)
            implements StageOperator {
        public Over {
            partitionBy = List.copyOf(partitionBy);
            windows = List.copyOf(windows);
        }

        @Override
        public Optional<String> store() {
            return Optional.of(storeName);
        }

        /** Number of slots of the input. */
        public int inputWidth() {
            return layout.columns().size()
                    - windows.stream().mapToInt(window -> window.calls().size()).sum();
        }
    }

    /**
     * Keeps the rows of a table by their record key, so that each update hands on the row that was there, taken back, and
     * then the new one. It is the first operator of its stage.
     */
    record Materialize(String storeName, RowLayout layout) implements StageOperator {
        @Override
        public Optional<String> store() {
            return Optional.of(storeName);
        }
    }

    /** Hands on what is added and drops what is taken back: a stream never takes anything back. */
    record Additions() implements StageOperator {}

    /**
     * Looks up the rows of a table that have the row's keys. The output row is the row's slots, then the table's.
     *
     * @param keepsUnmatched whether a row without a partner goes on with NULLs
     * @param table the table's changes
     * @param tableKeys over the table's row
     * @param residual what else must hold, over the output row
     */
    record TableJoin(
            String storeName,
            boolean keepsUnmatched,
            List<Expression> keys,
            StageInput.Repartition table,
            List<Expression> tableKeys,
            Optional<Expression> residual,
            RowLayout layout)
            implements StageOperator {
        public TableJoin {
            keys = List.copyOf(keys);
            tableKeys = List.copyOf(tableKeys);
        }

        @Override
        public Optional<String> store() {
            return Optional.of(storeName);
        }

        @Override
        public List<StageInput.Repartition> sides() {
            return List.of(table);
        }
    }

    /**
     * Puts the rows of each window in order: those with the same time, which is the window's end − 1 ms. They are held
     * until the watermark has passed it.
     *
     * @param storeName names the state store and its changelog, as for {@link Aggregate}
     * @param rows how many of each window go on; empty: all
     */
    record Sort(String storeName, List<OverWindow.SortKey> orderBy, Optional<Long> rows, RowLayout layout)
            implements StageOperator {
        public Sort {
            orderBy = List.copyOf(orderBy);
        }

        @Override
        public Optional<String> store() {
            return Optional.of(storeName);
        }
    }

    /**
     * Joins the rows of two streams that have equal keys and are close in event time. The output row is the left row's
     * slots, then the right row's; its event time is the later of both.
     */
    record StreamJoin(
            String storeName,
            JoinKind kind,
            TimeBound bound,
            List<Expression> keys,
            StageInput.Repartition right,
            List<Expression> rightKeys,
            Optional<Expression> residual,
            RowLayout layout)
            implements StageOperator {
        public StreamJoin {
            keys = List.copyOf(keys);
            rightKeys = List.copyOf(rightKeys);
        }

        @Override
        public Optional<String> store() {
            return Optional.of(storeName);
        }

        @Override
        public List<StageInput.Repartition> sides() {
            return List.of(right);
        }
    }

    /** Joins two tables given as changes; the output are changes. */
    record ChangeJoin(
            String storeName,
            JoinKind kind,
            List<Expression> keys,
            StageInput.Repartition right,
            List<Expression> rightKeys,
            Optional<Expression> residual,
            RowLayout layout)
            implements StageOperator {
        public ChangeJoin {
            keys = List.copyOf(keys);
            rightKeys = List.copyOf(rightKeys);
        }

        @Override
        public Optional<String> store() {
            return Optional.of(storeName);
        }

        @Override
        public List<StageInput.Repartition> sides() {
            return List.of(right);
        }
    }

    /**
     * GROUP BY over a table: a row that is taken back leaves its group. The output are changes of the groups' rows; a
     * group without rows is taken back, unless there are no keys.
     */
    record ChangeAggregate(String storeName, List<Expression> keys, List<AggregateCall> aggregates, RowLayout layout)
            implements StageOperator {
        public ChangeAggregate {
            keys = List.copyOf(keys);
            aggregates = List.copyOf(aggregates);
        }

        @Override
        public Optional<String> store() {
            return Optional.of(storeName);
        }
    }

    /**
     * Makes a row for each place of the longest of some arrays; the output row is the input row's slots, then an element
     * of each array, NULL where it has none.
     */
    record Explode(List<Expression> arrays, RowLayout layout) implements StageOperator {
        public Explode {
            arrays = List.copyOf(arrays);
        }
    }

    /** Computes subqueries; the output row is the input row's slots, then one slot a subquery. */
    record Lookup(String storeName, List<SubqueryPlan> subqueries, RowLayout layout) implements StageOperator {
        public Lookup {
            subqueries = List.copyOf(subqueries);
        }

        @Override
        public Optional<String> store() {
            return Optional.of(storeName);
        }

        @Override
        public List<StageInput.Repartition> sides() {
            return subqueries.stream()
                    .flatMap(SubqueryPlan::withNested)
                    .map(SubqueryPlan::table)
                    .toList();
        }
    }

    /**
     * One aggregate function.
     *
     * @param function canonical name in upper case, such as COUNT, SUM, AVG, MIN, MAX
     * @param arguments empty for COUNT(*)
     */
    record AggregateCall(String function, boolean distinct, List<Expression> arguments, SqlType type) {
        public AggregateCall {
            arguments = List.copyOf(arguments);
        }
    }

    /** A time window. */
    sealed interface Window {

        /** How much longer a window waits for records. */
        Duration grace();

        /** {@code [start, end)} aligned to the epoch; it closes when the watermark reaches end + grace. */
        record Tumbling(Duration size, Duration grace) implements Window {}

        /**
         * {@code [start, end)} at each multiple of the advance, so that windows overlap; each closes when the watermark
         * reaches end + grace.
         */
        record Sliding(Duration size, Duration advance, Duration grace) implements Window {}

        /**
         * The events of a key that are at most the gap apart; its end is the last event + gap, and it closes when the
         * watermark reaches end + grace.
         */
        record Session(Duration gap, Duration grace) implements Window {}
    }

    /** When an aggregate writes rows. */
    enum Emit {
        /** One row an input row. */
        CHANGES,
        /** One row when the window closes. */
        FINAL,
        /** One row when a group is new: what DISTINCT means. */
        FIRST
    }
}
