package io.velostream.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.velostream.bench.run.Timeline.Sample;
import org.junit.jupiter.api.Test;

class MeasurementTest {
    private final Timeline timeline = new Timeline();

    MeasurementTest() {
        // 1 s of start-up with 2 s of CPU; the first half of the input takes 4 s, the second 2 s; then 1 s of idling.
        timeline.add(new Sample(10_000, 0, 0, 0));
        timeline.add(new Sample(11_000, 0, 2_000_000_000L, 100_000_000L));
        timeline.add(new Sample(15_000, 500, 6_000_000_000L, 300_000_000L));
        timeline.add(new Sample(17_000, 1_000, 7_000_000_000L, 400_000_000L));
        timeline.add(new Sample(18_000, 1_000, 7_100_000_000L, 400_000_000L));
    }

    @Test
    void countsFromTheFirstInputToTheLastOutput() {
        Measurement measurement = Measurement.of(timeline, 1_000, 10_000, 17_000, 1);

        assertThat(measurement.startSeconds()).isEqualTo(1);
        assertThat(measurement.recordsPerSecond()).isCloseTo(1_000 / 6.0, within(1e-9));
        assertThat(measurement.cpuNanos()).isEqualTo(5_000_000);
        assertThat(measurement.brokerNanos()).isEqualTo(300_000);
    }

    @Test
    void callsTheSecondHalfOfTheInputWarm() {
        Measurement measurement = Measurement.of(timeline, 1_000, 10_000, 17_000, 1);

        assertThat(measurement.warmRecordsPerSecond()).isCloseTo(250, within(1e-9));
        assertThat(measurement.warmCpuNanos()).isEqualTo(2_000_000);
    }

    @Test
    void interpolatesBetweenSamples() {
        assertThat(timeline.inputReached(0.25)).isEqualTo(13_000);
        assertThat(timeline.engineNanos(13_000)).isEqualTo(4_000_000_000.0);
        assertThat(timeline.engineNanos(99_000)).isEqualTo(7_100_000_000.0);
    }

    @Test
    void countsOutputsThatComeAfterTheInput() {
        Measurement measurement = Measurement.of(timeline, 1_000, 10_000, 18_000, 1);

        assertThat(measurement.recordsPerSecond()).isCloseTo(1_000 / 7.0, within(1e-9));
        assertThat(measurement.cpuNanos()).isEqualTo(5_100_000);
    }

    @Test
    void refusesATimelineWithoutInput() {
        Timeline idle = new Timeline();
        idle.add(new Sample(1, 0, 0, 0));

        assertThatThrownBy(idle::inputStart).hasMessageContaining("never read its input");
    }
}
