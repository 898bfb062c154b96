package io.velostream.engine.guard;

import io.velostream.engine.runtime.operator.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Provenance of a dead letter: the record's own headers, then where it came from and why it is here. What an earlier
 * failure wrote is replaced, so that a letter replayed twice tells of its last failure only.
 *
 * @param job the job's name
 * @param query the query that could not process the record
 */
public record DeadLetterHeaders(String job, String query) {

    /** What all provenance headers begin with. */
    public static final String PREFIX = "velo.dlq.";

    /** The headers of the letter for one record of a batch. */
    public Header[] of(RecordBatch batch, int index, String code, String message) {
        List<Header> headers = new ArrayList<>();
        for (Header header : batch.headers(index)) {
            if (!header.key().startsWith(PREFIX)) {
                headers.add(header);
            }
        }
        headers.add(text("topic", batch.topic()));
        headers.add(text("partition", Integer.toString(batch.partition())));
        headers.add(text("offset", Long.toString(batch.offset(index))));
        headers.add(text("timestamp", Long.toString(batch.timestamp(index))));
        headers.add(text("error.code", code));
        headers.add(text("error.message", message));
        headers.add(text("query", query));
        headers.add(text("job", job));
        return headers.toArray(Header[]::new);
    }

    private static Header text(String name, String value) {
        return new RecordHeader(PREFIX + name, value.getBytes(StandardCharsets.UTF_8));
    }
}
