package io.velostream.engine.sql.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.plan.Compiled;
import io.velostream.engine.plan.physical.StageOutput.SinkColumn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionCallsTest {

    private static final String SOURCE =
            "CREATE STREAM t (id BIGINT, tags ARRAY<STRING>, prices ARRAY<DECIMAL(10, 2)>, m MAP<STRING, BIGINT>)"
                    + " WITH ('topic' = 't');\n";

    private static String type(String expression) {
        return ((SinkColumn.Named) Compiled.sink(SOURCE + "CREATE STREAM out AS SELECT " + expression + " AS x FROM t;")
                        .columns()
                        .getFirst())
                .value()
                .type()
                .toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ARRAY(1, 2.50)                                  | ARRAY<DECIMAL(21, 2)>
        ARRAY[]                                         | ARRAY<ANY>
        MAP('a', 1, 'b', 2e0)                           | MAP<STRING, DOUBLE>
        STRUCT('x', 1, 'y', 'z')                        | STRUCT<x BIGINT, y STRING>
        STRUCT(x := tags).x                             | ARRAY<STRING>
        MAP_VALUES(m)                                   | ARRAY<BIGINT>
        SLICE(prices, 1, 2)                             | ARRAY<DECIMAL(10, 2)>
        ARRAY_APPEND(prices, 1)                         | ARRAY<DECIMAL(21, 2)>
        ENTRIES(m, TRUE)                                | ARRAY<STRUCT<K STRING, V BIGINT>>
        TRANSFORM(tags, s => LENGTH(s))                 | ARRAY<BIGINT>
        TRANSFORM(m, (k, v) => k, (k, v) => v / 2)      | MAP<STRING, DOUBLE>
        FILTER(prices, p => p > id)                     | ARRAY<DECIMAL(10, 2)>
        REDUCE(prices, 0, (s, p) => s + p)              | DECIMAL(38, 2)
        REDUCE(tags, 0, (s, x) => s + LENGTH(x))        | BIGINT
        TRANSFORM(ARRAY(tags), a => TRANSFORM(a, s => CONCAT(s, id))) | ARRAY<ARRAY<STRING>>
        IF(id > 1, 1, 2.5)                              | DECIMAL(20, 1)
        TRY_CAST(tags[1] AS BIGINT)                     | BIGINT
        TIMESTAMP()                                     | BIGINT
        CURRENT_DATE                                    | DATE
        """)
    void typesFollowFromTheArguments(String expression, String type) {
        assertThat(type(expression)).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        JSON_VALUE('{}', '$.a[')                        | 40 | is no JSON path
        REGEXP_REPLACE('a', '(', 'b')                   | 43 | is no regular expression
        DATE_TRUNC('hors', CURRENT_TIMESTAMP)           | 34 | there is no unit 'hors'
        EXTRACT('HOR', CURRENT_TIMESTAMP)               | 31 | there is no part 'HOR'
        DATE_FORMAT(CURRENT_TIMESTAMP, '%Q')            | 54 | no conversion %Q
        CONVERT_TZ(CURRENT_TIMESTAMP, 'UTC', 'Mars')    | 60 | is no time zone
        ARRAY(1, 'a')                                   | 23 | ARRAY does not take (BIGINT, STRING)
        STRUCT(1, 2)                                    | 30 | names of a STRUCT's fields are text literals
        STRUCT('a', 1, 'A', 2)                          | 38 | has the field `A` twice
        MAP(1, 2)                                       | 27 | keys of a MAP are STRING
        TRANSFORM(tags, (a, b) => a)                    | 23 | TRANSFORM does not take (ARRAY<STRING>, (a, b) => …)
        FILTER(tags, s => s)                            | 41 | the lambda must give a BOOLEAN, but it gives a STRING
        TRANSFORM(tags, s => s + 1)                     | 44 | needs numbers
        UPPER(x => x)                                   | 23 | UPPER does not take
        TRANFORM(tags, s => s)                          | 23 | did you mean `TRANSFORM`
        TOPK(id, 0)                                     | 32 | whole number from 1
        PERCENTILE_CONT(id, 2)                          | 43 | constant from 0 to 1
        TRANSFORM(tags, s => SUM(id))                   | 44 | cannot stand in a lambda
        IF(id, 1, 2)                                    | 26 | needs a condition
        """)
    void saysWhatIsWrongAndWhere(String expression, int column, String words) {
        assertThat(Compiled.refused(SOURCE + "CREATE STREAM out AS SELECT " + expression + " AS x FROM t;"))
                .first()
                .asString()
                .contains(words)
                .startsWith("2:" + (column + 6) + ":");
    }

    @Test
    void aLambdasParameterHidesAColumn() {
        assertThat(type("TRANSFORM(tags, id => id)")).isEqualTo("ARRAY<STRING>");
    }

    @Test
    void headersOfAGroupAreRefused() {
        assertThat(Compiled.refused("CREATE TABLE out AS SELECT k, HEADER('x') AS h FROM t GROUP BY k;"))
                .first()
                .asString()
                .contains("neither in GROUP BY nor in an aggregate");
    }

    @Test
    void headersCanBeGroupedBy() {
        assertThat(Compiled.query("CREATE TABLE out AS SELECT HEADER('x') AS h, COUNT(*) AS n FROM t GROUP BY"
                                + " HEADER('x');")
                        .stages())
                .hasSize(2);
    }
}
