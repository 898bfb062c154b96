package io.velostream.engine.sql.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.plan.Compiled;
import io.velostream.engine.plan.physical.MetricSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricAnnotationsTest {

    private static final String QUERY = "CREATE TABLE out AS SELECT k, COUNT(*) AS n FROM t GROUP BY k;";

    @Test
    void partsBelongToTheMetricAboveThem() {
        List<MetricSpec> metrics = Compiled.sink("""
                -- @metric: velo_a
                -- @metric_type: gauge
                -- @metric_field: n
                -- @metric: velo_b
                -- @metric_labels: k
                """ + QUERY).metrics();

        assertThat(metrics).extracting(MetricSpec::name).containsExactly("velo_a", "velo_b");
        assertThat(metrics.getFirst().value()).isPresent();
        assertThat(metrics.getLast().labels())
                .extracting(MetricSpec.Label::name)
                .containsExactly("k");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@metric: velo_a; @metric_type: gauge | 1:4: the metric velo_a is a gauge without @metric_field, so it is ignored",
                "@metric_labels: k | 1:4: @metric_labels stands before any @metric, so it is ignored",
                "@metric: velo_streams_x | 1:4: the metric velo_streams_x has a name of the engine's own metrics, so it is ignored",
                "@metric: velo_a; @metric_labels: zone | 2:4: @metric_labels: column `zone` does not exist in `the result`",
                "@metric: velo_a; @metric_condition: n > | 2:4: @metric_condition: unexpected end of the statement; expected ALL or ANY or SOME or an expression",
                "@metric: velo_a; @metric_condition: COUNT(*) > 1 | 2:4: @metric_condition: an aggregate cannot stand here; name the column of the result instead",
                "@metric: velo_a; @metric_buckets: 1 | 2:4: @metric_buckets is only for a histogram",
            })
    void whatIsWrongCostsTheMetricAndIsSaidAtItsPlace(String annotations, String warning) {
        String text = annotations
                        .lines()
                        .flatMap(line -> List.of(line.split("; ")).stream())
                        .map(line -> "-- " + line.strip() + "\n")
                        .reduce("", String::concat)
                + QUERY;

        assertThat(Compiled.warnings(text)).contains(warning);
    }
}
