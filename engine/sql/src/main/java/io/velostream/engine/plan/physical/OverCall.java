package io.velostream.engine.plan.physical;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.OverWindow.Frame;
import io.velostream.engine.plan.physical.StageOperator.AggregateCall;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.List;
import java.util.Optional;

/** One function over the ordered rows of a partition. */
public sealed interface OverCall {

    /** The type of the result. */
    SqlType type();

    /** As written in SQL. */
    String name();

    /** What is remembered of each row for it. */
    List<Expression> arguments();

    /**
     * LAG and LEAD.
     *
     * @param rows how many rows before the current one; behind it where negative
     * @param otherwise what stands for a row that is not there; else NULL
     */
    record Offset(Expression value, long rows, Optional<Expression> otherwise, SqlType type) implements OverCall {
        @Override
        public String name() {
            return rows < 0 ? "LEAD" : "LAG";
        }

        @Override
        public List<Expression> arguments() {
            return List.of(value);
        }
    }

    /**
     * The functions of the current row's place alone.
     *
     * @param buckets of NTILE; else 0
     */
    record Ranking(Rank rank, long buckets) implements OverCall {
        @Override
        public String name() {
            return rank.name();
        }

        @Override
        public List<Expression> arguments() {
            return List.of();
        }

        @Override
        public SqlType type() {
            return rank == Rank.PERCENT_RANK || rank == Rank.CUME_DIST ? Simple.DOUBLE : Simple.BIGINT;
        }
    }

    /** What {@link Ranking} computes. */
    enum Rank {
        ROW_NUMBER,
        RANK,
        DENSE_RANK,
        PERCENT_RANK,
        CUME_DIST,
        NTILE
    }

    /**
     * FIRST_VALUE, LAST_VALUE and NTH_VALUE; NULLs count.
     *
     * @param place in the frame from 1 on; {@link #LAST} for the last row
     */
    record Nth(Expression value, long place, Frame frame) implements OverCall {

        /** The place of the frame's last row. */
        public static final long LAST = 0;

        @Override
        public String name() {
            return place == LAST ? "LAST_VALUE" : place == 1 ? "FIRST_VALUE" : "NTH_VALUE";
        }

        @Override
        public List<Expression> arguments() {
            return List.of(value);
        }

        @Override
        public SqlType type() {
            return value.type();
        }
    }

    /** An aggregate over the frame. */
    record Aggregated(AggregateCall call, Frame frame) implements OverCall {
        @Override
        public String name() {
            return call.function();
        }

        @Override
        public List<Expression> arguments() {
            return call.arguments();
        }

        @Override
        public SqlType type() {
            return call.type();
        }
    }
}
