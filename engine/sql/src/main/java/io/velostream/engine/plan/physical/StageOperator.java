package io.velostream.engine.plan.physical;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.sql.type.SqlType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One step of a stage. Expressions refer to the slots of the layout before it. */
public sealed interface StageOperator {

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

        /** {@code [start, end)} aligned to the epoch; it closes when the watermark reaches end + grace. */
        record Tumbling(Duration size, Duration grace) implements Window {}
    }

    /** When an aggregate writes rows. */
    enum Emit {
        /** One row an input row. */
        CHANGES,
        /** One row when the window closes. */
        FINAL
    }
}
