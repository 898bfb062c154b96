package io.velostream.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void takesTheMiddleValueWhateverTheOrder() {
        assertThat(Statistics.median(List.of(9.0, 1.0, 5.0))).isEqualTo(5.0);
    }

    @Test
    void takesTheMeanOfTheTwoMiddleValues() {
        assertThat(Statistics.median(List.of(4.0, 1.0, 2.0, 100.0))).isEqualTo(3.0);
    }

    @Test
    void hasNoMedianOfNothing() {
        assertThatThrownBy(() -> Statistics.median(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesTheNearestRankAsQuantile() {
        double[] hundred = IntStream.rangeClosed(1, 100).asDoubleStream().toArray();

        assertThat(Statistics.quantile(hundred, 100, 0.99)).isEqualTo(99);
        assertThat(Statistics.quantile(hundred, 100, 1)).isEqualTo(100);
        assertThat(Statistics.quantile(hundred, 10, 0.5)).isEqualTo(5);
        assertThat(Statistics.quantile(hundred, 1, 0.01)).isEqualTo(1);
    }
}
