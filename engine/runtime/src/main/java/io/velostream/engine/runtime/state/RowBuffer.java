package io.velostream.engine.runtime.state;

import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Tag;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are looked back at, in an order that its user decides on. Each row lies in a place that it keeps; places are
 * used again, so that the changelog holds as many entries as there were rows at one time. The buffer also knows in which
 * order the rows came, and which places differ from the changelog.
 */
public final class RowBuffer {

    private static final int FIRST_CAPACITY = 4;
    private static final int OVERHEAD = 200;

    private static final byte USED = 1;
    private static final byte TOUCHED = 2;
    private static final byte LOGGED = 4;

    private final int width;
    private byte[] marks = new byte[FIRST_CAPACITY];
    private long[] numbers = new long[FIRST_CAPACITY];
    private byte[] tags;
    private long[] longs;
    private @Nullable Object[] objects;
    private final IntList order = new IntList();
    private final IntList arrivals = new IntList();
    private final IntList free = new IntList();
    private final IntList touched = new IntList();
    private int places;
    private long nextNumber;
    private long textBytes;

    /**
     * @param width columns of a row
     */
    public RowBuffer(int width) {
        this.width = width;
        this.tags = new byte[FIRST_CAPACITY * width];
        this.longs = new long[FIRST_CAPACITY * width];
        this.objects = new Object[FIRST_CAPACITY * width];
    }

    /** Number of rows. */
    public int size() {
        return order.size();
    }

    /** The place of the row at a position of the order. */
    public int at(int position) {
        return order.get(position);
    }

    /** The place of the row that came so many rows after the first that is still there. */
    public int arrived(int index) {
        return arrivals.get(index);
    }

    /** How many places were ever used; they are below it. */
    public int places() {
        return places;
    }

    /** The number of a row: rows that came later have larger ones. */
    public long number(int place) {
        return numbers[place];
    }

    /** The kind of a value. */
    public byte tag(int place, int column) {
        return tags[place * width + column];
    }

    /** The value's number. */
    public long longAt(int place, int column) {
        return longs[place * width + column];
    }

    /** Copies the values of a column of DOUBLE that are not NULL, in the order of the rows; gives their number. */
    public int doubles(int column, double[] into) {
        int size = 0;
        for (int position = 0; position < order.size(); position++) {
            int cell = order.get(position) * width + column;
            if (tags[cell] == Tag.DOUBLE) {
                into[size++] = Double.longBitsToDouble(longs[cell]);
            }
        }
        return size;
    }

    /** Puts a row, which has just come, at a position of the order; gives its place. */
    public int insert(int position, Row row) {
        int place = free.size() > 0 ? takeFree() : places;
        store(place, row, nextNumber++);
        order.insert(position, place);
        arrivals.insert(arrivals.size(), place);
        touch(place);
        return place;
    }

    private void touch(int place) {
        if ((marks[place] & TOUCHED) == 0) {
            marks[place] |= TOUCHED;
            touched.insert(touched.size(), place);
        }
    }

    private int takeFree() {
        int place = free.get(free.size() - 1);
        free.remove(free.size() - 1);
        return place;
    }

    private void store(int place, Row row, long number) {
        while (place >= marks.length) {
            grow();
        }
        places = Math.max(places, place + 1);
        marks[place] |= USED;
        numbers[place] = number;
        for (int column = 0; column < width; column++) {
            store(place * width + column, row, column);
        }
    }

    private void store(int cell, Row row, int column) {
        byte tag = row.tags[column];
        tags[cell] = tag;
        longs[cell] = row.longs[column];
        Object before = objects[cell];
        objects[cell] = switch (tag) {
            case Tag.NULL, Tag.LONG, Tag.DOUBLE, Tag.BOOLEAN -> null;
            case Tag.WIDE -> row.highs[column];
            case Tag.OBJECT -> row.objects[column];
            default -> {
                byte[] text = row.bytes[column];
                if (text == null) {
                    throw new IllegalStateException("Slot " + column + " has text but no bytes.");
                }
                yield Arrays.copyOfRange(text, row.starts[column], row.ends[column]);
            }
        };
        textBytes += length(objects[cell]) - length(before);
    }

    private static long length(@Nullable Object value) {
        return value instanceof byte[] text ? 16L + text.length : 0;
    }

    private void grow() {
        int capacity = Math.multiplyExact(marks.length, 2);
        marks = Arrays.copyOf(marks, capacity);
        numbers = Arrays.copyOf(numbers, capacity);
        tags = Arrays.copyOf(tags, Math.multiplyExact(capacity, width));
        longs = Arrays.copyOf(longs, capacity * width);
        objects = Arrays.copyOf(objects, capacity * width);
    }

