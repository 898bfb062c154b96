package io.velostream.engine.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.velostream.engine.plan.Compiled;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParserLimitsTest {

    /** Generous for a busy machine; anything that is not linear takes far longer. */
    private static final Duration LINEAR = Duration.ofSeconds(60);

    @ParameterizedTest
    @ValueSource(strings = {"(", "UPPER(", "NOT ", "- ", "CASE WHEN a THEN ", "a[", "(SELECT "})
    void deepNestingIsAnErrorInsteadOfAStackOverflow(String opening) {
        String sql = "CREATE STREAM out AS SELECT " + opening.repeat(5_000) + "a FROM t";

        assertThat(Compiled.refused(sql)).first().asString().contains("nest deeper than 200 levels");
    }

    @ParameterizedTest
    @ValueSource(strings = {" + a", " || a", ".b", "[1]", " IS NULL"})
    void longChainsAreAnErrorInsteadOfAStackOverflow(String link) {
        String sql = "CREATE STREAM out AS SELECT a" + link.repeat(20_000) + " FROM t";

        assertThat(Compiled.refused(sql)).first().asString().startsWith("1:");
    }

    @Test
    void nestedTypesAreLimitedToo() {
        String sql = "CREATE STREAM s (a " + "ARRAY<".repeat(3_000) + "BIGINT" + ">".repeat(3_000)
                + ") WITH ('topic' = 's')";

        assertThat(Compiled.refused(sql)).first().asString().contains("nest deeper");
    }

    @Test
    void aliasesCannotMakeAnExpressionExplode() {
        StringBuilder sql = new StringBuilder("CREATE STREAM out AS SELECT a AS x0");
        for (int i = 1; i < 100; i++) {
            sql.append(", x")
                    .append(i - 1)
                    .append(" + x")
                    .append(i - 1)
                    .append(" AS x")
                    .append(i);
        }

        assertThat(Compiled.refused(sql + " FROM t")).first().asString().contains("more than 500000 parts");
    }

    @Test
    void longConjunctionsListsAndColumnListsAreFine() {
        assertTimeoutPreemptively(LINEAR, () -> {
            Compiled.plan("CREATE STREAM out AS SELECT a FROM t WHERE a = 0" + " OR a = 1 AND b > 2".repeat(5_000));
            Compiled.plan("CREATE STREAM out AS SELECT a FROM t WHERE a IN (0" + ", 1".repeat(20_000) + ")");
        });
    }

    @Test
    void aTextAsksAtMostTwoHundredQuestions() {
        String sql = "CREATE STREAM out AS SELECT a FROM t;" + "SHOW STREAMS;".repeat(201);

        assertThat(Compiled.refused(sql)).singleElement().asString().contains("asks more than 200 questions");
    }

    @Test
    void aTextSetsAtMostFiveHundredVariables() {
        StringBuilder sql = new StringBuilder("CREATE STREAM out AS SELECT a FROM t;");
        for (int i = 0; i < 501; i++) {
            sql.append("SET 'v").append(i).append("' = '1';");
        }

        assertThat(Compiled.refused(sql.toString()))
                .singleElement()
                .asString()
                .contains("sets more than 500 variables");
    }

    @Test
    void moreColumnsThanAQueryTakesOfOneRelationAreAnErrorAtTheRelation() {
        assertThat(Compiled.refused(declared(8_191) + "CREATE STREAM out AS SELECT _offset, c1 FROM w"))
                .singleElement()
                .asString()
                .startsWith("2:")
                .contains("`w` has 8191 columns, but a query takes at most 8190");
        assertTimeoutPreemptively(
                LINEAR,
                () -> Compiled.plan(declared(8_190)
                        + "CREATE STREAM out AS SELECT w.*, w._offset AS o, w._partition AS p FROM w JOIN"
                        + " w v WITHIN 1 SECOND ON w.c1 = v.c1"));
    }

    private static String declared(int columns) {
        StringBuilder sql = new StringBuilder("CREATE STREAM w (c0 BIGINT");
        for (int i = 1; i < columns; i++) {
            sql.append(", c").append(i).append(" BIGINT");
        }
        return sql + ") WITH ('topic' = 'w');\n";
    }

    @Test
    void moreNamesThanAQueryTakesOfAnUndeclaredSourceAreAnErrorAtTheName() {
        StringBuilder sql = new StringBuilder("CREATE STREAM out AS SELECT c0");
        for (int i = 1; i < 8_191; i++) {
            sql.append(",\nc").append(i);
        }

        assertThat(Compiled.refused(sql + " FROM w"))
                .singleElement()
                .asString()
                .startsWith("8191:1")
                .contains("names more than 8190 columns of `w`");
    }

    @Test
    void moreRelationsThanAQueryJoinsAreAnErrorAtTheFirstThatIsTooMuch() {
        StringBuilder sql = new StringBuilder("CREATE TABLE t (id BIGINT PRIMARY KEY) WITH ('topic' = 't');\n"
                + "CREATE STREAM out AS SELECT s.id AS x FROM s");
        for (int i = 1; i <= 16; i++) {
            sql.append("\nJOIN t t").append(i).append(" ON s.id = t").append(i).append(".id");
        }

        assertThat(Compiled.refused(sql.toString()))
                .singleElement()
                .asString()
                .startsWith("18:6")
                .contains("joins at most 16 relations");
    }

    @Test
    void anErrorIsFoundBehindAnyNumberOfWarnings() {
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            sql.append("-- @no_such_annotation_").append(i).append(": 1\n");
        }

        assertThat(Compiled.refused(sql + "CREATE STREAM out AS SELECT NOSUCH(a) AS x FROM t;"))
                .last()
                .asString()
                .contains("NOSUCH");
    }
}
