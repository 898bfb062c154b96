package io.velostream.engine.sql.analysis;

import io.velostream.engine.sql.type.Coercions;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** The aggregate functions: names, aliases, what they take and what they give. */
public final class AggregateFunctions {

    /**
     * One aggregate.
     *
     * @param name canonical
     * @param arguments how many; the second of STRING_AGG is its separator
     * @param takes what its first argument must be
     * @param shape what its further arguments are
     * @param result what it gives for a first argument of this type
     * @param description one sentence for the reference
     */
    public record AggregateFunction(
            String name, int arguments, Takes takes, Shape shape, UnaryOperator<SqlType> result, String description) {}

    /** What the first argument of an aggregate must be. */
    public enum Takes {
        ANYTHING,
        ORDERED,
        NUMBER
    }

    /** What the arguments after the first are. */
    public enum Shape {
        /** There are none. */
        SINGLE("(x)"),
        /** A separator, a comma if it is left out. */
        JOINED("(x [, separator])"),
        /** A second number. */
        PAIR("(y, x)"),
        /** How many values are kept: a literal. */
        LARGEST("(x, k)"),
        /** How many values are kept, a literal, if more than one; and whether NULL is left out, which it is. */
        OF_SEVERAL("(x [, n] [, TRUE])"),
        /** A fraction between 0 and 1, a literal; or the fraction alone, and the value behind WITHIN GROUP. */
        FRACTION("(p) WITHIN GROUP (ORDER BY x [DESC]), (x [, p])");

        private final String text;

        Shape(String text) {
            this.text = text;
        }

        /** How it is called, for messages and the reference. */
        public String text() {
            return text;
        }
    }

    /** A name as written stands for this aggregate, perhaps with DISTINCT. */
    record Meaning(AggregateFunction function, boolean distinct) {}

    private static final Map<String, AggregateFunction> FUNCTIONS = new LinkedHashMap<>();
    private static final Map<String, String> ALIASES = new TreeMap<>(Map.ofEntries(
            Map.entry("FIRST_VALUE", "FIRST"),
            Map.entry("LAST_VALUE", "LAST"),
            Map.entry("EARLIEST_BY_OFFSET", "FIRST"),
            Map.entry("LATEST_BY_OFFSET", "LAST"),
            Map.entry("GROUP_CONCAT", "STRING_AGG"),
            Map.entry("LISTAGG", "STRING_AGG"),
            Map.entry("COLLECT", "STRING_AGG"),
            Map.entry("ARRAY_AGG", "COLLECT_LIST"),
            Map.entry("CORRELATION", "CORR"),
            Map.entry("STDDEV_SAMP", "STDDEV"),
            Map.entry("STDDEV_SAMPLE", "STDDEV"),
            Map.entry("VAR_SAMP", "VARIANCE")));

