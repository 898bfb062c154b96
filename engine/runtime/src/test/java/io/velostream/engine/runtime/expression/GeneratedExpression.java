package io.velostream.engine.runtime.expression;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;

/**
 * A random expression over the columns {@code a}, {@code b} BIGINT, {@code d}, {@code e} DECIMAL, {@code s}, {@code u}
 * STRING and {@code p} BOOLEAN, as we write it and as DuckDB writes it. Only what both should agree on is generated.
 */
record GeneratedExpression(String ours, String duckDb) {

    private static final List<String> COMPARISONS = List.of("=", "<>", "<", "<=", ">", ">=");
    private static final List<String> TEXTS = List.of("", "a", "B", "héllo", "a_b%", "x y", "😀z", "aab");
    private static final List<String> PATTERNS = List.of("a%", "%b%", "_", "%", "h_llo", "%😀%");

    private static final List<String> DATE_PARTS =
            List.of("YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "DAYOFWEEK", "DAYOFYEAR", "HOUR", "MINUTE", "SECOND");

    static GeneratedExpression condition(Random random, int depth) {
        if (depth == 0) {
            return pick(
                    random, same("p"), same("TRUE"), same("FALSE"), new GeneratedExpression("NULL", "NULL::BOOLEAN"));
        }
        int below = depth - 1;
        return switch (random.nextInt(19)) {
            case 0 -> binary(condition(random, below), "AND", condition(random, below));
            case 1 -> binary(condition(random, below), "OR", condition(random, below));
            case 2 -> of("(NOT %s)", condition(random, below));
            case 3 -> of("(%s IS NULL)", any(random, below));
            case 4 -> of("(%s IS NOT NULL)", any(random, below));
            case 5 -> binary(whole(random, below), comparison(random), whole(random, below));
            case 6 -> binary(exact(random, below), comparison(random), exact(random, below));
            case 7 -> binary(text(random, below), comparison(random), text(random, below));
            case 8 -> of("(%s BETWEEN %s AND %s)", whole(random, below), whole(random, below), whole(random, below));
            case 9 -> of("(%s IN (%s, %s))", whole(random, below), whole(random, below), whole(random, below));
            case 10 -> of("(%s LIKE %s)", text(random, below), literal(pick(random, PATTERNS)));
            case 11 -> of("(%s IS DISTINCT FROM %s)", whole(random, below), whole(random, below));
            case 12 -> of("(%s NOT IN (%s, %s))", whole(random, below), whole(random, below), whole(random, below));
            case 13 ->
                of("(%s NOT BETWEEN %s AND %s)", exact(random, below), exact(random, below), exact(random, below));
            case 14 ->
                of(
                        "(%s IS " + pick(random, List.of("TRUE", "FALSE", "NOT TRUE", "NOT FALSE")) + ")",
                        condition(random, below));
            case 15 -> of("(%s IS NOT DISTINCT FROM %s)", text(random, below), text(random, below));
            case 16 -> of("(%s NOT LIKE %s)", text(random, below), literal(pick(random, PATTERNS)));
            case 17 ->
                of(
                        "CASE WHEN %s THEN %s ELSE %s END",
                        condition(random, below), condition(random, below), condition(random, below));
            default -> binary(moment(random), comparison(random), moment(random));
        };
    }

    static GeneratedExpression whole(Random random, int depth) {
        if (depth == 0) {
            long value = random.nextInt(10) == 0 ? random.nextLong() / 2 : random.nextInt(41) - 20;
            return pick(
                    random,
                    same("a"),
                    same("b"),
                    new GeneratedExpression("(" + value + ")", "(" + value + "::BIGINT)"),
                    new GeneratedExpression("CAST(NULL AS BIGINT)", "CAST(NULL AS BIGINT)"));
        }
        int below = depth - 1;
        return switch (random.nextInt(16)) {
            case 0 -> binary(whole(random, below), "+", whole(random, below));
            case 1 -> binary(whole(random, below), "-", whole(random, below));
            case 2 -> binary(whole(random, below), "*", whole(random, below));
            case 3 -> of("(%s %% " + (1 + random.nextInt(9)) + ")", whole(random, below));
            case 4 -> of("ABS(%s)", whole(random, below));
            case 5 -> of("(- %s)", whole(random, below));
            case 6 -> of("GREATEST(%s, %s)", whole(random, below), whole(random, below));
            case 7 -> of("LEAST(%s, %s)", whole(random, below), whole(random, below));
            case 8 -> of("COALESCE(%s, %s)", whole(random, below), whole(random, below));
            case 9 -> of("NULLIF(%s, %s)", whole(random, below), whole(random, below));
            case 10 -> of("LENGTH(%s)", text(random, below));
            case 11, 12 -> of(pick(random, DATE_PARTS) + "(%s)", moment(random));
            case 13 -> of("SIGN(%s)", whole(random, below));
            case 14 -> of("POSITION(%s IN %s)", literal(pick(random, TEXTS)), text(random, below));
            default ->
                of(
                        "CASE WHEN %s THEN %s ELSE %s END",
                        condition(random, below), whole(random, below), whole(random, below));
        };
    }

    static GeneratedExpression exact(Random random, int depth) {
        if (depth == 0) {
            return pick(random, same("d"), same("e"), same("1.25"), same("(-0.5)"));
        }
        int below = depth - 1;
        return switch (random.nextInt(10)) {
            case 0 -> binary(exact(random, below), "+", exact(random, below));
            case 1 -> binary(exact(random, below), "-", exact(random, below));
            case 2 -> depth > 2 ? exact(random, below) : binary(exact(random, 0), "*", exact(random, 0));
            case 3 -> of("ABS(%s)", exact(random, below));
            case 4 -> of("(- %s)", exact(random, below));
            case 5 -> of("COALESCE(%s, %s)", exact(random, below), exact(random, below));
            case 6 -> of("GREATEST(%s, %s)", exact(random, below), exact(random, below));
            case 7 -> of("LEAST(%s, %s)", exact(random, below), exact(random, below));
            case 8 -> of("NULLIF(%s, %s)", exact(random, below), exact(random, below));
            default -> of("CASE WHEN %s THEN %s END", condition(random, below), exact(random, below));
        };
    }

    static GeneratedExpression text(Random random, int depth) {
        if (depth == 0) {
            return pick(random, same("s"), same("u"), literal(pick(random, TEXTS)), same("CAST(NULL AS VARCHAR)"));
        }
        int below = depth - 1;
        int from = 1 + random.nextInt(5);
        int length = random.nextInt(5);
        return switch (random.nextInt(18)) {
            case 0 -> binary(text(random, below), "||", text(random, below));
            case 1 -> of("UPPER(%s)", text(random, below));
            case 2 -> of("LOWER(%s)", text(random, below));
            case 3 -> of("SUBSTRING(%s, " + from + ", " + length + ")", text(random, below));
            case 4 -> of("SUBSTRING(%s, " + from + ")", text(random, below));
            case 5 -> of("REPLACE(%s, %s, %s)", text(random, below), literal("a"), literal(pick(random, TEXTS)));
            case 6 -> of("LEFT(%s, " + (length - 2) + ")", text(random, below));
            case 7 -> of("RIGHT(%s, " + (length - 2) + ")", text(random, below));
            case 8 -> of("LPAD(%s, " + length * 2 + ", 'xy')", text(random, below));
            case 9 -> of("RPAD(%s, " + length * 2 + ", 'xy')", text(random, below));
            case 10 -> of("CONCAT(%s, %s)", text(random, below), text(random, below));
            case 11 -> of("SPLIT_PART(%s, 'a', " + from + ")", text(random, below));
            case 12 -> of("TRIM(%s)", text(random, below));
            case 13 -> of("LTRIM(%s)", text(random, below));
            case 14 -> of("RTRIM(%s)", text(random, below));
            case 15 -> of("REVERSE(%s)", text(random, below));
            case 16 -> of("NULLIF(%s, %s)", text(random, below), text(random, below));
            default -> of("COALESCE(%s, %s)", text(random, below), text(random, below));
        };
    }

    /** A constant moment between 1930 and 2070, to the second, leap days among them. */
    static GeneratedExpression moment(Random random) {
        String text = random.nextInt(8) == 0
                ? "20" + (random.nextInt(7) * 4 + 12) + "-02-29T23:59:59"
                : LocalDateTime.ofEpochSecond(
                                (random.nextLong() >>> 1) % 4_417_977_600L - 1_262_304_000L, 0, ZoneOffset.UTC)
                        .format(DateTimeFormatter.ISO_LOCAL_DATE_TIME);
        return new GeneratedExpression("TIMESTAMP '" + text + "Z'", "TIMESTAMP '" + text + "'");
    }

    /** Of any of the types. */
    static GeneratedExpression any(Random random, int depth) {
        return switch (random.nextInt(4)) {
            case 0 -> condition(random, depth);
            case 1 -> whole(random, depth);
            case 2 -> exact(random, depth);
            default -> text(random, depth);
        };
    }

    private static String comparison(Random random) {
        return pick(random, COMPARISONS);
    }

    private static GeneratedExpression same(String text) {
        return new GeneratedExpression(text, text);
    }

    private static GeneratedExpression literal(String text) {
        return same("'" + text.replace("'", "''") + "'");
    }

    private static GeneratedExpression binary(GeneratedExpression left, String operator, GeneratedExpression right) {
        return of("(%s " + operator.replace("%", "%%") + " %s)", left, right);
    }

    private static GeneratedExpression of(String form, GeneratedExpression... parts) {
        Object[] ours = new Object[parts.length];
        Object[] theirs = new Object[parts.length];
        for (int i = 0; i < parts.length; i++) {
            ours[i] = parts[i].ours();
            theirs[i] = parts[i].duckDb();
        }
        return new GeneratedExpression(form.formatted(ours), form.formatted(theirs));
    }

    private static GeneratedExpression pick(Random random, GeneratedExpression... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static String pick(Random random, List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
