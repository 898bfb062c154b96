package io.velostream.engine.runtime.state;

import java.util.Arrays;

/** Numbers in an order, quick to take from the front and to add at the end. */
final class IntList {

    private int[] items = new int[8];
    private int head;
    private int size;

    int size() {
        return size;
    }

    int get(int index) {
        return items[head + index];
    }

    void insert(int index, int item) {
        if (head + size == items.length) {
            makeRoom();
        }
        int at = head + index;
        System.arraycopy(items, at, items, at + 1, size - index);
        items[at] = item;
        size++;
    }

    private void makeRoom() {
        if (head > items.length / 2) {
            System.arraycopy(items, head, items, 0, size);
        } else {
            items = Arrays.copyOfRange(items, head, head + Math.multiplyExact(items.length, 2));
        }
        head = 0;
    }

    void remove(int index) {
        if (index == 0) {
            head++;
        } else {
            System.arraycopy(items, head + index + 1, items, head + index, size - index - 1);
        }
        size--;
    }

    int indexOf(int item) {
        for (int index = 0; index < size; index++) {
            if (items[head + index] == item) {
                return index;
            }
        }
        throw new IllegalStateException("The item " + item + " is not in the list.");
    }

    void clear() {
        head = 0;
        size = 0;
    }

    long bytes() {
        return items.length * 4L;
    }
}
