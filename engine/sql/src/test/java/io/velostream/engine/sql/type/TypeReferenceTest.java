package io.velostream.engine.sql.type;

import io.velostream.engine.ReferencePage;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TypeReferenceTest {

    private static final SqlType EXACT = new SqlType.Decimal(10, 2);

    private static final List<SqlType> TYPES = List.of(
            Simple.BOOLEAN,
            Simple.BIGINT,
            EXACT,
            Simple.DOUBLE,
            Simple.STRING,
            Simple.BYTES,
            Simple.TIMESTAMP,
            Simple.DATE,
            Simple.TIME,
            Simple.INTERVAL,
            new SqlType.Array(Simple.BIGINT),
            new SqlType.MapOf(Simple.BIGINT),
            new SqlType.Struct(List.of(new SqlType.Field("a", Simple.BIGINT))));

    private static String name(SqlType type) {
        return switch (type) {
            case SqlType.Decimal _ -> "DECIMAL";
            case SqlType.Array _ -> "ARRAY";
            case SqlType.MapOf _ -> "MAP";
            case SqlType.Struct _ -> "STRUCT";
            default -> type.toString();
        };
    }

    private static String conversion(SqlType from, SqlType to) {
        if (from.equals(to)) {
            return "=";
        }
        return Coercions.implicit(from, to) ? "silent" : Coercions.castable(from, to) ? "CAST" : "";
    }

    private static String result(SqlType type) {
        return "`" + type + "`";
    }

    @Test
    void pageShowsEveryConversion() throws IOException {
        String names = TYPES.stream().map(TypeReferenceTest::name).collect(Collectors.joining(" | "));
        StringBuilder page = new StringBuilder("""
            # Types

            | type | also written | value |
            | --- | --- | --- |
            | BOOLEAN | BOOL | TRUE, FALSE |
            | BIGINT | INTEGER, INT, SMALLINT, TINYINT, LONG | whole numbers of 64 bits; more is a record error, never a wrap |
            | DECIMAL(p, s) | NUMERIC, DEC | exact, 38 digits at most; DECIMAL alone is DECIMAL(38, 9), ScaledInteger DECIMAL(18, 4) |
            | DOUBLE | FLOAT, REAL, DOUBLE PRECISION | 64 bits; never infinite or not a number |
            | STRING | VARCHAR, TEXT, CHAR, JSON | Unicode text |
            | BYTES | BINARY, VARBINARY | base64 in JSON |
            | TIMESTAMP | DATETIME | milliseconds, UTC; a BIGINT stands for one |
            | DATE, TIME, INTERVAL | | days; milliseconds of the day; milliseconds |
            | ARRAY<T>, MAP<STRING, T>, STRUCT<a T, …> | | nested to any depth |
            | ANY | | a column of a source without declared columns: each value has its own type |

            ## Conversions

            From the row's type to the column's: `silent` where the other is wanted, `CAST` where CAST must say so. A value that
            has no counterpart, such as `CAST('x' AS BIGINT)`, fails its record; TRY_CAST makes NULL of it. ANY goes to every
            type, and NULL too. Elements, values and fields are converted by the same rules. Made from
            `io.velostream.engine.sql.type.Coercions`; do not edit.

            """);
        page.append("| from \\ to | ").append(names).append(" |\n|");
        page.append(" --- |".repeat(TYPES.size() + 1)).append('\n');
        for (SqlType from : TYPES) {
            String row = TYPES.stream().map(to -> conversion(from, to)).collect(Collectors.joining(" | "));
            page.append("| ").append(name(from)).append(" | ").append(row).append(" |\n");
        }
        SqlType other = new SqlType.Decimal(8, 3);
        page.append("""

            ## What arithmetic gives

            | operands | + − | × | ÷ |
            | --- | --- | --- | --- |
            """);
        for (List<SqlType> pair : List.of(
                List.<SqlType>of(Simple.BIGINT, Simple.BIGINT),
                List.of(EXACT, other),
                List.of(EXACT, Simple.BIGINT),
                List.of(EXACT, Simple.DOUBLE))) {
            SqlType left = pair.getFirst();
            SqlType right = pair.getLast();
            page.append("| %s, %s | %s | %s | %s |\n"
                    .formatted(
                            result(left),
                            result(right),
                            result(Coercions.sum(left, right)),
                            result(Coercions.product(left, right)),
                            result(Coercions.quotient(left, right))));
        }

        ReferencePage.assertUpToDate("sql-types.md", page.toString());
    }
}
