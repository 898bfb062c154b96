package io.velostream.engine.runtime.expression;

import io.velostream.engine.format.TextBytes;
import io.velostream.engine.plan.expression.SystemColumnKind;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Slice;
import io.velostream.engine.runtime.row.Tag;
import io.velostream.engine.runtime.row.Value;
import java.nio.charset.StandardCharsets;

/** Reads the metadata of the record that a row was made from. */
final class SystemColumns {

    private SystemColumns() {}

    static Evaluator of(SystemColumnKind kind) {
        return switch (kind) {
            case KEY ->
                new TextEvaluator() {
                    @Override
                    public boolean eval(Row row, Slice into) {
                        byte[] key = row.origin.key;
                        if (key == null) {
                            return false;
                        }
                        TextBytes.check(key, "The record key");
                        into.set(key, 0, key.length);
                        return true;
                    }
                };
            case TOPIC ->
                new TextEvaluator() {
                    private String name = "";
                    private byte[] bytes = {};

                    @Override
                    public boolean eval(Row row, Slice into) {
                        if (!name.equals(row.origin.topic)) {
                            name = row.origin.topic;
                            bytes = name.getBytes(StandardCharsets.UTF_8);
                        }
                        into.set(bytes, 0, bytes.length);
                        return true;
                    }
                };
            case RECORD ->
                new AnyEvaluator() {
                    @Override
                    public void any(Row row, Value into) {
                        byte[] record = row.origin.value;
                        if (record == null) {
                            into.setNull();
                        } else {
                            into.tag = Tag.JSON;
                            into.text.set(record, 0, record.length);
                        }
                    }
                };
            case TIMESTAMP, EVENT_TIME, OFFSET, PARTITION -> number(kind);
        };
    }

    private static LongEvaluator number(SystemColumnKind kind) {
        return new LongEvaluator(kind.type()) {
            @Override
            public long eval(Row row) {
                row.isNull = false;
                return switch (kind) {
                    case TIMESTAMP -> row.origin.timestamp;
                    case EVENT_TIME -> row.origin.eventTime;
                    case OFFSET -> row.origin.offset;
                    default -> row.origin.partition;
                };
            }
        };
    }
}
