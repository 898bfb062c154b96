package io.velostream.operator.status;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Figures in a status. They are rounded to two digits and rewritten only when they moved by a fifth, so that a quiet fleet writes
 * nothing and a busy one little.
 */
public final class Figures {

    private static final double NOTICEABLE = 0.2;

    private Figures() {}

    /** The number with its two leading digits, the others zero. */
    public static long rounded(long number) {
        long unit = 1;
        long rest = Math.abs(number);
        while (rest >= 100) {
            rest /= 10;
            unit *= 10;
        }
        return Math.round((double) number / unit) * unit;
    }

    /** What a status should show: the written figure as long as it is near enough, else the new one rounded. */
    public static @Nullable Long settled(@Nullable Long written, Optional<Long> measured) {
        if (measured.isEmpty()) {
            return null;
        }
        long now = measured.get();
        boolean near = written != null && Math.abs(now - written) < Math.max(1, NOTICEABLE * Math.abs(written));
        return near ? written : Long.valueOf(rounded(now));
    }
}
