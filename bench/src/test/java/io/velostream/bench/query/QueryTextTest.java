package io.velostream.bench.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QueryTextTest {
    private static final Map<String, String> VALUES = Map.of(
            "bootstrap", "127.0.0.1:9",
            "input", "in",
            "side", "beside",
            "output", "out$1",
            "application", "app",
            "consumer", "'c' = '1'",
            "producer", "'p' = '1'");

    @ParameterizedTest
    @EnumSource
    void isThereInBothDialectsWithEveryPlaceFilled(BenchQuery query) {
        assertThat(QueryText.load("queries", query, VALUES)).contains("'out$1'").doesNotContain("${");
        assertThat(QueryText.load("flink", query, VALUES)).contains("'out$1'").doesNotContain("${");
    }

    @ParameterizedTest
    @EnumSource
    void namesAPlaceWithoutAValue(BenchQuery query) {
        assertThatThrownBy(() -> QueryText.load("queries", query, Map.of("input", "in")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(query.id() + ".sql");
    }
}
