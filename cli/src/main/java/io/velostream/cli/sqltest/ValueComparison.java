package io.velostream.cli.sqltest;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares an expected value with an actual one: integers equal integers or decimals of equal value, fractions agree
 * within 1e-9 relative, texts are texts. A missing column is not a NULL column.
 */
final class ValueComparison {

    private static final double RELATIVE = 1e-9;

    private final boolean partial;
    private final boolean ignoreColumnCase;

    /**
     * @param partial whether the actual row may have more columns
     * @param ignoreColumnCase whether column names compare ignoring case
     */
    ValueComparison(boolean partial, boolean ignoreColumnCase) {
        this.partial = partial;
        this.ignoreColumnCase = ignoreColumnCase;
    }

    /** Whether a row matches; a null actual row is a tombstone. */
    boolean rowMatches(JsonNode expected, @Nullable JsonNode actual) {
        if (actual == null || actual.isNull()) {
            return expected.isNull();
        }
        if (!expected.isObject() || !actual.isObject()) {
            return matches(expected, actual);
        }
        Map<String, JsonNode> want = columns(expected);
        Map<String, JsonNode> have = columns(actual);
        if (!partial && !want.keySet().equals(have.keySet())) {
            return false;
        }
        return want.entrySet().stream()
                .allMatch(column ->
                        have.containsKey(column.getKey()) && matches(column.getValue(), have.get(column.getKey())));
    }

    private Map<String, JsonNode> columns(JsonNode row) {
        Map<String, JsonNode> result = new TreeMap<>();
        row.properties()
                .forEach(column -> result.put(
                        ignoreColumnCase ? column.getKey().toLowerCase(Locale.ROOT) : column.getKey(),
                        column.getValue()));
        return result;
    }

    static boolean matches(JsonNode expected, JsonNode actual) {
        if (expected.isNumber()) {
            return actual.isNumber() && numbersMatch(expected.decimalValue(), actual.decimalValue());
        }
        if (expected.isArray()) {
            return actual.isArray() && arraysMatch(expected, actual);
        }
        if (expected.isObject()) {
            return actual.isObject()
                    && expected.size() == actual.size()
                    && expected.properties().stream()
                            .allMatch(field -> actual.has(field.getKey())
                                    && matches(field.getValue(), actual.get(field.getKey())));
        }
        return expected.equals(actual);
    }

    private static boolean arraysMatch(JsonNode expected, JsonNode actual) {
        if (expected.size() != actual.size()) {
            return false;
        }
        Iterator<JsonNode> other = actual.iterator();
        for (JsonNode element : expected) {
            if (!matches(element, other.next())) {
                return false;
            }
        }
        return true;
    }

    private static boolean numbersMatch(BigDecimal expected, BigDecimal actual) {
        if (expected.compareTo(actual) == 0) {
            return true;
        }
        boolean bothIntegers = expected.stripTrailingZeros().scale() <= 0
                && actual.stripTrailingZeros().scale() <= 0;
        if (bothIntegers) {
            return false;
        }
        double want = expected.doubleValue();
        double have = actual.doubleValue();
        return Math.abs(want - have) <= RELATIVE * Math.max(Math.abs(want), Math.abs(have));
    }

    /** Whether the lists match, in order or as multisets. */
    boolean rowsMatch(List<JsonNode> expected, List<? extends @Nullable JsonNode> actual, boolean unordered) {
        if (expected.size() != actual.size()) {
            return false;
        }
        if (!unordered) {
            for (int i = 0; i < expected.size(); i++) {
                if (!rowMatches(expected.get(i), actual.get(i))) {
                    return false;
                }
            }
            return true;
        }
        List<@Nullable JsonNode> left = new ArrayList<>(actual);
        for (JsonNode row : expected) {
            int at = 0;
            while (at < left.size() && !rowMatches(row, left.get(at))) {
                at++;
            }
            if (at == left.size()) {
                return false;
            }
            left.remove(at);
        }
        return true;
    }
}
