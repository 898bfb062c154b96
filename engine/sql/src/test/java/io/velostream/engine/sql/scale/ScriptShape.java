package io.velostream.engine.sql.scale;

import java.util.function.IntFunction;

/**
 * Kinds of large scripts: many statements of one sort, or one statement with very many parts. Each is valid and grows
 * by repeating one piece.
 */
enum ScriptShape {
    /** Ordinary queries, each of its own. */
    STATEMENTS(
            "",
            i -> "CREATE STREAM s" + i + " AS SELECT id, UPPER(name) AS n, (a + b) * c AS x, CASE WHEN amount > " + i
                    + " THEN 'big' ELSE 'small' END AS size FROM t WHERE amount BETWEEN 1 AND 100 AND name LIKE 'a%'"
                    + " OR id IN (1, 2, 3);\n",
            ""),
    /** Grouped and windowed queries. */
    AGGREGATES(
            "",
            i -> "CREATE TABLE a" + i + " AS SELECT k, COUNT(*) AS n, SUM(v) AS total, AVG(v + 1) AS mean FROM t"
                    + " WINDOW TUMBLING(5m) GROUP BY k HAVING COUNT(*) > " + i + " EMIT FINAL;\n",
            ""),
    /** Joins of declared sources, each statement with its own two. */
    JOINS("", i -> """
                CREATE STREAM l%1$d (id BIGINT, k BIGINT, v DOUBLE) WITH ('topic' = 'l');
                CREATE TABLE r%1$d (k BIGINT PRIMARY KEY, name STRING) WITH ('topic' = 'r');
                CREATE STREAM j%1$d AS SELECT l.id, r.name, l.v * 2 AS w FROM l%1$d l JOIN r%1$d r ON l.k = r.k WHERE l.v > 1;
                """.formatted(i), ""),
    /** Each statement reads the one before. */
    CHAIN(
            "CREATE STREAM c0 AS SELECT id, v FROM t;\n",
            i -> "CREATE STREAM c" + (i + 1) + " AS SELECT id, v + 1 AS v FROM c" + i + " WHERE v > 0;\n",
            ""),
    /** Every statement is wrong in its names. */
    MISTAKES(
            "CREATE STREAM t (id BIGINT) WITH ('topic' = 't');\n",
            i -> "CREATE STREAM m" + i + " AS SELECT idd, UPPERR(id) AS u FROM t;\nSTOP JOB mm" + i + ";\n",
            ""),
    /** Settings between statements. */
    SETTINGS("", i -> "SET 'v" + (i % 400) + "' = '" + i + "'; CREATE STREAM v" + i + " AS SELECT a FROM t;\n", ""),
    /** One condition of very many terms. */
    CONDITION("CREATE STREAM out AS SELECT a FROM t WHERE a = 0", i -> " OR a = " + i + " AND b > 2", ""),
    /** One list of very many values. */
    LIST("CREATE STREAM out AS SELECT a FROM t WHERE a IN (0", i -> ", " + i, ")"),
    /** One CASE of very many branches. */
    CASE("CREATE STREAM out AS SELECT CASE", i -> " WHEN a = " + i + " THEN 'v" + i + "'", " END AS c FROM t"),
    /** One select list of very many unnamed computations over few columns. */
    ITEMS("CREATE STREAM out AS SELECT a", i -> ", UPPER(name) || '" + i + "', ABS(a + " + i + ")", " FROM t"),
    /** One grouped select list of very many aggregates. */
    CALLS("CREATE TABLE out AS SELECT k", i -> ", SUM(a + " + i + ") AS s" + i, " FROM t GROUP BY k"),
    /** A UNION of very many branches. */
    UNION("CREATE STREAM out AS SELECT a FROM t", i -> " UNION ALL SELECT a + " + i + " AS a FROM t" + i, "");

    private final String head;
    private final IntFunction<String> piece;
    private final String tail;

    ScriptShape(String head, IntFunction<String> piece, String tail) {
        this.head = head;
        this.piece = piece;
        this.tail = tail;
    }

    /** A script of about that many characters. */
    String text(int characters) {
        StringBuilder text = new StringBuilder(head);
        for (int i = 0; text.length() < characters; i++) {
            text.append(piece.apply(i));
        }
        return text.append(tail).toString();
    }
}
