package io.velostream.engine.sql.function;

import java.util.ArrayList;
import java.util.List;

/** Arrays of numbers at equal distances. */
public final class SeriesFunctions {

    private static final long LARGEST = 1_000_000;

    private SeriesFunctions() {}

    @SqlFunction(
            name = "GENERATE_SERIES",
            description = "The whole numbers from one to another, both included, up or down.",
            examples = {"GENERATE_SERIES(1, 4) = ARRAY(1, 2, 3, 4)", "GENERATE_SERIES(2, 0) = ARRAY(2, 1, 0)"})
    public static List<Long> series(long from, long to) {
        return series(from, to, from <= to ? 1 : -1);
    }

    @SqlFunction(
            name = "GENERATE_SERIES",
            description = "The whole numbers from one on in steps, up to and perhaps including another.",
            examples = {"GENERATE_SERIES(1, 6, 2) = ARRAY(1, 3, 5)", "GENERATE_SERIES(5, 1, -4) = ARRAY(5, 1)"})
    public static List<Long> series(long from, long to, long step) {
        if (step == 0) {
            throw new IllegalArgumentException("the step of a series is not 0");
        }
        long distance = Math.subtractExact(to, from);
        if (distance != 0 && Long.signum(distance) != Long.signum(step)) {
            throw new IllegalArgumentException("a step of " + step + " does not lead from " + from + " to " + to);
        }
        long steps = distance / step;
        if (steps >= LARGEST) {
            throw new IllegalArgumentException("a series has at most " + LARGEST + " numbers");
        }
        List<Long> series = new ArrayList<>();
        for (long i = 0; i <= steps; i++) {
            series.add(from + i * step);
        }
        return series;
    }
}
