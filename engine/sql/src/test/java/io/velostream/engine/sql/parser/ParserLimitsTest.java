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
