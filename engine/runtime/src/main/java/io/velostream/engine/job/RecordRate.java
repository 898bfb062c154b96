package io.velostream.engine.job;

import java.util.ArrayDeque;
import java.util.Deque;

/** Records per second over the last five seconds, from samples of a growing counter. */
final class RecordRate {

    private static final long WINDOW_MILLIS = 5_000;

    private record Sample(long count, long atMillis) {}

    private final Deque<Sample> samples = new ArrayDeque<>();

    synchronized void sample(long count, long nowMillis) {
        samples.addLast(new Sample(count, nowMillis));
        while (samples.size() > 2 && nowMillis - samples.getFirst().atMillis() > WINDOW_MILLIS) {
            samples.removeFirst();
        }
    }

    /** The rate, 0 when nothing was sampled for a window's length. */
    synchronized long perSecond(long nowMillis) {
        if (samples.size() < 2 || nowMillis - samples.getLast().atMillis() > WINDOW_MILLIS) {
            return 0;
        }
        Sample first = samples.getFirst();
        Sample last = samples.getLast();
        long millis = Math.max(1, last.atMillis() - first.atMillis());
        return Math.max(0, (last.count() - first.count()) * 1_000 / millis);
    }
}
