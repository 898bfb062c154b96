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
    void aMegabyteOfStatementsTakesLinearTime() {
        StringBuilder sql = new StringBuilder();
        for (int i = 0; sql.length() < 1_000_000; i++) {
            sql.append("CREATE STREAM s")
                    .append(i)
                    .append(" AS SELECT id, UPPER(name) AS n, (a + b) * c AS x,")
                    .append(" CASE WHEN amount > ")
                    .append(i)
                    .append(" THEN 'big' ELSE 'small' END AS size")
                    .append(" FROM t WHERE amount BETWEEN 1 AND 100 AND name LIKE 'a%' OR id IN (1, 2, 3);\n");
        }

        assertTimeoutPreemptively(LINEAR, () -> Compiled.plan(sql.toString()));
    }
}
