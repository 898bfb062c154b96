package io.velostream.engine.runtime.operator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An emitter that keeps what a stage hands over. */
final class Collected implements Emitter {

    final OutputBatch output = new OutputBatch(1024);
    final List<String> failures = new ArrayList<>();
    final List<String> failedValues = new ArrayList<>();
    final List<String> late = new ArrayList<>();
    final List<String> violations = new ArrayList<>();

    @Override
    public OutputBatch output() {
        return output;
    }

    @Override
    public void failed(RecordBatch batch, int index, RecordFailure failure) {
        failures.add(batch.offset(index) + " " + failure.code());
        failedValues.add(text(batch.value(index)));
    }

    @Override
    public void groupFailed(RecordFailure failure) {
        failures.add(failure.code());
    }

    @Override
    public void lateRow(long eventTime, long watermark, boolean isCounted) {
        violations.add(eventTime + (isCounted ? " counted" : " refused"));
    }

    @Override
    public void late(RecordBatch batch, int index, long watermark) {
        late.add(batch.topic() + "-" + batch.partition() + "@" + batch.offset(index) + " " + text(batch.key(index))
                + " " + text(batch.value(index)) + " at " + watermark);
    }

    /** Values of the rows, with ' for ". */
    List<String> values() {
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < output.size(); row++) {
            rows.add(text(output.valueOffset(row), output.valueLength(row)).replace('"', '\''));
        }
        return rows;
    }

    /** Keys of the rows. */
    List<@Nullable String> keys() {
        List<@Nullable String> rows = new ArrayList<>();
        for (int row = 0; row < output.size(); row++) {
            rows.add(
                    output.keyLength(row) == OutputBatch.ABSENT
                            ? null
                            : text(output.keyOffset(row), output.keyLength(row)));
        }
        return rows;
    }

    /** Timestamps of the rows. */
    List<Long> timestamps() {
        List<Long> rows = new ArrayList<>();
        for (int row = 0; row < output.size(); row++) {
            rows.add(output.timestamp(row));
        }
        return rows;
    }

    byte @Nullable [] key(int row) {
        return output.keyLength(row) == OutputBatch.ABSENT ? null : bytes(output.keyOffset(row), output.keyLength(row));
    }

    byte[] value(int row) {
        return bytes(output.valueOffset(row), output.valueLength(row));
    }

    /** Hands the rows on as records of the next stage. */
    void into(Records records) {
        for (int row = 0; row < output.size(); row++) {
            records.raw(key(row), value(row), output.timestamp(row));
        }
        output.clear();
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "null" : new String(bytes, StandardCharsets.UTF_8).replace('"', '\'');
    }

    private byte[] bytes(int from, int length) {
        byte[] copy = new byte[length];
        System.arraycopy(output.buffer(), from, copy, 0, length);
        return copy;
    }

    private String text(int from, int length) {
        return new String(output.buffer(), from, length, StandardCharsets.UTF_8);
    }
}
