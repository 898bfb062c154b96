package io.velostream.cli.sqltest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueComparisonTest {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final ValueComparison exact = new ValueComparison(false, false);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            1          | 1                    | true
            1          | 1.00                 | true
            1          | 2                    | false
            0.1        | 0.10000000000000001  | true
            0.1        | 0.11                 | false
            1          | "1"                  | false
            "a"        | "a"                  | true
            null       | null                 | true
            null       | 0                    | false
            true       | true                 | true
            [1, "a"]   | [1.0, "a"]           | true
            [1]        | [1, 2]               | false
            {"a": 1}   | {"a": 1}             | true
            {"a": 1}   | {"a": 1, "b": 2}     | false
            9007199254740993 | 9007199254740992 | false
            """)
    void comparesValues(String expected, String actual, boolean equal) throws Exception {
        assertThat(ValueComparison.matches(json(expected), json(actual))).isEqualTo(equal);
    }

    @Test
    void aMissingColumnIsNotANullColumn() throws Exception {
        assertThat(exact.rowMatches(json("{\"a\": null}"), json("{}"))).isFalse();
        assertThat(exact.rowMatches(json("{}"), json("{\"a\": null}"))).isFalse();
    }

    @Test
    void aPartialRowMayHaveMoreColumns() throws Exception {
        ValueComparison partial = new ValueComparison(true, false);

        assertThat(partial.rowMatches(json("{\"a\": 1}"), json("{\"a\": 1, \"b\": 2}")))
                .isTrue();
        assertThat(partial.rowMatches(json("{\"c\": 1}"), json("{\"a\": 1}"))).isFalse();
    }

    @Test
    void aTombstoneMatchesOnlyNull() throws Exception {
        assertThat(exact.rowMatches(NullNode.getInstance(), null)).isTrue();
        assertThat(exact.rowMatches(json("{}"), null)).isFalse();
    }

    @Test
    void orderCountsUnlessItIsSaidNotTo() throws Exception {
        List<JsonNode> expected = List.of(json("{\"a\": 1}"), json("{\"a\": 2}"));
        List<JsonNode> actual = List.of(json("{\"a\": 2}"), json("{\"a\": 1}"));

        assertThat(exact.rowsMatch(expected, actual, false)).isFalse();
        assertThat(exact.rowsMatch(expected, actual, true)).isTrue();
    }

    @Test
    void aMultisetCountsDuplicates() throws Exception {
        List<JsonNode> expected = List.of(json("{\"a\": 1}"), json("{\"a\": 1}"));
        List<JsonNode> actual = List.of(json("{\"a\": 1}"), json("{\"a\": 2}"));

        assertThat(exact.rowsMatch(expected, actual, true)).isFalse();
    }

    private static JsonNode json(String text) throws Exception {
        return JSON.readTree(text);
    }
}
