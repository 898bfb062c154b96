package io.velostream.engine.sql.function;

import io.velostream.engine.sql.function.SqlFunction.ResultType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions on ARRAYs. Positions count from 1; elements may be NULL; 1 and 1.0 are the same element. */
public final class ArrayFunctions {

    private static final int MOST_CUBE_ELEMENTS = 20;

    private ArrayFunctions() {}

    @SafeVarargs
    @SqlFunction(
            name = "ARRAY",
            description = "An array of the arguments; also written ARRAY[…].",
            examples = {"ARRAY(1, 2, 3)[2] = 2", "ARRAY_LENGTH(ARRAY['a', NULL]) = 2"})
    public static <T> List<T> array(@SqlNullable T... elements) {
        return Collections.unmodifiableList(Arrays.asList(elements.clone()));
    }

    @SqlFunction(
            name = "ARRAY_LENGTH",
            aliases = {"CARDINALITY", "ARRAY_SIZE"},
            description = "How many elements the array has.",
            examples = {"ARRAY_LENGTH(ARRAY(1, NULL, 3)) = 3"})
    public static <T> long length(List<T> array) {
        return array.size();
    }

    @SqlFunction(
            name = "ARRAY_CONTAINS",
            description = "Whether the array has an element that is the same as the value; NULL is found too.",
            examples = {
                "ARRAY_CONTAINS(ARRAY(1, 2), 2) = TRUE",
                "ARRAY_CONTAINS(ARRAY('a', NULL), NULL) = TRUE",
                "ARRAY_CONTAINS(ARRAY('a'), 'b') = FALSE"
            })
    public static <T> boolean contains(List<T> array, @SqlNullable @Nullable T value) {
        return position(array, value) > 0;
    }

    @SqlFunction(
            name = "ARRAY_POSITION",
            description = "Where the array has the value first, from 1; 0 when it does not.",
            examples = {"ARRAY_POSITION(ARRAY('a', 'b', 'b'), 'b') = 2", "ARRAY_POSITION(ARRAY(1), 9) = 0"})
    public static <T> long position(List<T> array, @SqlNullable @Nullable T value) {
        Object wanted = SqlValues.key(value);
        for (int i = 0; i < array.size(); i++) {
            if (SqlValues.key(array.get(i)).equals(wanted)) {
                return i + 1L;
            }
        }
        return 0;
    }

    @SqlFunction(
            name = "ARRAY_CONCAT",
            description = "The elements of the first array, then those of the second; a NULL array is left out.",
            examples = {
                "ARRAY_CONCAT(ARRAY(1), ARRAY(2, 1)) = ARRAY(1, 2, 1)",
                "ARRAY_CONCAT(ARRAY(1), NULL) = ARRAY(1)"
            })
    public static <T> @Nullable List<T> concat(
            @SqlNullable @Nullable List<T> left, @SqlNullable @Nullable List<T> right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        List<T> all = new ArrayList<>(left);
        all.addAll(right);
        return all;
    }

    @SqlFunction(
            name = "ARRAY_APPEND",
            description = "The array with one more element at its end.",
            examples = {"ARRAY_APPEND(ARRAY(1), 2) = ARRAY(1, 2)"})
    public static <T> List<T> append(List<T> array, @SqlNullable @Nullable T value) {
        List<T> all = new ArrayList<>(array);
        all.add(value);
        return all;
    }

    @SqlFunction(
            name = "ARRAY_PREPEND",
            description = "The array with one more element at its beginning.",
            examples = {"ARRAY_PREPEND(ARRAY(2), 1) = ARRAY(1, 2)"})
    public static <T> List<T> prepend(List<T> array, @SqlNullable @Nullable T value) {
        List<T> all = new ArrayList<>();
        all.add(value);
        all.addAll(array);
        return all;
    }

    @SqlFunction(
            name = "ARRAY_REMOVE",
            description = "The array without the elements that are the same as the value.",
            examples = {"ARRAY_REMOVE(ARRAY(1, 2, 1), 1) = ARRAY(2)", "ARRAY_REMOVE(ARRAY(1, NULL), NULL) = ARRAY(1)"})
    public static <T> List<T> remove(List<T> array, @SqlNullable @Nullable T value) {
        Object unwanted = SqlValues.key(value);
        List<T> rest = new ArrayList<>(array);
        rest.removeIf(element -> SqlValues.key(element).equals(unwanted));
        return rest;
    }

    @SqlFunction(
            name = "ARRAY_DISTINCT",
            description = "The different elements of the array, in the order in which each comes first.",
            examples = {"ARRAY_DISTINCT(ARRAY(3, 1, 3, NULL, NULL)) = ARRAY(3, 1, NULL)"})
    public static <T> List<T> distinct(List<T> array) {
        Set<Object> seen = new HashSet<>();
        List<T> result = new ArrayList<>(array);
        result.removeIf(element -> !seen.add(SqlValues.key(element)));
        return result;
    }

