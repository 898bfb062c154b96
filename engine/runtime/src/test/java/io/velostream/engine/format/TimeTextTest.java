package io.velostream.engine.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {

    private static long iso(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return IsoTime.parseTimestamp(bytes, 0, bytes.length);
    }

    private static long parse(String pattern, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new TimePattern(pattern).parse(bytes, 0, bytes.length);
    }

    @ParameterizedTest
    @CsvSource({
        "2023-11-14, 2023-11-14T00:00:00Z",
        "2023-11-14T23:00, 2023-11-14T23:00:00Z",
        "2023-11-14 23:00:05, 2023-11-14T23:00:05Z",
        "2023-11-14T23:00:05.1Z, 2023-11-14T23:00:05.100Z",
        "2023-11-14T23:00:05.123456789Z, 2023-11-14T23:00:05.123Z",
        "2023-11-14T23:00:05+01:30, 2023-11-14T21:30:05Z",
        "2023-11-14T23:00:05-0800, 2023-11-15T07:00:05Z",
        "1969-12-31T23:59:59.999Z, 1969-12-31T23:59:59.999Z",
        "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z"
    })
    void readsIso8601(String text, Instant moment) {
        assertThat(iso(text)).isEqualTo(moment.toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2023",
                "2023-13-01",
                "2023-02-29",
                "2023-11-14T",
                "2023-11-14T24:00",
                "2023-11-14T23:60",
                "2023-11-14T23:00:05.",
                "2023-11-14T23:00:05X",
                "2023-11-14T23:00:05+1",
                "14.11.2023",
                "2023-11-14x23:00"
            })
    void refusesWhatIsNoTime(String text) {
        assertThat(iso(text)).isEqualTo(IsoTime.INVALID);
    }

    @Test
    void writesAsTheJdkDoes() {
        DateTimeFormatter jdk =
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
        SplittableRandom random = new SplittableRandom(9);
        byte[] buffer = new byte[IsoTime.MAX_TIMESTAMP];
        for (int i = 0; i < 20_000; i++) {
            long millis = random.nextLong(-62_000_000_000_000L, 253_000_000_000_000L);
            int end = IsoTime.writeTimestamp(millis, buffer, 0);

            String text = new String(buffer, 0, end, StandardCharsets.US_ASCII);
            assertThat(text).isEqualTo(jdk.format(Instant.ofEpochMilli(millis)));
            assertThat(iso(text)).isEqualTo(millis);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "%Y-%m-%d %H:%M:%S%.3f, 2023-11-14 23:00:05.250, 2023-11-14T23:00:05.250Z",
        "%d/%b/%Y:%H:%M:%S %z, 14/Nov/2023:23:00:05 +0100, 2023-11-14T22:00:05Z",
        "%m/%d/%y %I:%M %p, 11/14/23 11:05 PM, 2023-11-14T23:05:00Z",
        "%m/%d/%y %I:%M %p, 11/14/23 12:05 AM, 2023-11-14T00:05:00Z",
        "%F %T, 2023-11-14 23:00:05, 2023-11-14T23:00:05Z",
        "'%A, %d %B %Y', 'Tuesday, 14 November 2023', 2023-11-14T00:00:00Z",
        "%s, 1700002805, 2023-11-14T23:00:05Z",
        "%Y-%j, 2024-060, 2024-02-29T00:00:00Z"
    })
    void readsByPattern(String pattern, String text, Instant moment) {
        assertThat(parse(pattern, text)).isEqualTo(moment.toEpochMilli());
    }

    @Test
    void refusesTextThatDoesNotFollowThePattern() {
        assertThat(parse("%Y-%m-%d", "2023-11-14 x")).isEqualTo(IsoTime.INVALID);
        assertThat(parse("%Y-%m-%d", "2023/11/14")).isEqualTo(IsoTime.INVALID);
        assertThat(parse("%I:%M %p", "13:00 PM")).isEqualTo(IsoTime.INVALID);
    }

    @Test
    void refusesAPatternThatItDoesNotKnow() {
        assertThatThrownBy(() -> new TimePattern("%Q"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("%Q");
    }
}
