package io.velostream.cli.kubectl;

import io.velostream.crd.v1alpha1.KubeDuration;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations as resources write them ({@code 90s}, {@code 1h30m}), and as Java does. */
final class DurationOption implements ITypeConverter<Duration> {

    @Override
    public Duration convert(String text) {
        try {
            return text.startsWith("P")
                    ? Duration.parse(text)
                    : KubeDuration.of(text).toDuration();
        } catch (RuntimeException e) {
            throw new TypeConversionException("'" + text + "' is no duration: write it like 90s, 10m or 1h30m");
        }
    }
}
