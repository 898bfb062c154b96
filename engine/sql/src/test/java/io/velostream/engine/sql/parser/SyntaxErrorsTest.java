package io.velostream.engine.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.plan.Compiled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyntaxErrorsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\u0000', textBlock = """
                CREATE STREAM out AS SELECT FROM t EMIT CHANGES;                | 1:29 | FROM
                CREATE STREAM out AS SELECT FROM t EMIT CHANGES;                | 1:29 | an expression
                CREATE STREAM out AS SELECT id FROM t WHERE a = 'abc EMIT;      | 1:49 | unterminated string
                CREATE STREAM out AS SELECT "id FROM t;                         | 1:29 | unterminated quoted name
                SELECT id FROM t /* never closed                                | 1:18 | unterminated comment
                CREATE STREAM out AS SELECT CASE ELSE 2 END FROM t;             | 1:34 | WHEN
                CREATE STREAM out AS SELECT CASE WHEN a THEN 1 FROM t;          | 1:48 | END
                CREATE STREAM out AS SELECT a FROM t EMIT SOMETIMES;            | 1:43 | EMIT CHANGES or EMIT FINAL
                CREATE STREAM out AS SELECT LAG(a) OVER (ROWS WINDOW BUFFER 9); | 1:62 | ROWS
                CREATE STREAM out AS SELECT a FROM t EMIT CHANGES FROM u;       | 1:51 | FROM
                STOP JOB;                                                       | 1:9  | a name (identifier)
                CREATE STREAM out;                                              | 1:18 | AS SELECT
                CREATE STREAM out AS SELECT a FORM t;                           | 1:36 | t
                CREATE STREAM out AS SELECT a FROM t WEHRE a > 1;               | 1:44 | a
                CREATE STREAM out AS SELECT (a FROM t;                          | 1:32 | )
                CREATE STREAM out AS SELECT a FROM t WHERE;                     | 1:43 | an expression
                CREATE STREAM out AS SELECT a FROM t GROUP k;                   | 1:44 | BY
                CREATE STREAM out AS SELECT a FROM t LIMIT 1 WHERE a > 1;       | 1:46 | WHERE must come before LIMIT
                CREATE STREAM out AS SELECT a FROM t WHERE a > 1 WHERE b > 2;   | 1:50 | a second time
                CREATE TABLE o AS SELECT k FROM t HAVING k > 1 GROUP BY k;      | 1:48 | GROUP BY must come before HAVING
                CREATE TABLE o AS SELECT k FROM t GROUP BY k WHERE k > 1;       | 1:46 | WHERE must come before GROUP BY
                CREATE STREAM out AS SELECT a FROM t WHERE a > INTERVAL '5' FORTNIGHT; | 1:61 | FORTNIGHT
                CREATE STREAM out AS SELECT a FROM t WHERE a > 5q;              | 1:48 | unit is unknown
                CREATE STREAM out AS SELECT § FROM t;                           | 1:29 | unexpected character
                CREATE STREAM select AS SELECT a FROM t;                        | 1:15 | select
                """)
    void pointsAtTheTokenAndSaysWhatWouldBeRight(String sql, String place, String words) {
        assertThat(Compiled.refused(sql))
                .first()
                .asString()
                .startsWith(place + ":")
                .contains(words);
    }

    @Test
    void reportsTheErrorsOfAllStatements() {
        List<String> problems = Compiled.refused("""
            CREATE STREAM a AS SELECT FROM t;
            CREATE STREAM b AS SELECT x FROM t WHERE;
            CREATE STREAM c AS SELECT SUMM(x) AS s FROM t;
            """);

        assertThat(problems)
                .hasSize(3)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("1:27:"),
                        second -> assertThat(second).startsWith("2:41:"),
                        third -> assertThat(third).startsWith("3:27:").contains("did you mean `SUM`?"));
    }

    @Test
    void textWithoutAStatementIsAnError() {
        assertThat(Compiled.refused("-- nothing here\n"))
                .singleElement()
                .asString()
                .startsWith("1:1: the text is empty");
        assertThat(Compiled.refused("  ;; ")).singleElement().asString().startsWith("1:1: the text is empty");
    }

    @Test
    void semicolonsAndMarksInsideStringsAndCommentsAreText() {
        assertThat(Compiled.query("""
                        CREATE STREAM out AS SELECT id -- trailing; with 'quote
                          /* block ; */ , amount FROM t WHERE name = 'a; DROP -- x''y' EMIT CHANGES;
                        """).name()).isEqualTo("out");
    }

    @Test
    void keywordsAreCaseInsensitiveAndMostAreNames() {
        assertThat(Compiled.sink("create Stream OUT as select timestamp, date, `order`, \"Select\" AS size, key from t")
                        .columns())
                .hasSize(5);
    }
}
