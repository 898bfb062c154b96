package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;

/**
 * A length of time as Kubernetes resources write it, such as {@code 30s}, {@code 5m} or {@code 1h30m}.
 *
 * <p>The text is kept as it was written and only understood when asked for, so that an object with a bad value can still be
 * read and reported.
 */
public record KubeDuration(String text) {

    /** What the CRDs accept: a subset of Go's durations without signs and fractions. */
    public static final String PATTERN = "^([0-9]{1,9}(ms|s|m|h))+$";

    private static final java.util.regex.Pattern WHOLE = java.util.regex.Pattern.compile(PATTERN);
    private static final java.util.regex.Pattern PART = java.util.regex.Pattern.compile("([0-9]+)(ms|s|m|h)");

    public KubeDuration {
        Objects.requireNonNull(text, "text");
    }

    @JsonCreator
    public static KubeDuration of(String text) {
        return new KubeDuration(text);
    }

    /** The shortest text for {@code duration}, which is cut to whole milliseconds. */
    public static KubeDuration of(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return new KubeDuration(millis + "ms");
        }
        long seconds = millis / 1000;
        if (seconds != 0 && seconds % 3600 == 0) {
            return new KubeDuration(seconds / 3600 + "h");
        }
        if (seconds != 0 && seconds % 60 == 0) {
            return new KubeDuration(seconds / 60 + "m");
        }
        return new KubeDuration(seconds + "s");
    }

    /**
     * The duration that the text stands for.
     *
     * @throws IllegalArgumentException where the text is none; the message can be shown to the user
     */
    public Duration toDuration() {
        if (!WHOLE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a duration: write whole numbers with ms, s, m or h, such as 30s or 1h30m");
        }
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            long amount = Long.parseLong(part.group(1));
            sum = sum.plus(
                    switch (part.group(2)) {
                        case "ms" -> Duration.ofMillis(amount);
                        case "s" -> Duration.ofSeconds(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        default -> Duration.ofHours(amount);
                    });
        }
        return sum;
    }

    @JsonValue
    @Override
    public String toString() {
        return text;
    }
}
