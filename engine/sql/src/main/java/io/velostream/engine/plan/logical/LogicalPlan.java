package io.velostream.engine.plan.logical;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.JoinKind;
import io.velostream.engine.plan.physical.OverWindow;
import io.velostream.engine.plan.physical.OverWindow.SortKey;
import io.velostream.engine.plan.physical.RowLayout;
import io.velostream.engine.plan.physical.StageInput.FieldRead;
import io.velostream.engine.plan.physical.StageOperator.AggregateCall;
import io.velostream.engine.plan.physical.StageOperator.Emit;
import io.velostream.engine.plan.physical.StageOperator.Window;
import io.velostream.engine.plan.physical.TimeBound;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A relational operator. Its expressions refer to the slots of its input. */
public sealed interface LogicalPlan {

    /** The slots that this operator produces. */
    RowLayout layout();

    /** Whether rows are added and taken back, as they are in a table, and not only added. */
    default boolean changes() {
        return switch (this) {
            case Scan _ -> false;
            case Changes _ -> true;
            case Project project -> project.input().changes();
            case Filter filter -> filter.input().changes();
            case Limit limit -> limit.input().changes();
            case Aggregate aggregate -> aggregate.input().changes();
            case Join join -> join.form() instanceof JoinForm.TableTable;
            case Lookup lookup -> lookup.input().changes();
            case Over over -> over.input().changes();
            case Explode explode -> explode.input().changes();
            case Sort sort -> sort.input().changes();
        };
    }

    /** The source at the bottom, of a join the left one. */
    default Scan scan() {
        return switch (this) {
            case Scan scan -> scan;
            case Changes changes -> changes.input();
            case Project project -> project.input().scan();
            case Filter filter -> filter.input().scan();
            case Join join -> join.left().scan();
            case Lookup lookup -> lookup.input().scan();
            case Limit limit -> limit.input().scan();
            case Aggregate aggregate -> aggregate.input().scan();
            case Over over -> over.input().scan();
            case Explode explode -> explode.input().scan();
            case Sort sort -> sort.input().scan();
        };
    }

    /**
     * Reads a source.
     *
     * @param fields one a slot
     * @param eventTimeSlot the field that carries event time, where it is not the record's timestamp
     * @param wholeValue whether {@code *} of a source without declared columns wants every field as it came
     */
    record Scan(SourceDefinition source, List<FieldRead> fields, Optional<Integer> eventTimeSlot, boolean wholeValue)
            implements LogicalPlan {
        public Scan {
            fields = List.copyOf(fields);
        }

        /** The field whose records move time, where only some do. */
        public Optional<Integer> punctuationSlot() {
            return FieldRead.slotOf(fields, source.watermark().punctuation());
        }

        @Override
        public RowLayout layout() {
            return new RowLayout(fields.stream()
                    .map(field -> new RowLayout.Column(field.name(), field.type()))
                    .toList());
        }
    }

    /**
     * Reads a table as what changes in it: an update takes the row back that was there and adds the new one, a tombstone
     * takes it back. Rows are told apart by the record key.
     */
    record Changes(Scan input) implements LogicalPlan {
        @Override
        public RowLayout layout() {
            return input.layout();
        }
    }

    /** Computes a new row. */
    record Project(LogicalPlan input, List<Expression> columns, RowLayout layout) implements LogicalPlan {
        public Project {
            columns = List.copyOf(columns);
        }
    }

    /** Keeps the rows for which the predicate is true. */
    record Filter(LogicalPlan input, Expression predicate) implements LogicalPlan {
        @Override
        public RowLayout layout() {
            return input.layout();
        }
    }

    /** GROUP BY; the output is the keys, then the aggregates, then the window's start and end. */
    record Aggregate(
            LogicalPlan input,
            List<Expression> keys,
            List<AggregateCall> calls,
            Optional<Window> window,
            Emit emit,
            RowLayout layout)
            implements LogicalPlan {
        public Aggregate {
            keys = List.copyOf(keys);
            calls = List.copyOf(calls);
        }
    }

    /** Window functions; the output is the input's slots, then the results of the calls, window by window. */
    record Over(LogicalPlan input, List<Expression> partitionBy, List<OverWindow> windows, RowLayout layout)
            implements LogicalPlan {
        public Over {
            partitionBy = List.copyOf(partitionBy);
            windows = List.copyOf(windows);
        }
    }

    /**
     * Makes a row for each place of the longest of some arrays; the output is the input's slots, then one element of each
     * array, NULL where it has none.
     */
    record Explode(LogicalPlan input, List<Expression> arrays, RowLayout layout) implements LogicalPlan {
        public Explode {
            arrays = List.copyOf(arrays);
        }
    }

    /**
     * Puts the rows of each closed window in order.
     *
     * @param rows how many of each window go on, from the first on; empty: all
     */
    record Sort(LogicalPlan input, List<SortKey> orderBy, Optional<Long> rows) implements LogicalPlan {
        public Sort {
            orderBy = List.copyOf(orderBy);
        }

        @Override
        public RowLayout layout() {
            return input.layout();
        }
    }

    /** Ends after so many rows. */
    record Limit(LogicalPlan input, long rows) implements LogicalPlan {
        @Override
        public RowLayout layout() {
            return input.layout();
        }
    }

    /**
     * Joins two inputs; a row of the result is the left row's slots, then the right row's.
     *
     * @param leftKeys over the left row; equal to the right keys in the rows that meet
     * @param rightKeys over the right row
     * @param residual what else must hold, over the joined row
     */
    record Join(
            JoinKind kind,
            JoinForm form,
            LogicalPlan left,
            LogicalPlan right,
            List<Expression> leftKeys,
            List<Expression> rightKeys,
            Optional<Expression> residual)
            implements LogicalPlan {
        public Join {
            leftKeys = List.copyOf(leftKeys);
            rightKeys = List.copyOf(rightKeys);
        }

        @Override
        public RowLayout layout() {
            List<RowLayout.Column> columns = new ArrayList<>(left.layout().columns());
            columns.addAll(right.layout().columns());
            return new RowLayout(columns);
        }
    }

    /** What is joined with what. */
    sealed interface JoinForm {

        /** A stream on the left looks up the present version of a table on the right. */
        record StreamTable() implements JoinForm {}

        /** Two streams, rows that are close in event time. */
        record StreamStream(TimeBound bound) implements JoinForm {}

        /** Two tables; the result changes when either does. */
        record TableTable() implements JoinForm {}
    }

    /** Computes subqueries for each row and puts their results behind its slots. */
    record Lookup(LogicalPlan input, List<Subquery> subqueries) implements LogicalPlan {
        public Lookup {
            subqueries = List.copyOf(subqueries);
        }

        @Override
        public RowLayout layout() {
            List<RowLayout.Column> columns = new ArrayList<>(input.layout().columns());
            for (int i = 0; i < subqueries.size(); i++) {
                columns.add(new RowLayout.Column(
                        "subquery_" + (i + 1), subqueries.get(i).type()));
            }
            return new RowLayout(columns);
        }
    }
}
