package io.velostream.cli.demo;

import java.nio.charset.StandardCharsets;

/**
 * One order of the demo's stream. It is a pure function of its number, so that what must come out can be computed
 * without keeping what went in.
 *
 * @param id 0, 1, 2, … without a gap
 * @param customer one of {@link #CUSTOMERS}
 * @param cents the amount
 * @param eventTime milliseconds; up to {@link #DISORDER_MILLIS} out of order
 */
record Order(long id, int customer, long cents, long eventTime) {

    /** Distinct customers. */
    static final int CUSTOMERS = 12_000;
    /** Event time between two orders. */
    static final long STEP_MILLIS = 4;
    /** How far an order may be behind the ones before it. */
    static final long DISORDER_MILLIS = 2_000;
    /** Start of event time: aligned to a minute. */
    static final long START = 1_700_002_800_000L;
    /** Orders above this amount are big. */
    static final long BIG_CENTS = 90_000;

    private static final long MINUTE = 60_000;

    /** The order with this number. */
    static Order number(long id) {
        long random = mix(id);
        int customer = (int) Math.floorMod(random, CUSTOMERS);
        long cents = 100 + Math.floorMod(random >>> 20, 99_900L);
        long disorder = Math.floorMod(random >>> 40, DISORDER_MILLIS);
        return new Order(id, customer, cents, START + DISORDER_MILLIS + id * STEP_MILLIS - disorder);
    }

    /** SplitMix64's finalizer (Steele, Lea, Flood 2014): scatters consecutive numbers. */
    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    boolean isBig() {
        return cents > BIG_CENTS;
    }

    /** Start of the minute that the order belongs to. */
    long window() {
        return Math.floorDiv(eventTime, MINUTE) * MINUTE;
    }

    String customerName() {
        return customerName(customer);
    }

    static String customerName(int customer) {
        return "customer-" + customer;
    }

    byte[] json() {
        String json = "{\"id\":" + id + ",\"customer\":\"" + customerName() + "\",\"amount\":" + amount(cents)
                + ",\"item\":\"item-" + (cents % 97) + "\",\"channel\":\"" + (id % 3 == 0 ? "shop" : "web")
                + "\",\"ts\":" + eventTime + "}";
        return json.getBytes(StandardCharsets.UTF_8);
    }

    /** Cents as a decimal number with two digits. */
    static String amount(long cents) {
        return cents / 100 + "." + (cents % 100 < 10 ? "0" : "") + cents % 100;
    }
}
