package io.velostream.engine.guard;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Points at which a crash test ends the process as {@code kill -9} would. Inert unless the test profile names a point
 * and a count in the system property {@code velo.fault} or the environment variable {@code VELO_FAULT}, such as
 * {@code BEFORE_COMMIT:3}: the third pass halts the JVM. Several are separated by commas.
 */
public final class FaultHooks {

    /** Where a process may die. */
    public enum Point {
        /** Before the dirty state goes to the changelog. */
        BEFORE_FLUSH,
        /** After the dirty state was handed to the producer. */
        AFTER_FLUSH,
        /** Before the transaction (or the offsets) is committed. */
        BEFORE_COMMIT,
        /** After the commit, before the runtime knows. */
        AFTER_COMMIT,
        /** While a task is closed, because of a revocation or an end. */
        ON_REVOKE,
        /** While a store is restored. */
        ON_RESTORE,
        /** Between two rows of one output batch. */
        IN_FAN_OUT,
        /** After a snapshot was written, before it is renamed. */
        IN_SNAPSHOT
    }

    /** The exit code of a halted process: what the shell shows for SIGKILL. */
    public static final int EXIT_CODE = 137;

    private static final Map<Point, AtomicInteger> ARMED = parse(setting());

    private FaultHooks() {}

    private static String setting() {
        String property = System.getProperty("velo.fault");
        String environment = System.getenv("VELO_FAULT");
        return property != null ? property : environment != null ? environment : "";
    }

    static Map<Point, AtomicInteger> parse(String setting) {
        return Stream.of(setting.split(","))
                .filter(entry -> !entry.isBlank())
                .map(entry -> entry.strip().split(":", 2))
                .collect(Collectors.toUnmodifiableMap(
                        entry -> Point.valueOf(entry[0]),
                        entry -> new AtomicInteger(entry.length > 1 ? Integer.parseInt(entry[1]) : 1)));
    }

    /** Passes a point. */
    public static void hit(Point point) {
        if (ARMED.isEmpty()) {
            return;
        }
        AtomicInteger left = ARMED.get(point);
        if (left != null && left.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }
}
