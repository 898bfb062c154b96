package io.velostream.engine.runtime.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.velostream.engine.runtime.operator.RecordFailure;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AggregatesTest {

    @Test
    void collectListKeepsAllInOrder() {
        Aggregated list = Aggregated.of("COLLECT_LIST(v)", "v BIGINT").rows(3L, null, 1L, 3L);

        assertThat(list.result()).isEqualTo(List.of(3L, 1L, 3L));
        assertThat(list.restored().rows(7L).result()).isEqualTo(List.of(3L, 1L, 3L, 7L));
    }

    @Test
    void collectSetKeepsEachOnce() {
        Aggregated set = Aggregated.of("COLLECT_SET(v)", "v STRING").rows("b", "a", "b");

        assertThat(set.result()).isEqualTo(List.of("b", "a"));
        assertThat(set.restored().rows("a", "c").result()).isEqualTo(List.of("b", "a", "c"));
    }

    @Test
    void numbersOfUnknownTypeAreOneWhenTheirValuesAre() {
        assertThat(Aggregated.of("COLLECT_SET(v)", "").rows(1L, 1.0, "1").result())
                .isEqualTo(List.of(1L, "1"));
    }

    @Test
    void collectedDecimalsAndStructsKeepTheirForm() {
        assertThat(Aggregated.of("COLLECT_LIST(v)", "v DECIMAL(10, 2)")
                        .rows(new BigDecimal("1.50"), new BigDecimal("2.00"))
                        .restored()
                        .result())
                .isEqualTo(List.of(new BigDecimal("1.50"), new BigDecimal("2.00")));
        assertThat(Aggregated.of("COLLECT_LIST(v)", "v STRUCT<a DECIMAL(5, 2), b STRING>")
                        .rows(Map.of("a", new BigDecimal("1.10"), "b", "x"))
                        .restored()
                        .result())
                .isEqualTo(List.of(Map.of("a", new BigDecimal("1.10"), "b", "x")));
    }

    @Test
    void topKeepsTheLargestFirst() {
        Aggregated top = Aggregated.of("TOPK(v, 3)", "v BIGINT").rows(1L, 9L, 5L, 9L);

        assertThat(top.result()).isEqualTo(List.of(9L, 9L, 5L));
        assertThat(top.restored().rows(7L, 0L).result()).isEqualTo(List.of(9L, 9L, 7L));
        assertThat(Aggregated.of("TOPKDISTINCT(v, 2)", "v BIGINT")
                        .rows(1L, 9L, 9L, 5L)
                        .result())
                .isEqualTo(List.of(9L, 5L));
    }

    @Test
    void earliestAndLatestOfSeveral() {
        assertThat(Aggregated.of("EARLIEST_BY_OFFSET(v, 2)", "v STRING")
                        .rows("a", null, "b", "c")
                        .restored()
                        .result())
                .isEqualTo(List.of("a", "b"));
        assertThat(Aggregated.of("LATEST_BY_OFFSET(v, 2)", "v STRING")
                        .rows("a", "b", "c")
                        .restored()
                        .rows("d")
                        .result())
                .isEqualTo(List.of("c", "d"));
        assertThat(Aggregated.of("LATEST_BY_OFFSET(v, TRUE)", "v STRING")
                        .rows("a", "b", null)
                        .result())
                .isEqualTo("b");
    }

    @Test
    void histogramCountsByText() {
        Aggregated histogram = Aggregated.of("HISTOGRAM(v)", "v BIGINT").rows(7L, 8L, null, 7L);

        assertThat(histogram.result()).isEqualTo(Map.of("7", 2L, "8", 1L));
        assertThat(histogram.restored().rows(8L).result()).isEqualTo(Map.of("7", 2L, "8", 2L));
    }

    @ParameterizedTest
    @CsvSource({
        "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY v), 2.5",
        "PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY v), 1.75",
        "PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY v DESC), 3.25",
        "PERCENTILE_CONT(v), 2.5",
        "'PERCENTILE_CONT(v, 1)', 4",
        "PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY v), 2",
        "PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY v DESC), 3",
        "PERCENTILE_DISC(0.51) WITHIN GROUP (ORDER BY v), 3",
        "PERCENTILE_DISC(0) WITHIN GROUP (ORDER BY v), 1",
        "MEDIAN(v), 2.5"
    })
    void percentilesAreExact(String aggregate, double expected) {
        Object result = Aggregated.of(aggregate, "v DOUBLE")
                .rows(4.0, 1.0, null, 3.0)
                .restored()
                .rows(2.0)
                .result();

        assertThat((Double) result).isEqualTo(expected);
    }

    @Test
    void discretePercentileKeepsItsType() {
        assertThat(Aggregated.of("PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY v)", "v STRING")
                        .rows("c", "a", "b")
                        .result())
                .isEqualTo("b");
        assertThat(Aggregated.of("PERCENTILE_DISC(1) WITHIN GROUP (ORDER BY v)", "v DECIMAL(6, 2)")
                        .rows(new BigDecimal("1.10"), new BigDecimal("9.90"))
                        .result())
                .isEqualTo(new BigDecimal("9.90"));
    }

    @ParameterizedTest
    @CsvSource({
        "CORR, 0.9",
        "COVAR_POP, 1.8",
        "COVAR_SAMP, 2.25",
        "REGR_SLOPE, 0.9",
        "REGR_INTERCEPT, 0.3",
        "REGR_R2, 0.81"
    })
    void regressionOfPairs(String function, double expected) {
        Object result = Aggregated.of(function + "(y, x)", "y BIGINT, x BIGINT")
                .row(1L, 1L)
                .row(2L, 3L)
                .row(null, 100L)
                .row(4L, 4L)
                .restored()
                .row(3L, 2L)
                .row(5L, 5L)
                .result();

        assertThat((Double) result).isCloseTo(expected, within(1e-12));
    }

    @Test
    void whatIsUndefinedIsNull() {
        assertThat(Aggregated.of("CORR(y, x)", "y BIGINT, x BIGINT").row(1L, 1L).result())
                .isNull();
        assertThat(Aggregated.of("REGR_SLOPE(y, x)", "y BIGINT, x BIGINT")
                        .row(1L, 1L)
                        .row(2L, 1L)
                        .result())
                .isNull();
        assertThat(Aggregated.of("COVAR_SAMP(y, x)", "y BIGINT, x BIGINT")
                        .row(1L, 1L)
                        .result())
                .isNull();
        assertThat(Aggregated.of("REGR_COUNT(y, x)", "y BIGINT, x BIGINT")
                        .row(1L, null)
                        .result())
                .isEqualTo(0L);
    }

    @Test
    void approximateDistinctCountIsCloseAndSmall() {
        Aggregated sketch = Aggregated.of("APPROX_COUNT_DISTINCT(v)", "v BIGINT");
        LongStream.range(0, 100_000).forEach(sketch::rows);

        assertThat((double) (Long) sketch.restored().result()).isCloseTo(100_000, within(5_000.0));
        assertThat(sketch.stateBytes()).isLessThan(3_000);
        LongStream.range(0, 100_000).forEach(sketch::rows);
        assertThat((double) (Long) sketch.result()).isCloseTo(100_000, within(5_000.0));
    }

    @Test
    void approximateDistinctCountOfFewIsExact() {
        assertThat(Aggregated.of("APPROX_COUNT_DISTINCT(v)", "")
                        .rows("a", "b", null, "a", 1L, 1.0)
                        .result())
                .isEqualTo(3L);
        assertThat(Aggregated.of("APPROX_COUNT_DISTINCT(v)", "v STRING")
                        .rows((Object) null)
                        .result())
                .isEqualTo(0L);
    }

    @Test
    void approximatePercentileIsClose() {
        Aggregated sketch = Aggregated.of("APPROX_PERCENTILE(v, 0.9)", "v BIGINT");
        LongStream.range(0, 100_000).forEach(value -> sketch.rows(value * 7_919 % 100_000));

        assertThat((Double) sketch.restored().result()).isCloseTo(90_000, within(3_000.0));
        assertThat(sketch.stateBytes()).isLessThan(8_000);
    }

    @Test
    void valuesWithoutACommonOrderFailTheRecordAndLeaveTheGroup() {
        Aggregated top = Aggregated.of("TOPK(v, 2)", "").rows(1L, 2L);

        assertThatThrownBy(() -> top.rows("x")).isInstanceOf(RecordFailure.class);
        assertThat(top.result()).isEqualTo(List.of(2L, 1L));
    }
}
