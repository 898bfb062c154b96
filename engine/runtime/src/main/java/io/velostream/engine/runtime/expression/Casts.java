package io.velostream.engine.runtime.expression;

import io.velostream.engine.format.IsoTime;
import io.velostream.engine.format.JsonTree;
import io.velostream.engine.runtime.operator.RecordFailure;
import io.velostream.engine.runtime.row.Decimals;
import io.velostream.engine.runtime.row.DoubleText;
import io.velostream.engine.runtime.row.IntegerText;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Slice;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * CAST: NULL stays NULL, and a value that has no counterpart in the other type fails the record with
 * {@code INVALID_CAST}. A fraction is cut when it becomes a BIGINT and rounded half up when it becomes a DECIMAL. Text
 * is read with white space around it ignored.
 */
final class Casts {

    private static final long DAY = 86_400_000L;

    private Casts() {}

    static Evaluator of(Evaluator operand, SqlType to) {
        SqlType from = operand.type();
        if (from.equals(to)) {
            return operand;
        }
        return switch (operand) {
            case LongEvaluator number when to == Simple.DOUBLE && from == Simple.BIGINT -> Coerce.toDouble(number);
            case LongEvaluator number when to == Simple.STRING && from == Simple.BIGINT -> longText(number);
            case DoubleEvaluator number when to == Simple.STRING -> doubleText(number);
            case ShortDecimalEvaluator number when to == Simple.STRING -> decimalText(number);
            case Evaluator any when to == Simple.ANY -> Coerce.toAny(any);
            default -> FromObject.of(row -> convert(operand.object(row), from, to), to);
        };
    }

    /** TRY_CAST: what cannot be converted is NULL. */
    static Evaluator lenient(Evaluator operand, SqlType to) {
        SqlType from = operand.type();
        return FromObject.of(
                row -> {
                    Object value = operand.object(row);
                    try {
                        return convert(value, from, to);
                    } catch (RecordFailure noCounterpart) {
                        return null;
                    }
                },
                to);
    }

    private static TextEvaluator longText(LongEvaluator operand) {
        return new TextEvaluator() {
            private final byte[] buffer = new byte[IntegerText.MAX_LONG];

            @Override
            public boolean eval(Row row, Slice into) {
                long value = operand.eval(row);
                if (row.isNull) {
                    return false;
                }
                into.set(buffer, 0, IntegerText.write(value, buffer, 0));
                return true;
            }
        };
    }

    private static TextEvaluator doubleText(DoubleEvaluator operand) {
        return new TextEvaluator() {
            private final byte[] buffer = new byte[DoubleText.MAX_DOUBLE];

            @Override
            public boolean eval(Row row, Slice into) {
                double value = operand.eval(row);
                if (row.isNull) {
                    return false;
                }
                into.set(buffer, 0, DoubleText.write(value, buffer, 0));
                return true;
            }
        };
    }

    private static TextEvaluator decimalText(ShortDecimalEvaluator operand) {
        int scale = operand.decimal().scale();
        return new TextEvaluator() {
            private final byte[] buffer = new byte[IntegerText.MAX_DECIMAL];

            @Override
            public boolean eval(Row row, Slice into) {
                long value = operand.unscaled(row);
                if (row.isNull) {
                    return false;
                }
                into.set(buffer, 0, IntegerText.writeScaled(value, scale, buffer, 0));
                return true;
            }
        };
    }

    /** Converts an argument to what a function takes; ANY takes it as it is. */
    static @Nullable Object widen(@Nullable Object value, SqlType from, SqlType to) {
        return from.equals(to) || to == Simple.ANY ? value : convert(value, from, to);
    }

    /** Converts an object from the form of one type to that of another. */
    private static @Nullable Object convert(@Nullable Object value, SqlType from, SqlType to) {
        if (value == null) {
            return null;
        }
        Object result = switch (to) {
            case SqlType.Decimal decimal -> toDecimal(value, decimal);
            case Simple simple ->
                switch (simple) {
                    case BIGINT, INTERVAL -> toLong(value, from);
                    case DOUBLE -> toDouble(value);
                    case BOOLEAN -> toBoolean(value);
                    case STRING -> JsonTree.text(value, from);
                    case TIMESTAMP -> toTimestamp(value, from);
                    case DATE -> toDate(value, from);
                    case TIME -> toTime(value, from);
                    case BYTES -> value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : value;
                    case ANY, NULL -> value;
                };
            default -> toContainer(value, from, to);
        };
        if (result == null) {
            throw Failures.cast(from == Simple.ANY ? describe(value) : from.toString(), to);
        }
        return result;
    }

