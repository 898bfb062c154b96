package io.velostream.engine.runtime.state;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows by time, the earliest first: a binary heap of those whose turn comes next, and unordered lists of all later ones by
 * stretches of time. A list becomes the heap when it is reached, so that a row costs little more than its two writes, however
 * many there are.
 */
final class TimeQueue {

    private static final int FIRST_CAPACITY = 64;

    private final long stretch;
    private final Times times;
    private final TreeMap<Long, Later> later = new TreeMap<>();
    private int[] heap = new int[FIRST_CAPACITY];
    private int heapSize;
    /** Rows before this time are in the heap. */
    private long heapEnd = Long.MIN_VALUE;

    private int size;
    private long recentStart;
    private Later recent = new Later();

    /** Knows the times of rows. */
    interface Times {
        /** The row's time. */
        long of(int row);
    }

    private static final class Later {
        private int[] rows = new int[16];
        private int count;

        void add(int row) {
            if (count == rows.length) {
                rows = Arrays.copyOf(rows, count * 2);
            }
            rows[count++] = row;
        }
    }

    /**
     * @param stretch how much time a list spans, in milliseconds
     */
    TimeQueue(long stretch, Times times) {
        this.stretch = stretch;
        this.times = times;
        this.recentStart = Long.MIN_VALUE;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** The earliest row; only when there is one. */
    int first() {
        return heap[0];
    }

    void add(int row) {
        long time = times.of(row);
        size++;
        if (time < heapEnd) {
            push(row, time);
            return;
        }
        long start = Math.floorDiv(time, stretch);
        if (start != recentStart) {
            recent = later.computeIfAbsent(start, begun -> new Later());
            recentStart = start;
        }
        recent.add(row);
        if (heapSize == 0) {
            reachNext();
        }
    }

    void removeFirst() {
        size--;
        int row = heap[--heapSize];
        if (heapSize > 0) {
            sink(0, row);
        } else if (size > 0) {
            reachNext();
        }
    }

    private void reachNext() {
        Map.Entry<Long, Later> next = later.pollFirstEntry();
        heap = next.getValue().rows;
        heapSize = next.getValue().count;
        heapEnd = (next.getKey() + 1) * stretch;
        recentStart = Long.MIN_VALUE;
        for (int at = (heapSize >>> 1) - 1; at >= 0; at--) {
            sink(at, heap[at]);
        }
    }

    private void push(int row, long time) {
        if (heapSize == heap.length) {
            heap = Arrays.copyOf(heap, heapSize * 2);
        }
        int at = heapSize++;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (times.of(heap[parent]) <= time) {
                break;
            }
            heap[at] = heap[parent];
            at = parent;
        }
        heap[at] = row;
    }

    private void sink(int from, int row) {
        long time = times.of(row);
        int at = from;
        int half = heapSize >>> 1;
        while (at < half) {
            int child = 2 * at + 1;
            if (child + 1 < heapSize && times.of(heap[child + 1]) < times.of(heap[child])) {
                child++;
            }
            if (time <= times.of(heap[child])) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = row;
    }

    void clear() {
        later.clear();
        recentStart = Long.MIN_VALUE;
        heap = new int[FIRST_CAPACITY];
        heapSize = 0;
        heapEnd = Long.MIN_VALUE;
        size = 0;
    }

    /** Bytes that the queue has allocated, about. */
    long bytes() {
        return 8L * size + 100L * later.size() + 4L * heap.length;
    }
}
