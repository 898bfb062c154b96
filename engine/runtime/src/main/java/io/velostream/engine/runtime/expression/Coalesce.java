package io.velostream.engine.runtime.expression;

import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Slice;
import io.velostream.engine.runtime.row.Tag;
import io.velostream.engine.runtime.row.Value;
import io.velostream.engine.sql.type.SqlType;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** COALESCE: the first argument that is not NULL; those behind it are not evaluated, so they cannot fail. */
final class Coalesce {

    private Coalesce() {}

    static Evaluator of(List<Evaluator> arguments, SqlType type) {
        List<Evaluator> same =
                arguments.stream().map(argument -> Coerce.to(argument, type)).toList();
        return switch (same.getFirst()) {
            case LongEvaluator first -> longs(same.toArray(LongEvaluator[]::new), type);
            case DoubleEvaluator first -> doubles(same.toArray(DoubleEvaluator[]::new));
            case BooleanEvaluator first -> booleans(same.toArray(BooleanEvaluator[]::new));
            case TextEvaluator first -> text(same.toArray(TextEvaluator[]::new));
            case DecimalEvaluator first -> decimals(same.toArray(DecimalEvaluator[]::new), first.decimal());
            case ObjectEvaluator first -> objects(same.toArray(Evaluator[]::new), type);
            case AnyEvaluator first -> any(same.toArray(AnyEvaluator[]::new));
        };
    }

    private static LongEvaluator longs(LongEvaluator[] arguments, SqlType type) {
        return new LongEvaluator(type) {
            @Override
            public long eval(Row row) {
                long value = 0;
                for (LongEvaluator argument : arguments) {
                    value = argument.eval(row);
                    if (!row.isNull) {
                        return value;
                    }
                }
                return value;
            }
        };
    }

    private static DoubleEvaluator doubles(DoubleEvaluator[] arguments) {
        return new DoubleEvaluator() {
            @Override
            public double eval(Row row) {
                double value = 0;
                for (DoubleEvaluator argument : arguments) {
                    value = argument.eval(row);
                    if (!row.isNull) {
                        return value;
                    }
                }
                return value;
            }
        };
    }

    private static BooleanEvaluator booleans(BooleanEvaluator[] arguments) {
        return new BooleanEvaluator() {
            @Override
            public int eval(Row row) {
                for (BooleanEvaluator argument : arguments) {
                    int value = argument.eval(row);
                    if (value != UNKNOWN) {
                        return value;
                    }
                }
                return UNKNOWN;
            }
        };
    }

    private static TextEvaluator text(TextEvaluator[] arguments) {
        return new TextEvaluator() {
            @Override
            public boolean eval(Row row, Slice into) {
                for (TextEvaluator argument : arguments) {
                    if (argument.eval(row, into)) {
                        return true;
                    }
                }
                return false;
            }
        };
    }

    private static DecimalEvaluator decimals(DecimalEvaluator[] arguments, SqlType.Decimal type) {
        return new DecimalEvaluator(type) {
            @Override
            public @Nullable BigDecimal eval(Row row) {
                for (DecimalEvaluator argument : arguments) {
                    BigDecimal value = argument.eval(row);
                    if (value != null) {
                        return value;
                    }
                }
                return null;
            }
        };
    }

    private static ObjectEvaluator objects(Evaluator[] arguments, SqlType type) {
        return new ObjectEvaluator(type) {
            @Override
            public @Nullable Object object(Row row) {
                for (Evaluator argument : arguments) {
                    Object value = argument.object(row);
                    if (value != null) {
                        return value;
                    }
                }
                return null;
            }
        };
    }

    private static AnyEvaluator any(AnyEvaluator[] arguments) {
        return new AnyEvaluator() {
            @Override
            public void any(Row row, Value into) {
                for (AnyEvaluator argument : arguments) {
                    argument.any(row, into);
                    if (into.tag != Tag.NULL) {
                        return;
                    }
                }
            }
        };
    }
}