    /** Puts one value of a row into a slot; text stays in force until the place is used again. */
    public void load(int place, int column, Row into, int slot) {
        int cell = place * width + column;
        byte tag = tags[cell];
        switch (tag) {
            case Tag.NULL -> into.setNull(slot);
            case Tag.LONG -> into.setLong(slot, longs[cell]);
            case Tag.DOUBLE -> into.setDouble(slot, Double.longBitsToDouble(longs[cell]));
            case Tag.BOOLEAN -> into.setBoolean(slot, longs[cell] != 0);
            case Tag.WIDE -> into.setWide(slot, (long) object(cell), longs[cell]);
            case Tag.OBJECT -> into.setObject(slot, object(cell));
            default -> {
                byte[] text = (byte[]) object(cell);
                into.setBytes(slot, tag, text, 0, text.length);
            }
        }
    }

    private Object object(int cell) {
        Object value = objects[cell];
        if (value == null) {
            throw new IllegalStateException("A buffered value is gone.");
        }
        return value;
    }

    /** Puts a whole row into the first slots of another. */
    public void load(int place, Row into) {
        for (int column = 0; column < width; column++) {
            load(place, column, into, column);
        }
    }

    /** Takes out the row that came so many rows after the first that is still there; gives its position in the order. */
    public int removeArrived(int index) {
        int place = arrivals.get(index);
        arrivals.remove(index);
        int position = order.get(0) == place ? 0 : order.indexOf(place);
        order.remove(position);
        release(place);
        return position;
    }

    /** Takes out the row at a position of the order. */
    public void removeAt(int position) {
        removeArrived(arrivals.indexOf(order.get(position)));
    }

    private void release(int place) {
        for (int cell = place * width; cell < (place + 1) * width; cell++) {
            textBytes -= length(objects[cell]);
            objects[cell] = null;
        }
        marks[place] &= LOGGED | TOUCHED;
        if (isLogged(place)) {
            touch(place);
        }
        free.insert(free.size(), place);
    }

    /** Takes all rows out. */
    public void removeAll() {
        for (int i = arrivals.size() - 1; i >= 0; i--) {
            release(arrivals.get(i));
        }
        arrivals.clear();
        order.clear();
    }

    /** Number of places that changed since {@link #clean}. */
    public int touchedCount() {
        return touched.size();
    }

    /** One of them; without a row in it, the changelog may hold one that is gone. */
    public int touched(int index) {
        return touched.get(index);
    }

    /** Whether the changelog has a row for the place. */
    public boolean isLogged(int place) {
        return (marks[place] & LOGGED) != 0;
    }

    /** Whether there is a row in the place. */
    public boolean isUsed(int place) {
        return (marks[place] & USED) != 0;
    }

    /** Notes that the changelog holds what the places hold. */
    public void clean() {
        for (int i = 0; i < touched.size(); i++) {
            int place = touched.get(i);
            marks[place] = isUsed(place) ? (byte) (USED | LOGGED) : 0;
        }
        touched.clear();
    }

    /**
     * Takes a row back that changelog or snapshot hold; the place must be empty, see {@link #forget}.
     *
     * @param position where it belongs in the order
     */
    public void restore(int place, int position, Row row, long number) {
        for (int missing = places; missing < place; missing++) {
            free.insert(free.size(), missing);
        }
        int wasFree = place < places ? free.indexOf(place) : -1;
        if (wasFree >= 0) {
            free.remove(wasFree);
        }
        store(place, row, number);
        marks[place] = USED | LOGGED;
        nextNumber = Math.max(nextNumber, number + 1);
        order.insert(position, place);
        int index = arrivals.size();
        while (index > 0 && numbers[arrivals.get(index - 1)] > number) {
            index--;
        }
        arrivals.insert(index, place);
    }

    /** Takes a row out that changelog and snapshot no longer hold. */
    public void forget(int place) {
        if (place < places && isUsed(place)) {
            removeArrived(arrivals.indexOf(place));
            marks[place] &= TOUCHED;
        }
    }

    /** Bytes that the buffer has allocated. */
    public long bytes() {
        return OVERHEAD
                + marks.length * 9L
                + tags.length * 13L
                + order.bytes()
                + arrivals.bytes()
                + free.bytes()
                + touched.bytes()
                + textBytes;
    }
}
