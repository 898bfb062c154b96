package io.velostream.engine.runtime.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.MetricSpec;
import io.velostream.engine.plan.physical.MetricSpec.Kind;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Slice;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueryMetricTest {

    private static final Expression CUSTOMER = new Expression.Slot(0, "customer", Simple.STRING);
    private static final Expression AMOUNT = new Expression.Slot(1, "amount", Simple.DOUBLE);

    private final Origin origin = new Origin();
    private final Row row = new Row(2, origin);

    @Test
    void aLabelWithAnIdInItCostsABoundedNumberOfSeries() {
        QueryMetric metric = new QueryMetric(counter(1), origin);

        for (int i = 0; i < QueryMetric.MOST_SERIES + 500; i++) {
            update(metric, "customer-" + i, 1, i);
        }

        MetricReading reading = MetricReading.of(metric);
        assertThat(reading.series()).hasSize(QueryMetric.MOST_SERIES + 1);
        assertThat(reading.series().get(List.of("other")).sum()).isEqualTo(500);
    }

    @Test
    void labelsThatOnlyTogetherReadTheSameAreTwoSeries() {
        MetricSpec spec = new MetricSpec(
                "velo_n",
                Kind.COUNTER,
                "",
                List.of(new MetricSpec.Label("a", CUSTOMER), new MetricSpec.Label("b", CUSTOMER)),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                1);
        QueryMetric metric = new QueryMetric(spec, origin);

        update(metric, "x", 1, 0);
        update(metric, "xx", 1, 0);

        assertThat(MetricReading.of(metric).series()).containsOnlyKeys(List.of("x", "x"), List.of("xx", "xx"));
    }

    @Test
    void aSampledCounterIsScaledUp() {
        QueryMetric metric = new QueryMetric(counter(0.25), origin);

        for (int i = 0; i < 1_000; i++) {
            update(metric, "a", 1, i);
        }

        assertThat(MetricReading.of(metric).series().get(List.of("a")).sum()).isEqualTo(1_000);
    }

    @Test
    void aSampleRateOfZeroCountsNothing() {
        QueryMetric metric = new QueryMetric(counter(0), origin);

        update(metric, "a", 1, 0);

        assertThat(MetricReading.of(metric).series()).isEmpty();
    }

    @Test
    void aBoundBelongsToItsBucket() {
        MetricSpec spec = new MetricSpec(
                "velo_ms",
                Kind.HISTOGRAM,
                "",
                List.of(),
                Optional.of(AMOUNT),
                Optional.empty(),
                List.of(10.0, 100.0),
                1);
        QueryMetric metric = new QueryMetric(spec, origin);

        for (double amount : new double[] {-1, 10, 10.5, 100, 1e9}) {
            update(metric, "", amount, 0);
        }

        assertThat(MetricReading.of(metric).series().get(List.of()).buckets()).containsExactly(2.0, 2.0, 1.0);
        assertThat(MetricText.of(List.of(MetricReading.of(metric)))).isEqualTo("""
                # HELP velo_ms\s
                # TYPE velo_ms histogram
                velo_ms_bucket{le="10.0"} 2.0
                velo_ms_bucket{le="100.0"} 4.0
                velo_ms_bucket{le="+Inf"} 5.0
                velo_ms_sum 1.0000001195E9
                velo_ms_count 5.0
                """);
    }

    @Test
    void ofTwoTasksTheGaugeSetLaterHolds() {
        MetricSpec spec = new MetricSpec(
                "velo_price", Kind.GAUGE, "", List.of(), Optional.of(AMOUNT), Optional.empty(), List.of(), 1);
        QueryMetric one = new QueryMetric(spec, origin);
        QueryMetric two = new QueryMetric(spec, origin);

        update(one, "", 7, 2_000);
        update(two, "", 5, 1_000);

        assertThat(MetricText.samples(List.of(MetricReading.of(one), MetricReading.of(two))))
                .containsExactly(java.util.Map.entry("velo_price", 7.0));
    }

    @Test
    void labelValuesAreEscaped() {
        QueryMetric metric = new QueryMetric(counter(1), origin);

        update(metric, "a\"b\\c\nd", 1, 0);

        assertThat(MetricText.of(List.of(MetricReading.of(metric))))
                .contains("velo_n{customer=\"a\\\"b\\\\c\\nd\"} 1.0\n");
    }

    private static MetricSpec counter(double sampleRate) {
        return new MetricSpec(
                "velo_n",
                Kind.COUNTER,
                "",
                List.of(new MetricSpec.Label("customer", CUSTOMER)),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                sampleRate);
    }

    private void update(QueryMetric metric, String customer, double amount, long clock) {
        row.setText(0, new Slice(customer));
        row.setDouble(1, amount);
        metric.update(row, clock);
    }
}
