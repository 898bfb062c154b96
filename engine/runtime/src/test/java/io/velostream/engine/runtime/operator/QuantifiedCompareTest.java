package io.velostream.engine.runtime.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code < ANY} and its kin over a table that changes, against the standard's definition. */
class QuantifiedCompareTest {

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"<, ANY", "<=, ANY", ">, ANY", ">=, ANY", "<, ALL", "<=, ALL", ">, ALL", ">=, ALL", "<>, ALL", "<>, ANY"
    })
    void comparesWithEveryRowThatIsThere(String operator, String quantifier) {
        QueryUnderTest query = new QueryUnderTest("""
            CREATE TABLE a (id BIGINT PRIMARY KEY, v BIGINT, kind STRING) WITH ('topic' = 'a');
            CREATE STREAM s (id BIGINT, v BIGINT) WITH ('topic' = 's');
            CREATE STREAM out AS SELECT id, v %s %s (SELECT v * 2 FROM a WHERE id > 0 AND kind = 'x') AS x FROM s;
            """.formatted(operator, quantifier));
        SplittableRandom random = new SplittableRandom(operator.length() + quantifier.hashCode());
        Map<Integer, @Nullable Integer> table = new HashMap<>();
        List<String> expected = new ArrayList<>();

        for (int i = 0; i < 400; i++) {
            if (random.nextInt(3) == 0) {
                change(query, table, random);
            }
            Integer value = value(random, 30);
            query.feed("s", null, i, "{'id': %d, 'v': %s}".formatted(i, value));
            expected.add("null: {'id':%d,'x':%s}".formatted(i, answer(value, operator, quantifier, table)));
            if (random.nextInt(40) == 0) {
                query.restart();
            }
        }

        assertThat(query.rows()).containsExactlyElementsOf(expected);
    }

    /** Now and then the table is emptied, so that the answer over nothing is asked for too. */
    private static void change(QueryUnderTest query, Map<Integer, @Nullable Integer> table, SplittableRandom random) {
        if (random.nextInt(15) == 0) {
            table.keySet().forEach(id -> query.feed("a", Integer.toString(id), 0, null));
            table.clear();
            return;
        }
        int id = random.nextInt(5);
        if (random.nextInt(3) == 0) {
            table.remove(id);
            query.feed("a", Integer.toString(id), 0, null);
        } else {
            Integer value = value(random, 12);
            table.put(id, value);
            query.feed("a", Integer.toString(id), 0, "{'id': %d, 'v': %s, 'kind': 'x'}".formatted(id, value));
        }
    }

    private static @Nullable Integer value(SplittableRandom random, int below) {
        return random.nextInt(10) == 0 ? null : random.nextInt(below);
    }

    private static @Nullable Boolean answer(
            @Nullable Integer left, String operator, String quantifier, Map<Integer, @Nullable Integer> table) {
        boolean all = quantifier.equals("ALL");
        boolean unknown = false;
        for (Map.Entry<Integer, @Nullable Integer> row : table.entrySet()) {
            if (row.getKey() == 0) {
                continue;
            }
            Integer right = row.getValue();
            if (left == null || right == null) {
                unknown = true;
            } else if (compares(left, operator, right * 2) != all) {
                return !all;
            }
        }
        return unknown ? null : all;
    }

    private static boolean compares(int left, String operator, int right) {
        return switch (operator) {
            case "<" -> left < right;
            case "<=" -> left <= right;
            case ">" -> left > right;
            case ">=" -> left >= right;
            default -> left != right;
        };
    }
}
