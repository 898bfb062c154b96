package io.velostream.engine.runtime.expression;

import io.velostream.engine.format.JsonTree;
import io.velostream.engine.runtime.operator.RecordFailure;
import io.velostream.engine.runtime.row.Tag;
import io.velostream.engine.runtime.row.Value;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What values of type ANY are worth: as numbers, as objects, and compared with each other. */
public final class Values {

    private static final long EXACT_DOUBLE = 1L << 53;
    private static final int MAX_PRECISION = 38;

    private Values() {}

    /** The value as an object as {@link io.velostream.engine.sql.type.SqlType} describes it. */
    public static @Nullable Object object(Value value) {
        return switch (value.tag) {
            case Tag.NULL -> null;
            case Tag.LONG -> value.number;
            case Tag.DOUBLE -> value.asDouble();
            case Tag.BOOLEAN -> value.number != 0;
            case Tag.OBJECT -> value.object;
            case Tag.JSON -> JsonTree.read(value.text.array, value.text.start, value.text.end, Simple.ANY);
            default -> value.text.toString();
        };
    }

    /** The type of an object that an expression of type ANY has yielded. */
    static SqlType type(@Nullable Object value) {
        return switch (value) {
            case null -> Simple.NULL;
            case Long number -> Simple.BIGINT;
            case Double number -> Simple.DOUBLE;
            case Boolean truth -> Simple.BOOLEAN;
            case BigDecimal number -> new SqlType.Decimal(MAX_PRECISION, Math.clamp(number.scale(), 0, MAX_PRECISION));
            case byte[] bytes -> Simple.BYTES;
            case List<?> list -> new SqlType.Array(Simple.ANY);
            case Map<?, ?> map -> new SqlType.MapOf(Simple.ANY);
            default -> Simple.STRING;
        };
    }

    static boolean isNumber(Value value) {
        return value.tag == Tag.LONG
                || value.tag == Tag.DOUBLE
                || (value.tag == Tag.OBJECT && value.object instanceof BigDecimal);
    }

    /** The number as a double. */
    static double toDouble(Value value) {
        return switch (value.tag) {
            case Tag.LONG -> value.number;
            case Tag.DOUBLE -> value.asDouble();
            default -> toDecimal(value).doubleValue();
        };
    }

    /** The number, exactly. */
    static BigDecimal toDecimal(Value value) {
        return switch (value.tag) {
            case Tag.LONG -> BigDecimal.valueOf(value.number);
            case Tag.DOUBLE -> new BigDecimal(value.asDouble());
            case Tag.OBJECT -> {
                if (value.object instanceof BigDecimal number) {
                    yield number;
                }
                throw Failures.mismatch("a number", name(value));
            }
            default -> throw Failures.mismatch("a number", name(value));
        };
    }

    /**
     * Orders two values that are not NULL.
     *
     * @throws RecordFailure when they have no order, such as a number and text
     */
    public static int compare(Value left, Value right) {
        if (left.tag == Tag.LONG && right.tag == Tag.LONG) {
            return Long.compare(left.number, right.number);
        }
        if (isNumber(left) && isNumber(right)) {
            return compareNumbers(left, right);
        }
        if (Tag.isText(left.tag) && Tag.isText(right.tag)) {
            return left.text.compareTo(right.text);
        }
        if (left.tag == Tag.BOOLEAN && right.tag == Tag.BOOLEAN) {
            return Long.compare(left.number, right.number);
        }
        throw Failures.incomparable(name(left), name(right));
    }

    private static int compareNumbers(Value left, Value right) {
        if (left.tag == Tag.DOUBLE && right.tag == Tag.DOUBLE) {
            return Double.compare(left.asDouble() + 0.0, right.asDouble() + 0.0);
        }
        if (left.tag == Tag.LONG && right.tag == Tag.DOUBLE) {
            return compare(left.number, right.asDouble());
        }
        if (left.tag == Tag.DOUBLE && right.tag == Tag.LONG) {
            return -compare(right.number, left.asDouble());
        }
        return toDecimal(left).compareTo(toDecimal(right));
    }

    /** Compares an integer with a double by their exact values. */
    static int compare(long left, double right) {
        if (Math.abs(left) <= EXACT_DOUBLE) {
            return Double.compare((double) left, right + 0.0);
        }
        return new BigDecimal(left).compareTo(new BigDecimal(right));
    }

    /** Whether two values that are not NULL are equal; containers are compared as a whole. */
    static boolean equal(Value left, Value right) {
        if (isContainer(left) && isContainer(right)) {
            return Objects.deepEquals(object(left), object(right));
        }
        return compare(left, right) == 0;
    }

    private static boolean isContainer(Value value) {
        return value.tag == Tag.JSON || (value.tag == Tag.OBJECT && !(value.object instanceof BigDecimal));
    }

    /** The value's type as a word for messages. */
    static String name(Value value) {
        return switch (value.tag) {
            case Tag.NULL -> "NULL";
            case Tag.LONG -> "BIGINT";
            case Tag.DOUBLE -> "DOUBLE";
            case Tag.BOOLEAN -> "BOOLEAN";
            case Tag.JSON -> "an object or array";
            case Tag.OBJECT -> value.object instanceof BigDecimal ? "DECIMAL" : "an object or array";
            default -> "STRING";
        };
    }
}
