package io.velostream.cli.crash;

import java.nio.charset.StandardCharsets;

/** One record of the crash tests' input: a pure function of its number, so that every output row can be computed. */
record Payment(int id, int account, long cents, long eventTime) {

    static final int ACCOUNTS = 500;
    /** The account of records that only move time on, so that every window closes. */
    static final String CLOSING = "closing";

    static final long START = 1_700_002_800_000L;
    private static final long MINUTE = 60_000;

    static Payment number(int id) {
        long z = id * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = z ^ (z >>> 27);
        return new Payment(
                id, (int) Math.floorMod(z, (long) ACCOUNTS), Math.floorMod(z >>> 17, 100_000L), START + id * 7L);
    }

    long minute() {
        return Math.floorDiv(eventTime, MINUTE) * MINUTE;
    }

    boolean isLarge() {
        return cents >= 50_000;
    }

    byte[] json() {
        return json(id, "a" + account, cents, eventTime);
    }

    static byte[] json(int id, String account, long cents, long eventTime) {
        return ("{\"id\":" + id + ",\"account\":\"" + account + "\",\"cents\":" + cents + ",\"ts\":" + eventTime + "}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
