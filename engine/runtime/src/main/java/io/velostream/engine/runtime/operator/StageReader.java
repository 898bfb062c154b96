package io.velostream.engine.runtime.operator;

import io.velostream.engine.runtime.row.Row;

/** Makes rows of a stage's input records and follows their time. */
abstract class StageReader {

    /** What {@link #read} has found. */
    enum Found {
        /** A row for the operators. */
        ROW,
        /** A row that is taken back: of a table, what was there under the record's key. */
        REMOVAL,
        /** A row that is taken back; {@link #readNew} then fills in what takes its place. */
        EXCHANGE,
        /** Nothing to process: a tombstone or a control record, which may have moved the watermark. */
        NOTHING
    }

    /** The row that {@link #read} fills. */
    abstract Row row();

    /**
     * Reads a record into the row and sets its metadata and event time.
     *
     * @throws RecordFailure when the record cannot be read
     */
    abstract Found read(RecordBatch batch, int index);

    /** Fills in the new row of an exchange. */
    void readNew() {
        throw new IllegalStateException("This input has no exchanged rows.");
    }

    /** Hands a record that failed to its owner, as the record of the user's topic where that is at hand. */
    abstract void failed(Emitter emitter, RecordBatch batch, int index, RecordFailure failure);

    /** Hands over a late record in the same way. */
    abstract void late(Emitter emitter, RecordBatch batch, int index, long watermark);

    /** Lets the record read last move the watermark. */
    abstract void observe();

    /** Whether nothing has come for the idle timeout. */
    abstract boolean isIdle();

    /** Whether what comes from here is the content of tables that were read to the end once. */
    abstract boolean isComplete();

    /** Lets wall-clock time act on idle inputs. */
    abstract void tick(long wallClockMillis);

    /** The input has records that have not been read, so it is not idle. */
    void inputWaits() {}
}
