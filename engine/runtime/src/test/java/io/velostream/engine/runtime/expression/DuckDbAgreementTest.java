package io.velostream.engine.runtime.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.reference.CheckedInPage;
import io.velostream.engine.runtime.operator.RecordFailure;
import io.velostream.engine.sql.function.SqlValues;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Expressions give what DuckDB gives: three-valued logic, whole and exact numbers, text, parts of dates. */
class DuckDbAgreementTest {

    private static final String DECLARATION =
            "CREATE STREAM t (a BIGINT, b BIGINT, d DECIMAL(10, 2), e DECIMAL(8, 3), s STRING, u STRING, p BOOLEAN)"
                    + " WITH ('topic' = 't'); ";
    private static final List<String> COLUMNS = List.of("a", "b", "d", "e", "s", "u", "p");
    private static final String FAILED = "(fails)";

    private static final List<@Nullable Object[]> ROWS = List.of(
            new Object[] {7L, -3L, new BigDecimal("12.50"), new BigDecimal("-0.125"), "aab", "B", true},
            new Object[] {0L, 20L, new BigDecimal("0.00"), new BigDecimal("3.000"), "", "héllo", false},
            new Object[] {
                Long.MAX_VALUE, 1L, new BigDecimal("-99999999.99"), new BigDecimal("1.001"), "😀z", "a_b%", null
            },
            new Object[] {null, 2L, null, new BigDecimal("7.500"), null, "x y", true},
            new Object[] {-7L, null, new BigDecimal("1.25"), null, "Abc", null, false});

    private static Connection duckDb;

    /** What is different on purpose. */
    record Difference(String expression, String ours, String duckDb, String why) {}

    @BeforeAll
    static void open() throws SQLException {
        duckDb = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = duckDb.createStatement()) {
            statement.execute("CREATE TABLE t (id INTEGER, a BIGINT, b BIGINT, d DECIMAL(10, 2), e DECIMAL(8, 3),"
                    + " s VARCHAR, u VARCHAR, p BOOLEAN)");
        }
        try (PreparedStatement insert = duckDb.prepareStatement("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (int row = 0; row < ROWS.size(); row++) {
                insert.setInt(1, row);
                for (int column = 0; column < COLUMNS.size(); column++) {
                    insert.setObject(column + 2, ROWS.get(row)[column]);
                }
                insert.execute();
            }
        }
    }

    @AfterAll
    static void close() throws SQLException {
        duckDb.close();
    }

    @ParameterizedTest
    @CsvSource({"condition, 1000", "whole, 1000", "exact, 600", "text, 1000"})
    void generatedExpressionsAgree(String kind, int count) {
        Random random = new Random(kind.hashCode());
        int compared = 0;
        for (int i = 0; i < count; i++) {
            int depth = 1 + random.nextInt(4);
            GeneratedExpression expression = switch (kind) {
                case "condition" -> GeneratedExpression.condition(random, depth);
                case "whole" -> GeneratedExpression.whole(random, depth);
                case "exact" -> GeneratedExpression.exact(random, depth);
                default -> GeneratedExpression.text(random, depth);
            };
            List<@Nullable Object> ours = new ArrayList<>();
            for (int row = 0; row < ROWS.size(); row++) {
                ours.add(ours(expression.ours(), row));
            }
            Optional<List<@Nullable Object>> theirs = theirs(expression.duckDb());
            compared += theirs.isEmpty() ? 0 : compare(expression, ours, theirs.get());
        }
        assertThat(compared).isGreaterThan(count * ROWS.size() / 2);
    }

    /**
     * Compares where neither fails: what is evaluated at all, and so may overflow, is up to each; DuckDB fails for all rows
     * when it does for one.
     *
     * @return how many rows that were
     */
    private static int compare(
            GeneratedExpression expression, List<@Nullable Object> ours, List<@Nullable Object> theirs) {
        int compared = 0;
        for (int row = 0; row < ROWS.size(); row++) {
            if (!FAILED.equals(ours.get(row))) {
                assertThat(SqlValues.same(ours.get(row), theirs.get(row)))
                        .as(
                                "%s in row %s is %s, but in DuckDB %s",
                                expression.ours(), row, ours.get(row), theirs.get(row))
                        .isTrue();
                compared++;
            }
        }
        return compared;
    }

    private static @Nullable Object ours(String expression, int row) {
        Map<String, Object> fields = new HashMap<>();
        for (int column = 0; column < COLUMNS.size(); column++) {
            fields.put(COLUMNS.get(column), ROWS.get(row)[column]);
        }
        try {
            return SqlExpressions.withoutFolding().over(DECLARATION, fields).value(expression);
        } catch (RecordFailure failed) {
            return FAILED;
        }
    }

    /** The values of all rows; empty when one of them fails. */
    private static Optional<List<@Nullable Object>> theirs(String expression) {
        List<@Nullable Object> values = new ArrayList<>();
        try (Statement statement = duckDb.createStatement();
                ResultSet rows = statement.executeQuery("SELECT " + expression + " FROM t ORDER BY id")) {
            while (rows.next()) {
                Object value = rows.getObject(1);
                values.add(
                        value instanceof Integer || value instanceof Byte
                                ? (Object) ((Number) value).longValue()
                                : value);
            }
            return Optional.of(values);
        } catch (SQLException failed) {
            assertThat(failed.getMessage()).doesNotContain("Parser Error", "Binder Error", "Catalog Error");
            return Optional.empty();
        }
    }

    static List<Difference> differences() {
        return List.of(
                new Difference("1 / 0", FAILED, "Infinity", "division by zero is a record error, never a value"),
                new Difference("5 % 0", FAILED, "NULL", "so is the remainder"),
                new Difference(
                        "1.00 / 3",
                        "0.333333",
                        "0.3333333333333333",
                        "decimals divide exactly, to four more digits than the operands have, rounded half up"),
                new Difference(
                        "SUBSTRING('abc', -2)",
                        "abc",
                        "bc",
                        "a position before the text is before it (SQL:2003), not counted from its end"),
                new Difference("UPPER('ß')", "SS", "ẞ", "upper case follows Unicode's full mapping"),
                new Difference("CAST(2.5 AS BIGINT)", "2", "3", "a fraction is cut when it becomes whole"),
                new Difference("CAST('yes' AS BOOLEAN)", FAILED, "true", "only true and false are truth values"));
    }

    @ParameterizedTest
    @MethodSource("differences")
    void differencesAreAsDocumented(Difference difference) {
        assertThat(String.valueOf(ours(difference.expression(), 0))).isEqualTo(difference.ours());
        assertThat(String.valueOf(theirs(difference.expression()).orElseThrow().getFirst()))
                .isEqualTo(difference.duckDb().equals("NULL") ? "null" : difference.duckDb());
    }

    @Test
    void differencesAreListed() throws IOException {
        StringBuilder page = new StringBuilder("""
            # Where expressions differ from DuckDB

            Expressions are compared with DuckDB's by a test that generates them: three-valued logic, whole and exact
            numbers, text, parts of dates. What differs, differs on purpose. Made from that test; do not edit.

            | expression | here | DuckDB | why |
            | --- | --- | --- | --- |
            """);
        for (Difference each : differences()) {
            page.append(
                    "| `%s` | %s | %s | %s |\n".formatted(each.expression(), each.ours(), each.duckDb(), each.why()));
        }

        CheckedInPage.isCurrent("sql-differences.md", page.toString());
    }
}
