package io.velostream.engine.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecordRateTest {

    private final RecordRate rate = new RecordRate();

    @Test
    void isTheGrowthOverTheLastFiveSeconds() {
        rate.sample(0, 0);
        rate.sample(1_000_000, 1_000);
        for (int second = 2; second <= 10; second++) {
            rate.sample(1_000_000 + second * 100L, second * 1_000L);
        }

        assertThat(rate.perSecond(10_000)).isEqualTo(100);
    }

    @Test
    void isZeroBeforeThereIsAnythingToCompareAndWhenNothingIsSampledAnyMore() {
        assertThat(rate.perSecond(0)).isZero();
        rate.sample(0, 0);
        rate.sample(100, 1_000);

        assertThat(rate.perSecond(7_000)).isZero();
    }
}