    static {
        add(
                "COUNT",
                Takes.ANYTHING,
                Shape.SINGLE,
                type -> Simple.BIGINT,
                "How many rows, or how many values are not NULL; DISTINCT counts the different ones exactly.");
        add("SUM", Takes.NUMBER, Shape.SINGLE, AggregateFunctions::sum, "The sum; NULL of nothing.");
        add("AVG", Takes.NUMBER, Shape.SINGLE, AggregateFunctions::mean, "The mean; NULL of nothing.");
        add("MIN", Takes.ORDERED, Shape.SINGLE, type -> type, "The smallest value.");
        add("MAX", Takes.ORDERED, Shape.SINGLE, type -> type, "The largest value.");
        add(
                "ATTR",
                Takes.ANYTHING,
                Shape.SINGLE,
                type -> type,
                "The value that all rows have; NULL where they differ. A NULL differs from every other value.");
        add(
                "FIRST",
                Takes.ANYTHING,
                Shape.OF_SEVERAL,
                type -> type,
                "The first value that is not NULL, or an array of the first n.");
        add(
                "LAST",
                Takes.ANYTHING,
                Shape.OF_SEVERAL,
                type -> type,
                "The last value that is not NULL, or an array of the last n.");
        add(
                "STDDEV",
                Takes.NUMBER,
                Shape.SINGLE,
                type -> Simple.DOUBLE,
                "The standard deviation of what the values are a sample of; NULL of fewer than two.");
        add("STDDEV_POP", Takes.NUMBER, Shape.SINGLE, type -> Simple.DOUBLE, "The standard deviation of the values.");
        add(
                "VARIANCE",
                Takes.NUMBER,
                Shape.SINGLE,
                type -> Simple.DOUBLE,
                "The variance of what the values are a sample of; NULL of fewer than two.");
        add("VAR_POP", Takes.NUMBER, Shape.SINGLE, type -> Simple.DOUBLE, "The variance of the values.");
        add("DELTA", Takes.NUMBER, Shape.SINGLE, type -> type, "The largest value minus the smallest.");
        add(
                "MEDIAN",
                Takes.NUMBER,
                Shape.SINGLE,
                type -> Simple.DOUBLE,
                "The value in the middle, or the mean of the two there; exact.");
        add(
                "STRING_AGG",
                Takes.ANYTHING,
                Shape.JOINED,
                type -> Simple.STRING,
                "The values as text in their order, with the separator between them.");
        add(
                "PERCENTILE_CONT",
                Takes.NUMBER,
                Shape.FRACTION,
                type -> Simple.DOUBLE,
                "The number at a fraction of the ordered values, interpolated; exact. Without a fraction at 0.5.");
        add(
                "PERCENTILE_DISC",
                Takes.ORDERED,
                Shape.FRACTION,
                type -> type,
                "The first of the ordered values whose share reaches a fraction; exact. Without a fraction at 0.5.");
        add(
                "APPROX_PERCENTILE",
                Takes.NUMBER,
                Shape.FRACTION,
                type -> Simple.DOUBLE,
                "About the number at a fraction of the ordered values: a KLL sketch whose rank is off by 1.4 % at"
                        + " most, with 99 % confidence.");
        add(
                "APPROX_COUNT_DISTINCT",
                Takes.ANYTHING,
                Shape.SINGLE,
                type -> Simple.BIGINT,
                "About how many different values: a HyperLogLog sketch of at most 2 KiB, off by 1.6 % on average.");
        add("CORR", Takes.NUMBER, Shape.PAIR, type -> Simple.DOUBLE, "The correlation of the pairs, -1 to 1.");
        add("COVAR_POP", Takes.NUMBER, Shape.PAIR, type -> Simple.DOUBLE, "The covariance of the pairs.");
        add(
                "COVAR_SAMP",
                Takes.NUMBER,
                Shape.PAIR,
                type -> Simple.DOUBLE,
                "The covariance of what the pairs are a sample of.");
        add(
                "REGR_SLOPE",
                Takes.NUMBER,
                Shape.PAIR,
                type -> Simple.DOUBLE,
                "The slope of the line through the pairs (least squares).");
        add("REGR_INTERCEPT", Takes.NUMBER, Shape.PAIR, type -> Simple.DOUBLE, "Where that line is at x = 0.");
        add(
                "REGR_R2",
                Takes.NUMBER,
                Shape.PAIR,
                type -> Simple.DOUBLE,
                "How much of the variance of y that line explains, 0 to 1.");
        add("REGR_COUNT", Takes.NUMBER, Shape.PAIR, type -> Simple.BIGINT, "How many pairs without a NULL.");
        add("COLLECT_LIST", Takes.ANYTHING, Shape.SINGLE, SqlType.Array::new, "An array of the values in their order.");
        add(
                "COLLECT_SET",
                Takes.ANYTHING,
                Shape.SINGLE,
                SqlType.Array::new,
                "An array of the different values, in the order in which each came first.");
        add(
                "TOPK",
                Takes.ORDERED,
                Shape.LARGEST,
                SqlType.Array::new,
                "An array of the k largest values, the largest first.");
        add(
                "TOPKDISTINCT",
                Takes.ORDERED,
                Shape.LARGEST,
                SqlType.Array::new,
                "An array of the k largest different values, the largest first.");
        add(
                "HISTOGRAM",
                Takes.ANYTHING,
                Shape.SINGLE,
                type -> new SqlType.MapOf(Simple.BIGINT),
                "How often each value came, by its text.");
    }

    private AggregateFunctions() {}

    private static void add(String name, Takes takes, Shape shape, UnaryOperator<SqlType> result, String description) {
        int arguments = shape == Shape.SINGLE || shape == Shape.OF_SEVERAL || shape == Shape.FRACTION ? 1 : 2;
        FUNCTIONS.put(name, new AggregateFunction(name, arguments, takes, shape, result, description));
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

    /** All aggregates, for the reference. */
    public static Collection<AggregateFunction> all() {
        return List.copyOf(FUNCTIONS.values());
    }

    /** Other names of an aggregate. */
    public static List<String> aliases(String name) {
        List<String> aliases = ALIASES.entrySet().stream()
                .filter(alias -> alias.getValue().equals(name))
                .map(Map.Entry::getKey)
                .toList();
        return name.equals("COUNT") ? List.of("COUNT_DISTINCT") : aliases;
    }

    static Set<String> names() {
        Set<String> names = new TreeSet<>(FUNCTIONS.keySet());
        names.addAll(ALIASES.keySet());
        names.add("COUNT_DISTINCT");
        return names;
    }
}