    @SqlFunction(
            name = "ARRAY_UNION",
            description = "The different elements of both arrays.",
            examples = {"ARRAY_UNION(ARRAY(1, 2, 1), ARRAY(3, 2)) = ARRAY(1, 2, 3)"})
    public static <T> List<T> union(List<T> left, List<T> right) {
        List<T> all = new ArrayList<>(left);
        all.addAll(right);
        return distinct(all);
    }

    @SqlFunction(
            name = "ARRAY_INTERSECT",
            description = "The different elements that both arrays have.",
            examples = {"ARRAY_INTERSECT(ARRAY(1, 2, 2, 3), ARRAY(2, 3, 4)) = ARRAY(2, 3)"})
    public static <T> List<T> intersect(List<T> left, List<T> right) {
        Set<Object> kept = keys(right);
        List<T> result = distinct(left);
        result.removeIf(element -> !kept.contains(SqlValues.key(element)));
        return result;
    }

    @SqlFunction(
            name = "ARRAY_EXCEPT",
            description = "The different elements of the first array that the second does not have.",
            examples = {"ARRAY_EXCEPT(ARRAY(1, 2, 2, 3), ARRAY(3)) = ARRAY(1, 2)"})
    public static <T> List<T> except(List<T> left, List<T> right) {
        Set<Object> unwanted = keys(right);
        List<T> result = distinct(left);
        result.removeIf(element -> unwanted.contains(SqlValues.key(element)));
        return result;
    }

    private static <T> Set<Object> keys(List<T> array) {
        Set<Object> keys = new HashSet<>();
        array.forEach(element -> keys.add(SqlValues.key(element)));
        return keys;
    }

    @SqlFunction(
            name = "ARRAY_MAX",
            description = "The largest element; NULL is left out.",
            examples = {"ARRAY_MAX(ARRAY(3, NULL, 7)) = 7", "ARRAY_MAX(ARRAY('b', 'a')) = 'b'"})
    public static <T> @Nullable T max(List<T> array) {
        return array.stream()
                .filter(element -> element != null)
                .max(SqlValues::compare)
                .orElse(null);
    }

    @SqlFunction(
            name = "ARRAY_MIN",
            description = "The smallest element; NULL is left out.",
            examples = {"ARRAY_MIN(ARRAY(3, NULL, 7)) = 3"})
    public static <T> @Nullable T min(List<T> array) {
        return array.stream()
                .filter(element -> element != null)
                .min(SqlValues::compare)
                .orElse(null);
    }

    @SqlFunction(
            name = "ARRAY_SORT",
            description = "The elements in ascending order, NULL last.",
            examples = {"ARRAY_SORT(ARRAY(3, NULL, 1, 2)) = ARRAY(1, 2, 3, NULL)"})
    public static <T> List<T> sort(List<T> array) {
        return sort(array, "ASC");
    }

    @SqlFunction(
            name = "ARRAY_SORT",
            description = "The elements in the order ASC or DESC, NULL last.",
            examples = {"ARRAY_SORT(ARRAY(3, NULL, 1), 'DESC') = ARRAY(3, 1, NULL)"})
    public static <T> List<T> sort(List<T> array, String direction) {
        Comparator<Object> order = switch (direction.toUpperCase(Locale.ROOT)) {
            case "ASC", "ASCENDING" -> SqlValues::compare;
            case "DESC", "DESCENDING" -> (a, b) -> SqlValues.compare(b, a);
            default -> throw new IllegalArgumentException("ARRAY_SORT goes ASC or DESC, not " + direction);
        };
        List<T> sorted = new ArrayList<>(array);
        sorted.sort(Comparator.nullsLast(order));
        return sorted;
    }

    @SqlFunction(
            name = "ARRAY_REVERSE",
            description = "The elements in reverse order.",
            examples = {"ARRAY_REVERSE(ARRAY(1, 2, 3)) = ARRAY(3, 2, 1)"})
    public static <T> List<T> reverse(List<T> array) {
        return new ArrayList<>(array.reversed());
    }

    @SqlFunction(
            name = "ARRAY_JOIN",
            casts = true,
            description = "The elements as text with commas between them; NULL is left out.",
            examples = {"ARRAY_JOIN(ARRAY(1, NULL, 2)) = '1,2'"})
    public static String join(List<String> array) {
        return join(array, ",");
    }

    @SqlFunction(
            name = "ARRAY_JOIN",
            casts = true,
            description = "The elements as text with a delimiter between them; NULL is left out.",
            examples = {"ARRAY_JOIN(ARRAY('a', 'b'), '|') = 'a|b'"})
    public static String join(List<String> array, String delimiter) {
        return joined(array, delimiter, null);
    }

