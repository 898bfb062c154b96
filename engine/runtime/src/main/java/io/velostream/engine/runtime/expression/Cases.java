package io.velostream.engine.runtime.expression;

import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Slice;
import io.velostream.engine.runtime.row.Value;
import io.velostream.engine.sql.type.SqlType;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Searched CASE: the result of the first branch whose condition is TRUE; the others are not evaluated. */
final class Cases {

    private Cases() {}

    /**
     * @param results one for each condition, and the one of ELSE at the end
     */
    static Evaluator of(List<BooleanEvaluator> conditions, List<Evaluator> results, SqlType type) {
        BooleanEvaluator[] when = conditions.toArray(BooleanEvaluator[]::new);
        List<Evaluator> same =
                results.stream().map(result -> Coerce.to(result, type)).toList();
        return switch (same.getFirst()) {
            case LongEvaluator first -> longs(when, same.toArray(LongEvaluator[]::new), type);
            case DoubleEvaluator first -> doubles(when, same.toArray(DoubleEvaluator[]::new));
            case BooleanEvaluator first -> booleans(when, same.toArray(BooleanEvaluator[]::new));
            case TextEvaluator first -> text(when, same.toArray(TextEvaluator[]::new));
            case DecimalEvaluator first -> decimals(when, same.toArray(DecimalEvaluator[]::new), first.decimal());
            case ObjectEvaluator first -> objects(when, same.toArray(Evaluator[]::new), type);
            case AnyEvaluator first -> any(when, same.toArray(AnyEvaluator[]::new));
        };
    }

    /** Index of the result: the number of conditions for ELSE. */
    private static int branch(BooleanEvaluator[] conditions, Row row) {
        int branch = 0;
        while (branch < conditions.length && conditions[branch].eval(row) != BooleanEvaluator.TRUE) {
            branch++;
        }
        return branch;
    }

    private static LongEvaluator longs(BooleanEvaluator[] when, LongEvaluator[] then, SqlType type) {
        return new LongEvaluator(type) {
            @Override
            public long eval(Row row) {
                return then[branch(when, row)].eval(row);
            }
        };
    }

    private static DoubleEvaluator doubles(BooleanEvaluator[] when, DoubleEvaluator[] then) {
        return new DoubleEvaluator() {
            @Override
            public double eval(Row row) {
                return then[branch(when, row)].eval(row);
            }
        };
    }

    private static BooleanEvaluator booleans(BooleanEvaluator[] when, BooleanEvaluator[] then) {
        return new BooleanEvaluator() {
            @Override
            public int eval(Row row) {
                return then[branch(when, row)].eval(row);
            }
        };
    }

    private static TextEvaluator text(BooleanEvaluator[] when, TextEvaluator[] then) {
        return new TextEvaluator() {
            @Override
            public boolean eval(Row row, Slice into) {
                return then[branch(when, row)].eval(row, into);
            }
        };
    }

    private static DecimalEvaluator decimals(BooleanEvaluator[] when, DecimalEvaluator[] then, SqlType.Decimal type) {
        return new DecimalEvaluator(type) {
            @Override
            public @Nullable BigDecimal eval(Row row) {
                return then[branch(when, row)].eval(row);
            }
        };
    }

    private static ObjectEvaluator objects(BooleanEvaluator[] when, Evaluator[] then, SqlType type) {
        return new ObjectEvaluator(type) {
            @Override
            public @Nullable Object object(Row row) {
                return then[branch(when, row)].object(row);
            }
        };
    }

    private static AnyEvaluator any(BooleanEvaluator[] when, AnyEvaluator[] then) {
        return new AnyEvaluator() {
            @Override
            public void any(Row row, Value into) {
                then[branch(when, row)].any(row, into);
            }
        };
    }
}
