package io.velostream.engine.sql.function;

import io.velostream.engine.sql.function.SqlFunction.ResultType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Functions on MAPs. Keys are text; a STRUCT is taken as a map of its fields. */
public final class MapFunctions {

    private MapFunctions() {}

    @SqlFunction(
            name = "MAP",
            result = ResultType.MAP_OF_PAIRS,
            description =
                    "A map of keys and values in turns; also written MAP(key := value, …). Of equal keys the last one"
                            + " counts.",
            examples = {"MAP('a', 1, 'b', 2)['b'] = 2", "MAP_KEYS(MAP('a' := NULL)) = ARRAY('a')"})
    public static Map<String, Object> map(@SqlNullable Object... pairs) {
        if (pairs.length % 2 != 0) {
            throw new IllegalArgumentException("a key has no value");
        }
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            if (!(pairs[i] instanceof String key)) {
                throw new IllegalArgumentException("the keys of a map are text and not NULL");
            }
            map.put(key, pairs[i + 1]);
        }
        return map;
    }

    @SqlFunction(
            name = "MAP_KEYS",
            description = "The keys of the map.",
            examples = {"MAP_KEYS(MAP('a', 1, 'b', 2)) = ARRAY('a', 'b')"})
    public static <T> List<String> keys(Map<String, T> map) {
        return new ArrayList<>(map.keySet());
    }

    @SqlFunction(
            name = "MAP_VALUES",
            description = "The values of the map, in the order of its keys.",
            examples = {"MAP_VALUES(MAP('a', 1, 'b', NULL)) = ARRAY(1, NULL)"})
    public static <T> List<T> values(Map<String, T> map) {
        return new ArrayList<>(map.values());
    }

    @SqlFunction(
            name = "MAP_CONTAINS_KEY",
            description = "Whether the map has the key.",
            examples = {"MAP_CONTAINS_KEY(MAP('a', NULL), 'a') = TRUE"})
    public static <T> boolean containsKey(Map<String, T> map, String key) {
        return map.containsKey(key);
    }

    @SqlFunction(
            name = "ARRAY_LENGTH",
            description = "How many entries the map has.",
            examples = {"CARDINALITY(MAP('a', 1)) = 1"})
    public static <T> long length(Map<String, T> map) {
        return map.size();
    }

    @SqlFunction(
            name = "MAP_UNION",
            description = "The entries of both maps; of equal keys the second's. A NULL map is left out.",
            examples = {"MAP_UNION(MAP('a', 1, 'b', 2), MAP('b', 3)) = MAP('a', 1, 'b', 3)"})
    public static <T> @Nullable Map<String, T> union(
            @SqlNullable @Nullable Map<String, T> left, @SqlNullable @Nullable Map<String, T> right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        Map<String, T> all = new LinkedHashMap<>(left);
        all.putAll(right);
        return all;
    }

    @SqlFunction(
            name = "AS_MAP",
            description = "A map of an array of keys and one of values; what is beyond the shorter one is left out.",
            examples = {"AS_MAP(ARRAY('a', 'b'), ARRAY(1, 2)) = MAP('a', 1, 'b', 2)"})
    public static <T> Map<String, T> asMap(List<String> keys, List<T> values) {
        Map<String, T> map = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(keys.size(), values.size()); i++) {
            String key = keys.get(i);
            if (key == null) {
                throw new IllegalArgumentException("the keys of a map are not NULL");
            }
            map.put(key, values.get(i));
        }
        return map;
    }

    @SqlFunction(
            name = "ENTRIES",
            result = ResultType.ARRAY_OF_ENTRIES,
            description = "The entries of the map as structs of K and V, sorted by key if wished.",
            examples = {"ENTRIES(MAP('b', 2, 'a', 1), TRUE)[1].K = 'a'", "ENTRIES(MAP('b', 2), FALSE)[1].V = 2"})
    public static <T> List<Map<String, Object>> entries(Map<String, T> map, boolean sorted) {
        Map<String, T> ordered = map;
        if (sorted) {
            ordered = new TreeMap<>(SqlValues::compare);
            ordered.putAll(map);
        }
        List<Map<String, Object>> entries = new ArrayList<>();
        for (Map.Entry<String, T> entry : ordered.entrySet()) {
            entries.add(map("K", entry.getKey(), "V", entry.getValue()));
        }
        return entries;
    }
}
