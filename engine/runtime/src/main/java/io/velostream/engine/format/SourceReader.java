package io.velostream.engine.format;

import io.velostream.engine.plan.physical.SourceSpec.Format;
import io.velostream.engine.plan.physical.StageInput;
import io.velostream.engine.plan.physical.StageInput.FieldRead;
import io.velostream.engine.runtime.operator.RecordFailure;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Tag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a plan out of a record's value and key. */
public final class SourceReader implements RecordText {

    private final boolean textValue;
    private final boolean textKey;
    private final boolean primitiveKey;
    private final boolean primitiveValue;
    private final @Nullable CsvReader csv;
    private final JsonReader value;
    private final @Nullable JsonReader key;
    private final List<FieldDecoder> valueFields = new ArrayList<>();
    private final List<FieldDecoder> keyFields = new ArrayList<>();
    private final int windowBytes;

    /**
     * @param computed the slots that anything looks at; the others are only copied
     */
    public SourceReader(StageInput.Topic topic, BitSet computed) {
        windowBytes = topic.source().options().windowBytes();
        textValue = topic.source().format() == Format.TEXT;
        textKey = topic.source().keyFormat() == Format.TEXT;
        primitiveKey = topic.source().keyFormat() == Format.KAFKA;
        primitiveValue = topic.source().format() == Format.KAFKA;
        for (int slot = 0; slot < topic.fields().size(); slot++) {
            FieldRead field = topic.fields().get(slot);
            FieldDecoder decoder = FieldDecoder.of(new FieldDecoder.Field(
                    field.name(), field.type(), field.quoted(), slot, computed.get(slot) || field.fromKey()));
            (field.fromKey() ? keyFields : valueFields).add(decoder);
        }
        csv = topic.source().format() == Format.CSV
                ? new CsvReader(
                        valueFields,
                        topic.source().options().columns(),
                        topic.source().options().delimiter())
                : null;
        value = new JsonReader(textValue || primitiveValue || csv != null ? List.of() : valueFields);
        key = keyFields.isEmpty() || textKey || primitiveKey ? null : new JsonReader(keyFields);
    }

    /**
     * Fills the row.
     *
     * @throws io.velostream.engine.runtime.operator.RecordFailure when the value or the key cannot be read
     */
    public void read(byte @Nullable [] keyBytes, byte[] valueBytes, Row row) {
        if (textValue) {
            wholeText(valueBytes, "The value", valueFields, row);
        } else if (primitiveValue) {
            KafkaPrimitive.read(valueBytes, "The value", valueFields, row);
        } else if (csv != null) {
            csv.read(valueBytes, row);
        } else {
            value.read(valueBytes, row);
        }
        if (!keyFields.isEmpty()) {
            readKey(keyBytes, row);
        }
    }

    private void readKey(byte @Nullable [] whole, Row row) {
        byte[] bytes = whole == null || windowBytes == 0 ? whole : withoutWindow(whole);
        if (bytes == null) {
            keyFields.forEach(field -> row.setNull(field.slot()));
        } else if (primitiveKey) {
            KafkaPrimitive.read(bytes, "The record key", keyFields, row);
        } else if (key == null) {
            wholeText(bytes, "The record key", keyFields, row);
        } else {
            key.readKey(bytes, row);
        }
    }

    private byte[] withoutWindow(byte[] key) {
        if (key.length < windowBytes) {
            throw new RecordFailure(
                    "MALFORMED_KEY",
                    "The record key has " + key.length + " bytes, but those of a window take " + windowBytes + ".");
        }
        return Arrays.copyOf(key, key.length - windowBytes);
    }

    private static void wholeText(byte[] bytes, String what, List<FieldDecoder> fields, Row row) {
        TextBytes.check(bytes, what);
        for (FieldDecoder field : fields) {
            field.text(row, Tag.TEXT, bytes, 0, bytes.length);
        }
    }

    @Override
    public byte[] buffer() {
        return value.buffer();
    }

    @Override
    public int membersFrom() {
        return value.membersFrom();
    }

    @Override
    public int membersTo() {
        return value.membersTo();
    }
}
