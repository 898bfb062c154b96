package io.velostream.engine.sql.analysis;

import io.velostream.engine.sql.type.Coercions;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** The aggregate functions: names, aliases, what they take and what they give. */
final class AggregateFunctions {

    /**
     * One aggregate.
     *
     * @param name canonical
     * @param arguments how many; the second of STRING_AGG is its separator
     * @param takes what its first argument must be
     * @param supported whether this version runs it
     */
    record AggregateFunction(
            String name, int arguments, Takes takes, UnaryOperator<SqlType> result, boolean supported) {}

    /** What the first argument of an aggregate must be. */
    enum Takes {
        ANYTHING,
        ORDERED,
        NUMBER
    }

    /** A name as written stands for this aggregate, perhaps with DISTINCT. */
    record Meaning(AggregateFunction function, boolean distinct) {}

    private static final Map<String, AggregateFunction> FUNCTIONS = new LinkedHashMap<>();
    private static final Map<String, String> ALIASES = Map.ofEntries(
            Map.entry("FIRST_VALUE", "FIRST"),
            Map.entry("LAST_VALUE", "LAST"),
            Map.entry("EARLIEST_BY_OFFSET", "FIRST"),
            Map.entry("LATEST_BY_OFFSET", "LAST"),
            Map.entry("GROUP_CONCAT", "STRING_AGG"),
            Map.entry("LISTAGG", "STRING_AGG"),
            Map.entry("COLLECT", "STRING_AGG"),
            Map.entry("STDDEV_SAMP", "STDDEV"),
            Map.entry("VAR_SAMP", "VARIANCE"));

    static {
        add("COUNT", 1, Takes.ANYTHING, type -> Simple.BIGINT, true);
        add("SUM", 1, Takes.NUMBER, AggregateFunctions::sum, true);
        add("AVG", 1, Takes.NUMBER, AggregateFunctions::mean, true);
        add("MIN", 1, Takes.ORDERED, type -> type, true);
        add("MAX", 1, Takes.ORDERED, type -> type, true);
        add("FIRST", 1, Takes.ANYTHING, type -> type, true);
        add("LAST", 1, Takes.ANYTHING, type -> type, true);
        add("STDDEV", 1, Takes.NUMBER, type -> Simple.DOUBLE, true);
        add("STDDEV_POP", 1, Takes.NUMBER, type -> Simple.DOUBLE, true);
        add("VARIANCE", 1, Takes.NUMBER, type -> Simple.DOUBLE, true);
        add("VAR_POP", 1, Takes.NUMBER, type -> Simple.DOUBLE, true);
        add("DELTA", 1, Takes.NUMBER, type -> type, true);
        add("MEDIAN", 1, Takes.NUMBER, type -> Simple.DOUBLE, true);
        add("STRING_AGG", 2, Takes.ANYTHING, type -> Simple.STRING, true);
        add("APPROX_COUNT_DISTINCT", 1, Takes.ANYTHING, type -> Simple.BIGINT, false);
        for (String name : List.of("PERCENTILE_CONT", "PERCENTILE_DISC")) {
            add(name, 1, Takes.NUMBER, type -> Simple.DOUBLE, false);
        }
        for (String name : List.of("CORR", "COVAR_POP", "COVAR_SAMP", "REGR_SLOPE", "REGR_INTERCEPT", "REGR_R2")) {
            add(name, 2, Takes.NUMBER, type -> Simple.DOUBLE, false);
        }
    }

    private AggregateFunctions() {}

    private static void add(String name, int arguments, Takes takes, UnaryOperator<SqlType> result, boolean supported) {
        FUNCTIONS.put(name, new AggregateFunction(name, arguments, takes, result, supported));
    }

    private static SqlType sum(SqlType type) {
        return switch (type) {
            case SqlType.Decimal exact -> new SqlType.Decimal(Coercions.MAX_PRECISION, exact.scale());
            case Simple simple when simple == Simple.BIGINT -> new SqlType.Decimal(Coercions.MAX_PRECISION, 0);
            default -> type;
        };
    }

    private static SqlType mean(SqlType type) {
        return type == Simple.ANY ? Simple.ANY : Coercions.mean(type);
    }

    static Optional<Meaning> find(String name, boolean distinct) {
        String upper = name.toUpperCase(Locale.ROOT);
        if (upper.equals("COUNT_DISTINCT")) {
            return find("COUNT", true);
        }
        return Optional.ofNullable(FUNCTIONS.get(ALIASES.getOrDefault(upper, upper)))
                .map(function -> new Meaning(function, distinct));
    }

    static Set<String> names() {
        Set<String> names = new TreeSet<>(FUNCTIONS.keySet());
        names.addAll(ALIASES.keySet());
        names.add("COUNT_DISTINCT");
        return names;
    }
}
