package io.velostream.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velostream.crd.v1alpha1.KubeDuration;
import io.velostream.crd.v1alpha1.Maintenance;
import io.velostream.crd.v1alpha1.MaintenanceWindow;
import io.velostream.operator.resource.InvalidSpecException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MaintenanceWindowsTest {

    private static MaintenanceWindows windows(MaintenanceWindow... windows) {
        return MaintenanceWindows.of(new Maintenance(false, List.of(windows)));
    }

    private static MaintenanceWindow window(String schedule, String duration, String zone) {
        return new MaintenanceWindow(schedule, KubeDuration.of(duration), zone);
    }

    private static boolean open(MaintenanceWindows windows, String time) {
        return windows.areOpen(Instant.parse(time));
    }

    @Test
    void isAlwaysOpenWithoutWindows() {
        assertThat(open(windows(), "2026-11-24T12:00:00Z")).isTrue();
        assertThat(MaintenanceWindows.of(null).areOpen(Instant.EPOCH)).isTrue();
    }

    @Test
    void isOpenFromItsScheduleForItsDuration() {
        MaintenanceWindows windows = windows(window("0 2 * * 6", "2h", "UTC"));

        assertThat(open(windows, "2026-11-28T01:59:59Z")).isFalse();
        assertThat(open(windows, "2026-11-28T02:00:00Z")).isTrue();
        assertThat(open(windows, "2026-11-28T03:59:59Z")).isTrue();
        assertThat(open(windows, "2026-11-28T04:00:00Z")).isFalse();
        assertThat(open(windows, "2026-11-27T02:30:00Z")).isFalse();
    }

    @Test
    void staysOpenPastMidnight() {
        MaintenanceWindows windows = windows(window("30 23 * * *", "1h", "UTC"));

        assertThat(open(windows, "2026-11-25T00:15:00Z")).isTrue();
        assertThat(open(windows, "2026-11-25T00:45:00Z")).isFalse();
    }

    @Test
    void keepsToTheTimeZoneOfTheSchedule() {
        MaintenanceWindows windows = windows(window("0 2 * * *", "1h", "Europe/Berlin"));

        assertThat(open(windows, "2026-11-24T01:30:00Z")).isTrue();
        assertThat(open(windows, "2026-07-24T00:30:00Z")).isTrue();
        assertThat(open(windows, "2026-07-24T01:30:00Z")).isFalse();
    }

    @Test
    void opensOnceOnTheNightThatAnHourComesTwice() {
        // In Berlin the clock went back from 3:00 to 2:00 on 25 October 2026, at 01:00 UTC.
        MaintenanceWindows windows = windows(window("30 2 * * *", "15m", "Europe/Berlin"));

        List<String> openAt = Stream.of("2026-10-25T00:35:00Z", "2026-10-25T01:35:00Z")
                .filter(time -> open(windows, time))
                .toList();

        assertThat(openAt).hasSize(1);
    }

    @Test
    void isOpenWhileAnyOfItsWindowsIs() {
        MaintenanceWindows windows = windows(window("0 2 * * *", "1h", "UTC"), window("0 12 * * *", "1h", "UTC"));

        assertThat(open(windows, "2026-11-24T12:30:00Z")).isTrue();
        assertThat(windows.next(Instant.parse("2026-11-24T12:30:00Z"))).contains("2026-11-25T02:00:00Z");
    }

    @Test
    void saysWhatIsWrongWithASchedule() {
        assertThatThrownBy(() -> windows(window("0 25 * * *", "1h", "UTC")))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("'0 25 * * *'")
                .hasMessageContaining("such as");
        assertThatThrownBy(() -> windows(window("0 2 * * *", "1h", "Europe/Nowhere")))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("Europe/Nowhere");
    }
}
