package io.velostream.crd.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubeDurationTest {

    @ParameterizedTest
    @CsvSource({"30s, 30000", "5m, 300000", "1h30m, 5400000", "250ms, 250", "0s, 0", "1m1s1ms, 61001"})
    void understands(String text, long millis) {
        assertThat(KubeDuration.of(text).toDuration()).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0s", "PT0.25S, 250ms", "PT90S, 90s", "PT5M, 5m", "PT2H, 2h", "PT90M, 90m"})
    void writesTheShortestText(Duration duration, String text) {
        assertThat(KubeDuration.of(duration).text()).isEqualTo(text);
    }

    @Test
    void readsBackWhatItWrites() {
        Duration duration = Duration.ofMillis(3_723_004);

        assertThat(KubeDuration.of(duration).toDuration()).isEqualTo(duration);
    }
}