    private static String describe(Object value) {
        return value instanceof String
                ? "STRING"
                : value.getClass().getSimpleName().toUpperCase(Locale.ROOT);
    }

    private static @Nullable BigDecimal number(Object value) {
        return switch (value) {
            case Long integer -> BigDecimal.valueOf(integer);
            case Double fraction -> BigDecimal.valueOf(fraction);
            case BigDecimal decimal -> decimal;
            case String text -> parse(text);
            case Boolean truth -> truth ? BigDecimal.ONE : BigDecimal.ZERO;
            default -> null;
        };
    }

    private static @Nullable BigDecimal parse(String text) {
        try {
            return new BigDecimal(text.strip());
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private static @Nullable BigDecimal toDecimal(Object value, SqlType.Decimal type) {
        BigDecimal number = number(value);
        return number == null ? null : Decimals.fit(number, type);
    }

    private static @Nullable Long toLong(Object value, SqlType from) {
        BigDecimal number = number(value);
        if (number == null || from == Simple.DATE || number.precision() - (long) number.scale() > 20) {
            return null;
        }
        BigDecimal whole = number.setScale(0, RoundingMode.DOWN);
        return whole.unscaledValue().bitLength() < 64 ? (Long) whole.longValue() : null;
    }

    private static @Nullable Double toDouble(Object value) {
        BigDecimal number = number(value);
        if (number == null) {
            return null;
        }
        double result = number.doubleValue();
        return Double.isFinite(result) ? (Double) result : null;
    }

    private static @Nullable Boolean toBoolean(Object value) {
        return switch (value) {
            case Boolean truth -> truth;
            case String text ->
                switch (text.strip().toLowerCase(Locale.ROOT)) {
                    case "true" -> Boolean.TRUE;
                    case "false" -> Boolean.FALSE;
                    default -> null;
                };
            case Long integer -> integer != 0;
            default -> null;
        };
    }

    private static @Nullable Long toTimestamp(Object value, SqlType from) {
        return switch (value) {
            case Long days when from == Simple.DATE -> days * DAY;
            case Long time when from == Simple.TIME -> null;
            case Long millis -> millis;
            case String text -> parsed(IsoTime.parseTimestamp(bytes(text), 0, bytes(text).length));
            default -> null;
        };
    }

    private static @Nullable Long toDate(Object value, SqlType from) {
        return switch (value) {
            case Long millis
            when from == Simple.TIMESTAMP || from == Simple.ANY || from == Simple.BIGINT -> Math.floorDiv(millis, DAY);
            case String text -> {
                byte[] bytes = bytes(text);
                long millis = IsoTime.parseTimestamp(bytes, 0, bytes.length);
                yield millis == IsoTime.INVALID ? null : (Long) Math.floorDiv(millis, DAY);
            }
            default -> null;
        };
    }

    private static @Nullable Long toTime(Object value, SqlType from) {
        return switch (value) {
            case Long millis when from == Simple.TIMESTAMP -> Math.floorMod(millis, DAY);
            case String text -> {
                byte[] bytes = bytes(text);
                yield parsed(IsoTime.parseTime(bytes, 0, bytes.length));
            }
            default -> null;
        };
    }

    private static byte[] bytes(String text) {
        return text.strip().getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable Long parsed(long value) {
        return value == IsoTime.INVALID ? null : (Long) value;
    }

    /** Containers are converted element by element, a text is read as JSON, and a STRUCT gets its fields by name. */
    private static @Nullable Object toContainer(Object value, SqlType from, SqlType to) {
        if (to instanceof SqlType.Array array && value instanceof List<?> list) {
            return elements(list, from, array.element());
        }
        if (to instanceof SqlType.MapOf map && value instanceof Map<?, ?> entries) {
            return members(entries, from, map.value());
        }
        byte[] json = JsonTree.text(value, from).getBytes(StandardCharsets.UTF_8);
        return JsonTree.read(json, 0, json.length, to);
    }

    private static List<?> elements(List<?> list, SqlType from, SqlType to) {
        SqlType element = from instanceof SqlType.Array array ? array.element() : Simple.ANY;
        if (to == Simple.ANY || element.equals(to)) {
            return list;
        }
        List<@Nullable Object> converted = new ArrayList<>(list.size());
        list.forEach(each -> converted.add(convert(each, element, to)));
        return converted;
    }

    private static Map<?, ?> members(Map<?, ?> map, SqlType from, SqlType to) {
        if (to == Simple.ANY
                || from instanceof SqlType.MapOf same && same.value().equals(to)) {
            return map;
        }
        Map<@Nullable Object, @Nullable Object> converted = new LinkedHashMap<>();
        map.forEach((key, value) -> converted.put(key, convert(value, from.member(key), to)));
        return converted;
    }
}