    @SqlFunction(
            name = "ARRAY_JOIN",
            casts = true,
            description = "The elements as text with a delimiter between them and a text for NULL.",
            examples = {"ARRAY_JOIN(ARRAY('a', NULL), '|', '-') = 'a|-'"})
    public static String join(List<String> array, String delimiter, String missing) {
        return joined(array, delimiter, missing);
    }

    private static String joined(List<String> array, String delimiter, @Nullable String missing) {
        StringBuilder result = new StringBuilder();
        String before = "";
        for (String element : array) {
            String text = element == null ? missing : element;
            if (text != null) {
                result.append(before).append(text);
                before = delimiter;
            }
        }
        return result.toString();
    }

    @SqlFunction(
            name = "SLICE",
            description = "The elements from one position to another, both included; NULL means the first or the last.",
            examples = {"SLICE(ARRAY(1, 2, 3, 4), 2, 3) = ARRAY(2, 3)", "SLICE(ARRAY(1, 2, 3), 2, NULL) = ARRAY(2, 3)"})
    public static <T> List<T> slice(List<T> array, @SqlNullable @Nullable Long from, @SqlNullable @Nullable Long to) {
        int end = to == null ? array.size() : (int) Math.clamp(to, 0, array.size());
        int start = from == null ? 0 : (int) Math.clamp(from - 1, 0, end);
        return new ArrayList<>(array.subList(start, end));
    }

    @SqlFunction(
            name = "CUBE_COMBINATIONS",
            description =
                    "The array with its elements replaced by NULL in every way, the one of NULLs first: the groups"
                            + " of a CUBE. Of elements that are NULL already there is no other way. At most 20 others.",
            examples = {
                "CUBE_COMBINATIONS(ARRAY['a', NULL]) = ARRAY[ARRAY[NULL, NULL], ARRAY['a', NULL]]",
                "ARRAY_LENGTH(CUBE_COMBINATIONS(ARRAY[1, 2, 3])) = 8"
            })
    public static <T> List<List<T>> cubeCombinations(List<T> array) {
        List<Integer> present = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            if (array.get(i) != null) {
                present.add(i);
            }
        }
        if (present.size() > MOST_CUBE_ELEMENTS) {
            throw new IllegalArgumentException("CUBE_COMBINATIONS takes at most " + MOST_CUBE_ELEMENTS
                    + " elements that are not NULL, but here are " + present.size() + ".");
        }
        List<List<T>> combinations = new ArrayList<>();
        for (int kept = 0; kept < 1 << present.size(); kept++) {
            List<T> combination = new ArrayList<>(Collections.nCopies(array.size(), null));
            for (int i = 0; i < present.size(); i++) {
                // The first element changes last, as in a count.
                if ((kept >> (present.size() - 1 - i) & 1) == 1) {
                    combination.set(present.get(i), array.get(present.get(i)));
                }
            }
            combinations.add(Collections.unmodifiableList(combination));
        }
        return combinations;
    }

    @SqlFunction(
            name = "ELEMENT_AT",
            description = "The element at a position, from 1, or from the end when negative; NULL when there is none.",
            examples = {"ELEMENT_AT(ARRAY('a', 'b'), -1) = 'b'", "ELEMENT_AT(ARRAY('a'), 5) = NULL"})
    public static <T> @Nullable T elementAt(List<T> array, long position) {
        long index = position < 0 ? array.size() + position : position - 1;
        return index >= 0 && index < array.size() ? array.get((int) index) : null;
    }

    @SafeVarargs
    @SqlFunction(
            name = "ELT",
            description = "The argument at a position, from 1; NULL when there is none.",
            examples = {"ELT(2, 'a', 'b', 'c') = 'b'", "ELT(7, 'a') = NULL"})
    public static <T> @Nullable T elt(long position, @SqlNullable T... values) {
        return position >= 1 && position <= values.length ? values[(int) position - 1] : null;
    }

    @SafeVarargs
    @SqlFunction(
            name = "FIELD",
            description = "Where the first argument is among the others, from 1; 0 when it is not, or is NULL.",
            examples = {"FIELD('b', 'a', 'b') = 2", "FIELD(NULL, 'a') = 0"})
    public static <T> long field(@SqlNullable @Nullable T wanted, @SqlNullable T... values) {
        return wanted == null ? 0 : position(Arrays.asList(values), wanted);
    }

    @SqlFunction(
            name = "STRUCT",
            result = ResultType.STRUCT_OF_PAIRS,
            description =
                    "A struct of names and values in turns; also written STRUCT(name := value, …). Names are literals.",
            examples = {"STRUCT('x', 1, 'y', 'z').y = 'z'"})
    public static Object struct(@SqlNullable Object... pairs) {
        return MapFunctions.map(pairs);
    }
}
