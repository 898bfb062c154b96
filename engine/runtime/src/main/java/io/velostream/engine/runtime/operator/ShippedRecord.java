package io.velostream.engine.runtime.operator;

import io.velostream.engine.format.RecordText;
import io.velostream.engine.plan.expression.SystemColumnKind;
import io.velostream.engine.plan.physical.RowLayout;
import io.velostream.engine.runtime.row.Row;

/** The text of a record that has come through a repartition topic as a column of the row, a whole JSON object. */
final class ShippedRecord implements RecordText {

    private final Row row;
    private final int slot;

    private ShippedRecord(Row row, int slot) {
        this.row = row;
        this.slot = slot;
    }

    /** Of rows with that layout, when they carry one. */
    static RecordText of(Row row, RowLayout layout) {
        for (int slot = 0; slot < layout.columns().size(); slot++) {
            if (layout.columns().get(slot).name().equals(SystemColumnKind.RECORD.columnName())) {
                return new ShippedRecord(row, slot);
            }
        }
        return NoText.INSTANCE;
    }

    @Override
    public byte[] buffer() {
        byte[] bytes = row.bytes[slot];
        if (bytes == null) {
            throw new IllegalStateException("A row behind a repartition topic has lost its record.");
        }
        return bytes;
    }

    @Override
    public int membersFrom() {
        byte[] bytes = buffer();
        int from = row.starts[slot];
        while (bytes[from] != '{') {
            from++;
        }
        from++;
        while (isSpace(bytes[from])) {
            from++;
        }
        return from;
    }

    @Override
    public int membersTo() {
        byte[] bytes = buffer();
        int to = row.ends[slot] - 1;
        while (bytes[to] != '}') {
            to--;
        }
        int from = membersFrom();
        while (to > from && isSpace(bytes[to - 1])) {
            to--;
        }
        return to;
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || character == '\n' || character == '\t' || character == '\r';
    }
}
