package io.velostream.engine.format;

import io.velostream.engine.plan.physical.StageOutput;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;

/** Writes rows as the values of records. */
public interface RowWriter {

    /** The writer of a sink's format. */
    static RowWriter of(StageOutput.Sink sink, Origin origin, RecordText record) {
        return switch (sink.format()) {
            case JSON -> new JsonWriter(sink.columns(), origin, record);
            case CSV -> new CsvWriter(sink.columns(), origin, sink.options().delimiter());
            case TEXT, KAFKA -> new TextWriter(sink.columns(), origin);
        };
    }

    /** Appends a row; false when the record has no value. */
    boolean write(Row row, GrowingBuffer out);
}
