package io.velostream.engine.guard;

import io.velostream.engine.runtime.operator.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Provenance of a dead letter: the record's own headers, then where it came from and why it is here. What an earlier
 * failure wrote is replaced, so that a letter replayed twice tells of its last failure only. {@link DeadLetter} reads
 * what is written here.
 *
 * @param job the job's name
 * @param query the query that could not process the record
 * @param stage the stage of the query
 */
public record DeadLetterHeaders(String job, String query, String stage) {

    /** What all provenance headers begin with. */
    public static final String PREFIX = "velo.dlq.";

    static final String TOPIC = "topic";
    static final String PARTITION = "partition";
    static final String OFFSET = "offset";
    static final String TIMESTAMP = "timestamp";
    static final String CODE = "error.code";
    static final String MESSAGE = "error.message";
    static final String QUERY = "query";
    static final String JOB = "job";
    static final String STAGE = "stage";
    static final String CONTENT = "content";
    static final String OMITTED = "omitted";

    private static final int LONGEST_MESSAGE = 2_000;

    /** What a letter's value is. */
    public enum Content {
        /** The record as it was read. */
        RECORD,
        /** A row that was made of a record which is no longer at hand, as a JSON object. */
        ROW
    }

    /** The headers of the letter for one record of a batch. */
    public Header[] of(RecordBatch batch, int index, Content content, String code, String message) {
        List<Header> headers = new ArrayList<>();
        for (Header header : batch.headers(index)) {
            if (!header.key().startsWith(PREFIX)) {
                headers.add(header);
            }
        }
        headers.addAll(provenance(batch, index, content, code, message));
        return headers.toArray(Header[]::new);
    }

    /**
     * The headers of a letter that would be too large with all that the record holds: without the record's own.
     *
     * @param omitted what is left out, such as {@code value,headers}
     */
    Header[] without(String omitted, RecordBatch batch, int index, Content content, String code, String message) {
        List<Header> headers = provenance(batch, index, content, code, message);
        headers.add(text(OMITTED, omitted));
        return headers.toArray(Header[]::new);
    }

    private List<Header> provenance(RecordBatch batch, int index, Content content, String code, String message) {
        List<Header> headers = new ArrayList<>();
        headers.add(text(TOPIC, batch.topic()));
        headers.add(text(PARTITION, Integer.toString(batch.partition())));
        headers.add(text(OFFSET, Long.toString(batch.offset(index))));
        headers.add(text(TIMESTAMP, Long.toString(batch.timestamp(index))));
        headers.add(text(CODE, code));
        headers.add(
                text(MESSAGE, message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE)));
        headers.add(text(QUERY, query));
        headers.add(text(JOB, job));
        headers.add(text(STAGE, stage));
        headers.add(text(CONTENT, content == Content.RECORD ? "record" : "row"));
        return headers;
    }

    static Header text(String name, String value) {
        return new RecordHeader(PREFIX + name, value.getBytes(StandardCharsets.UTF_8));
    }
}
