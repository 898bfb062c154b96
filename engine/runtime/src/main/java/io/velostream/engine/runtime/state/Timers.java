package io.velostream.engine.runtime.state;

import java.util.Arrays;

/**
 * What is due next: a heap of moments, each with a number to tell equal moments apart and the index of what it is for. A
 * timer is not moved when its moment moves on; whoever takes it out looks and puts it back.
 */
public final class Timers {

    private long[] moments = new long[16];
    private long[] orders = new long[16];
    private int[] targets = new int[16];
    private int size;

    /** Adds a timer. */
    public void add(long moment, long order, int target) {
        if (size == moments.length) {
            int capacity = Math.multiplyExact(size, 2);
            moments = Arrays.copyOf(moments, capacity);
            orders = Arrays.copyOf(orders, capacity);
            targets = Arrays.copyOf(targets, capacity);
        }
        int at = size++;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (!isBefore(moment, order, parent)) {
                break;
            }
            move(parent, at);
            at = parent;
        }
        set(at, moment, order, target);
    }

    private boolean isBefore(long moment, long order, int other) {
        return moment < moments[other] || (moment == moments[other] && order < orders[other]);
    }

    private void move(int from, int to) {
        set(to, moments[from], orders[from], targets[from]);
    }

    private void set(int at, long moment, long order, int target) {
        moments[at] = moment;
        orders[at] = order;
        targets[at] = target;
    }

    /** The earliest moment, {@link Long#MAX_VALUE} when there is none. */
    public long nextMoment() {
        return size == 0 ? Long.MAX_VALUE : moments[0];
    }

    /** The number of the earliest timer. */
    public long nextOrder() {
        return orders[0];
    }

    /** Takes the earliest timer out and gives its target. */
    public int take() {
        int target = targets[0];
        size--;
        long moment = moments[size];
        long order = orders[size];
        int last = targets[size];
        int at = 0;
        while (true) {
            int child = at * 2 + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && isBefore(moments[child + 1], orders[child + 1], child)) {
                child++;
            }
            if (!isBefore(moments[child], orders[child], moment, order)) {
                break;
            }
            move(child, at);
            at = child;
        }
        set(at, moment, order, last);
        return target;
    }

    private static boolean isBefore(long moment, long order, long otherMoment, long otherOrder) {
        return moment < otherMoment || (moment == otherMoment && order < otherOrder);
    }

    /** Takes all out. */
    public void clear() {
        size = 0;
    }

    /** Bytes that the heap has allocated. */
    public long bytes() {
        return moments.length * 20L;
    }
}
