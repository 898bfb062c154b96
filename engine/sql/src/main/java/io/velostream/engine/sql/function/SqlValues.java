package io.velostream.engine.sql.function;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Equality and order of values in their memory form (see {@link io.velostream.engine.sql.type.SqlType}). */
public final class SqlValues {

    private static final double EXACT_LONG = 0x1p63;

    private SqlValues() {}

    /**
     * The order of two values that are not null.
     *
     * @throws IllegalArgumentException when they have none, such as a number and text
     */
    @SuppressWarnings("unchecked")
    public static int compare(Object left, Object right) {
        if (left instanceof Number a && right instanceof Number b) {
            return compareNumbers(a, b);
        }
        if (left instanceof String a && right instanceof String b) {
            return compareText(a, b);
        }
        if (left instanceof byte[] a && right instanceof byte[] b) {
            return Arrays.compareUnsigned(a, b);
        }
        if (left.getClass() != right.getClass() || !(left instanceof Comparable<?>)) {
            throw new IllegalArgumentException("these values have no common order");
        }
        return ((Comparable<Object>) left).compareTo(right);
    }

    private static int compareNumbers(Number left, Number right) {
        if (left instanceof Long a && right instanceof Long b) {
            return Long.compare(a, b);
        }
        boolean finite = isFinite(left) && isFinite(right);
        return left instanceof Double && right instanceof Double || !finite
                ? Double.compare(left.doubleValue() + 0.0, right.doubleValue() + 0.0)
                : exact(left).compareTo(exact(right));
    }

    private static boolean isFinite(Number number) {
        return !(number instanceof Double fraction) || Double.isFinite(fraction);
    }

    private static BigDecimal exact(Number number) {
        return switch (number) {
            case BigDecimal decimal -> decimal;
            case Double fraction -> new BigDecimal(fraction);
            default -> BigDecimal.valueOf(number.longValue());
        };
    }

    /** By code points, as the engine orders text; {@link String#compareTo} goes by UTF-16 units. */
    private static int compareText(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean beyond = Character.isSurrogate(a);
                return beyond == Character.isSurrogate(b) ? Character.compare(a, b) : beyond ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /** Whether two values are the same; NULL is the same as NULL, and 1 the same as 1.0. */
    public static boolean same(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return left == right;
        }
        return key(left).equals(key(right));
    }

    /** What represents the value in a hash table, such that {@link #same} values have equal keys. */
    public static Object key(@Nullable Object value) {
        return switch (value) {
            case null -> Missing.VALUE;
            case Double number when number == Math.rint(number) && Math.abs(number) < EXACT_LONG -> number.longValue();
            case Double number when Double.isFinite(number) -> new BigDecimal(number).stripTrailingZeros();
            case BigDecimal number -> decimalKey(number);
            case byte[] bytes -> ByteBuffer.wrap(bytes);
            case List<?> list -> {
                List<Object> keys = new ArrayList<>(list.size());
                list.forEach(element -> keys.add(key(element)));
                yield keys;
            }
            case Map<?, ?> map -> {
                Map<Object, Object> keys = new LinkedHashMap<>();
                map.forEach((name, each) -> keys.put(name, key(each)));
                yield keys;
            }
            default -> value;
        };
    }

    private static Object decimalKey(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        return shortest.scale() <= 0 && shortest.precision() - shortest.scale() <= 18
                ? (Object) shortest.longValueExact()
                : shortest;
    }

    /** Stands for NULL where the Java null cannot. */
    private enum Missing {
        VALUE
    }
}
