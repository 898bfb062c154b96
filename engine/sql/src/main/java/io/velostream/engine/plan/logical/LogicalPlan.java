package io.velostream.engine.plan.logical;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.OverWindow;
import io.velostream.engine.plan.physical.OverWindow.SortKey;
import io.velostream.engine.plan.physical.RowLayout;
import io.velostream.engine.plan.physical.StageInput.FieldRead;
import io.velostream.engine.plan.physical.StageOperator.AggregateCall;
import io.velostream.engine.plan.physical.StageOperator.Emit;
import io.velostream.engine.plan.physical.StageOperator.Window;
import java.util.List;
import java.util.Optional;

/** A relational operator. Its expressions refer to the slots of its input. */
public sealed interface LogicalPlan {

    /** The slots that this operator produces. */
    RowLayout layout();

    /** The source at the bottom. */
    default Scan scan() {
        return switch (this) {
            case Scan scan -> scan;
            case Filter filter -> filter.input().scan();
            case Limit limit -> limit.input().scan();
            case Aggregate aggregate -> aggregate.input().scan();
            case Over over -> over.input().scan();
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
}
