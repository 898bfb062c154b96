package io.velostream.bench.nexmark.job;

import io.velostream.bench.nexmark.event.Record;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A job whose topics have one partition each and are lists in memory. Belongs to one thread. */
public interface InMemoryJob extends AutoCloseable {

    /** What a job wrote to a topic; a null value is a tombstone. */
    @SuppressWarnings("ArrayRecordComponent")
    record Row(byte @Nullable [] key, byte @Nullable [] value) {}

    /** The topics that must be fed: those that the job reads and does not write itself. */
    Set<String> inputs();

    /**
     * Feeds records as one batch.
     *
     * @param records of one topic, in the order of their offsets, at least one
     */
    void feed(List<Record> records);

    /** What was written so far, by topic, in the order written. */
    Map<String, List<Row>> outputs();

    @Override
    void close();
}
