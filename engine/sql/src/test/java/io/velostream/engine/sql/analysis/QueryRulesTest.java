package io.velostream.engine.sql.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.plan.Compiled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryRulesTest {

    private static final String ORDERS =
            "CREATE STREAM orders (id BIGINT, amount DECIMAL(10, 2), item STRUCT<sku STRING, qty INT>, name STRING,"
                    + " tags ARRAY<STRING>, ts TIMESTAMP) WITH ('topic' = 'orders');\n";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\u0000', textBlock = """
        SELECT amuont FROM orders                      | 2:29 | column `amuont` does not exist in `orders`; did you mean `amount`?
        SELECT o.idd FROM orders o                     | 2:31 | did you mean `id`?
        SELECT item.sk FROM orders                     | 2:34 | did you mean `sku`?
        SELECT name.first FROM orders                  | 2:34 | a STRING has no field `first`
        SELECT x.* FROM orders o                       | 2:29 | `x` is not in FROM
        SELECT UPER(name) AS u FROM orders             | 2:29 | unknown function `UPER`; did you mean `UPPER`?
        SELECT UPPER(id) AS u FROM orders              | 2:29 | UPPER does not take (BIGINT)
        SELECT name + 1 AS x FROM orders               | 2:29 | `+` needs numbers
        SELECT id FROM orders WHERE name               | 2:50 | WHERE needs a condition
        SELECT id FROM orders WHERE name > 5           | 2:50 | compares a STRING with a BIGINT
        SELECT id FROM orders WHERE tags > tags        | 2:50 | have no order
        SELECT CAST(name AS INTEGR) AS x FROM orders   | 2:42 | did you mean `INTEGER`?
        SELECT CAST(tags AS BIGINT) AS x FROM orders   | 2:29 | cannot be converted to BIGINT
        SELECT CASE WHEN id > 1 THEN 1 ELSE 'a' END AS x FROM orders | 2:29 | the branches of CASE give
        SELECT id, id FROM orders                      | 2:33 | two columns named `id`
        SELECT id FROM orders WHERE COUNT(*) > 1       | 2:50 | cannot stand in WHERE
        SELECT SUM(COUNT(*)) AS x FROM orders          | 2:33 | cannot stand in the argument of another aggregate
        SELECT SUM(name) AS x FROM orders              | 2:29 | SUM needs a number
        SELECT MIN(*) AS x FROM orders                 | 2:29 | MIN(*) does not exist
        SELECT id, COUNT(*) AS n FROM orders GROUP BY name | 2:29 | column `id` is neither in GROUP BY nor in an aggregate
        SELECT _offset, COUNT(*) AS n FROM orders GROUP BY name | 2:29 | column `_offset` is neither
        SELECT *, COUNT(*) AS n FROM orders GROUP BY name | 2:29 | * cannot stand
        SELECT id FROM orders HAVING id > 1            | 2:51 | HAVING needs groups
        SELECT id FROM orders WINDOW TUMBLING(1m)      | 2:44 | WINDOW needs something to collect
        SELECT id FROM orders EMIT FINAL               | 2:44 | EMIT FINAL needs a WINDOW
        SELECT COUNT(*) AS n FROM orders WINDOW TUMBLING(0s) | 2:71 | at least one millisecond
        SELECT COUNT(*) AS n FROM orders WINDOW TUMBLING(1m, 1m) | 2:75 | one duration
        SELECT COUNT(*) AS n FROM orders WINDOW TUMBLNG(1m) | 2:62 | did you mean `TUMBLING`?
        SELECT COUNT(*) AS n FROM orders WINDOW TUMBLING(item, 1m) | 2:71 | a window's time must be
        SELECT COUNT(*) AS n FROM orders WINDOW SLIDING(1m, 5m) | 2:74 | advance is larger
        SELECT COUNT(*) AS n FROM orders WINDOW SLIDING(1d, 1ms) | 2:74 | in 86400000 windows
        SELECT COUNT(*) AS n FROM orders WINDOW SESSION(1m, 1m) | 2:74 | one duration
        SELECT LAG(id) AS x FROM orders                | 2:29 | needs OVER
        SELECT id FROM orders WHERE LAG(id) OVER () > 1 | 2:50 | cannot stand in WHERE
        SELECT SUM(LAG(id) OVER ()) AS x FROM orders   | 2:33 | cannot stand in the argument of another aggregate
        SELECT LAG(LAG(id) OVER ()) OVER () AS x FROM orders | 2:33 | cannot stand in another window function
        SELECT UPPER(name) OVER () AS x FROM orders    | 2:29 | takes no OVER
        SELECT LAG(id, id) OVER () AS x FROM orders    | 2:37 | LAG needs a whole number
        SELECT NTILE(0) OVER () AS x FROM orders       | 2:35 | NTILE needs a whole number from 1
        SELECT RANK(id) OVER () AS x FROM orders       | 2:29 | RANK()
        SELECT LAG(id, 1, name) OVER () AS x FROM orders | 2:40 | LAG gives
        SELECT SUM(id) OVER (ORDER BY tags) AS x FROM orders | 2:52 | have no order
        SELECT SUM(id) OVER (ROWS WINDOW BUFFER 0 ROWS) AS x FROM orders | 2:62 | a buffer holds
        SELECT SUM(id) OVER (EMIT ON BUFFER_FULL) AS x FROM orders | 2:43 | here is none
        SELECT SUM(id) OVER (ORDER BY id ROWS INTERVAL '1' MINUTE PRECEDING) AS x FROM orders | 2:60 | ROWS counts rows
        SELECT SUM(id) OVER (ORDER BY name RANGE 5 PRECEDING) AS x FROM orders | 2:63 | cannot be measured by a STRING
        SELECT SUM(id) OVER (RANGE 5 PRECEDING) AS x FROM orders | 2:49 | exactly one ORDER BY
        SELECT SUM(id) OVER (ROWS BETWEEN CURRENT ROW AND 1 PRECEDING) AS x FROM orders | 2:43 | ends before it begins
        SELECT id FROM orders ORDER BY id              | 2:53 | the rows of `orders` never end
        SELECT name, COUNT(*) AS n FROM orders GROUP BY name WINDOW SESSION(1m) ORDER BY n | 2:103 | sessions end one by one
        SELECT name, COUNT(*) AS n FROM orders GROUP BY name WINDOW TUMBLING(1m) ORDER BY n EMIT CHANGES | 2:104 | EMIT CHANGES
        SELECT DISTINCT * FROM raw_topic               | 2:38 | DISTINCT needs to know
        SELECT id FROM orders LIMIT 0                  | 2:50 | LIMIT needs a whole number from 1
        SELECT id                                      | 2:22 | no FROM
        SELECT a.id FROM a JOIN b ON a.k = b.k         | 2:41 | WITHIN
        SELECT a.id FROM a JOIN b ON a.k > b.k WITHIN INTERVAL '5' SECOND | 2:51 | equality
        SELECT id FROM orders WHERE id IN (SELECT x FROM raw_topic) | 2:71 | `raw_topic` is a stream
        SELECT id FROM orders UNION ALL SELECT name FROM orders | 2:61 | column 1 of the UNION
        SELECT id FROM orders UNION ALL SELECT id, name FROM orders | 2:61 | gives 2 columns, but 1 are wanted
        SELECT id FROM orders WHERE ts > DATE '2024-13-01' | 2:55 | is not a DATE
        SELECT id FROM orders WHERE id = ${missing}    | 2:55 | variable `missing` has no value
        SELECT -name AS x FROM orders                  | 2:29 | `-` needs a number
        """)
    void saysWhatIsWrongAndWhere(String select, String place, String words) {
        assertThat(Compiled.refused(ORDERS + "CREATE STREAM out AS " + select))
                .anySatisfy(
                        problem -> assertThat(problem).startsWith(place + ":").contains(words));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT STRING_AGG(v, ',' ORDER BY v) AS p FROM t",
            })
    void whatThisVersionDoesNotRunIsSaidSo(String select) {
        assertThat(Compiled.refused("CREATE STREAM out AS " + select + ";"))
                .allSatisfy(problem -> assertThat(problem).contains("is not supported yet in this version"));
    }

    @Test
    void aNameThatNothingReadsDoesNotRun() {
        assertThat(Compiled.query("CREATE STREAM out AS WITH x AS (SELECT a FROM t) SELECT a FROM t;")
                        .name())
                .isEqualTo("out");
    }

    @Test
    void aliasOfTheSelectListIsNotKnownInWhere() {
        assertThat(Compiled.refused("CREATE STREAM out AS SELECT a * 2 AS twice FROM t WHERE twice > 4;"))
                .singleElement()
                .asString()
                .startsWith("1:57: the alias `twice` of the select list is not known here");
    }

    @Test
    void circleOfStatementsIsNamed() {
        assertThat(Compiled.refused("CREATE STREAM a AS SELECT x FROM b; CREATE STREAM b AS SELECT x FROM a;"))
                .singleElement()
                .asString()
                .startsWith("1:15:")
                .contains("a reads b reads a");
    }

    @Test
    void nameIsCreatedOnce() {
        assertThat(Compiled.refused("CREATE STREAM a AS SELECT x FROM t;\nCREATE TABLE A AS SELECT x FROM t;"))
                .singleElement()
                .asString()
                .startsWith("2:14: `A` already exists: it is created on line 1");
    }

    @Test
    void bareSelectIsNoJob() {
        assertThat(Compiled.refused("SELECT a FROM t;"))
                .singleElement()
                .asString()
                .contains("cannot run as a job");
    }
}
