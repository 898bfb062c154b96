package io.velostream.local.node;

import java.time.Duration;

/**
 * How fast the node does things. A kubelet waits 10 s before the second restart and takes up to a minute to refresh a volume;
 * here everything is quicker, so that a demonstration and a test do not wait for nothing.
 *
 * @param backOff before the second restart in a row; it doubles with each further one
 * @param backOffLimit the longest wait before a restart
 * @param backOffReset a run of this length makes the next restart the first one again
 * @param volumeRefresh how often mounted ConfigMaps and Secrets are compared with the API
 * @param retry how long to wait before trying again what an unfinished pod misses
 */
public record NodeTiming(
        Duration backOff, Duration backOffLimit, Duration backOffReset, Duration volumeRefresh, Duration retry) {
    public static NodeTiming defaults() {
        return new NodeTiming(
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofSeconds(1),
                Duration.ofMillis(500));
    }

    /** The same timing with another wait before the second restart. */
    public NodeTiming withBackOff(Duration value) {
        return new NodeTiming(value, backOffLimit, backOffReset, volumeRefresh, retry);
    }

    /** The first restart comes at once, the second after {@link #backOff}, each further one after twice the wait before. */
    Duration backOffBefore(int restartInARow) {
        if (restartInARow <= 1) {
            return Duration.ZERO;
        }
        Duration wait = backOff.multipliedBy(1L << Math.min(restartInARow - 2, 20));
        return wait.compareTo(backOffLimit) > 0 ? backOffLimit : wait;
    }
}
