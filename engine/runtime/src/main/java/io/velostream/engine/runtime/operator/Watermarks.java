package io.velostream.engine.runtime.operator;

import java.util.Arrays;

/**
 * How far event time has come over several inputs: the minimum over those that are not idle. An input not heard of yet
 * holds everything back until it is declared idle. When all are idle, time has come as far as the furthest of them, so
 * never beyond the largest event time seen minus the disorder. It never goes back.
 *
 * <p>Example with two inputs: A reaches 10:05, B is not heard of: nothing may close. B reaches 10:02: 10:02. B becomes
 * idle: 10:05. A becomes idle too: still 10:05. B speaks again with 10:03: still 10:05, and what B sends before 10:05
 * is late.
 */
final class Watermarks {

    /** Before anything was seen. */
    static final long NONE = Long.MIN_VALUE;

    private long[] marks;
    private boolean[] heard;
    private boolean[] idle;
    private boolean[] changed;
    private long current = NONE;

    /**
     * @param inputs how many inputs there are
     */
    Watermarks(int inputs) {
        marks = new long[inputs];
        heard = new boolean[inputs];
        idle = new boolean[inputs];
        changed = new boolean[inputs];
        Arrays.fill(marks, NONE);
    }

    /** Takes what an input says of itself; its own watermark never goes back. */
    void update(int input, long watermark, boolean isIdle) {
        if (input >= marks.length) {
            grow(input + 1);
        }
        changed[input] = true;
        heard[input] = true;
        idle[input] = isIdle;
        marks[input] = Math.max(marks[input], watermark);
    }

    /** No longer waits for inputs that were never heard of. */
    void giveUpUnheard() {
        for (int input = 0; input < marks.length; input++) {
            if (!heard[input]) {
                idle[input] = true;
            }
        }
    }

    private void grow(int inputs) {
        int known = marks.length;
        marks = Arrays.copyOf(marks, inputs);
        heard = Arrays.copyOf(heard, inputs);
        idle = Arrays.copyOf(idle, inputs);
        changed = Arrays.copyOf(changed, inputs);
        Arrays.fill(marks, known, inputs, NONE);
    }

    /** The watermark over all inputs, {@link #NONE} before the first. */
    long current() {
        long least = Long.MAX_VALUE;
        long furthest = NONE;
        boolean active = false;
        for (int input = 0; input < marks.length; input++) {
            furthest = Math.max(furthest, marks[input]);
            if (!idle[input]) {
                active = true;
                least = Math.min(least, marks[input]);
            }
        }
        current = Math.max(current, active ? least : furthest);
        return current;
    }

    /** Whether every input is idle. */
    boolean allIdle() {
        for (boolean one : idle) {
            if (!one) {
                return false;
            }
        }
        return true;
    }

    /** Number of inputs known. */
    int inputs() {
        return marks.length;
    }

    /** What an input has said last. */
    long mark(int input) {
        return marks[input];
    }

    /** Whether an input was heard of. */
    boolean isHeard(int input) {
        return heard[input];
    }

    /** Whether an input is idle. */
    boolean isIdle(int input) {
        return idle[input];
    }

    /** Whether an input has said something since this was last asked. */
    boolean takeChanged(int input) {
        boolean was = changed[input];
        changed[input] = false;
        return was;
    }

    /** Takes back what an input had said before a restart. */
    void restore(int input, long watermark, boolean isIdle) {
        update(input, watermark, isIdle);
        changed[input] = false;
    }

    /** Takes the watermark over all inputs back after a restart. */
    void restoreCurrent(long watermark) {
        current = Math.max(current, watermark);
    }

    /** Forgets everything. */
    void clear() {
        Arrays.fill(marks, NONE);
        Arrays.fill(heard, false);
        Arrays.fill(idle, false);
        Arrays.fill(changed, false);
        current = NONE;
    }
}
