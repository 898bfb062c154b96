package io.velostream.operator.cluster;

import io.velostream.crd.v1alpha1.Pause;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code spec.pause}: the operator leaves a resource alone, for at most seven days at a time. */
public final class ClusterPause {

    private static final Duration LONGEST = Duration.ofDays(7);

    private ClusterPause() {}

    /** Until when a resource is to be left alone; empty when it is not. A time that cannot be read pauses nothing. */
    public static Optional<Instant> until(@Nullable Pause pause, Instant now) {
        if (pause == null) {
            return Optional.empty();
        }
        try {
            Instant asked = OffsetDateTime.parse(pause.until()).toInstant();
            Instant latest = now.plus(LONGEST);
            return Optional.of(asked.isAfter(latest) ? latest : asked).filter(until -> until.isAfter(now));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
