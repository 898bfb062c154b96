package io.velostream.engine.guard;

import io.velostream.engine.guard.DeadLetterHeaders.Content;
import io.velostream.engine.runtime.operator.RecordBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as it is sent. A record that the producer takes may be too large for it with the provenance added: then
 * the letter leaves out the value, and where that is not enough the record's own headers and the key. It says so, and
 * where the record lies, since a letter that is refused would stop the partition for good.
 *
 * @param key of the record, as it was read
 * @param value of the record, as it was read
 */
public record LetterForm(byte @Nullable [] key, byte @Nullable [] value, Header[] headers) {

    /** What a header takes beside its name and its value, at most: two lengths as varints. */
    private static final int HEADER_OVERHEAD = 8;

    /**
     * The letter for one record of a batch.
     *
     * @param limit largest key, value and headers together, in bytes
     */
    public static LetterForm of(
            DeadLetterHeaders provenance, RecordBatch batch, int index, Content content, RecordError error, int limit) {
        byte[] key = batch.key(index);
        byte[] value = batch.value(index);
        LetterForm whole =
                new LetterForm(key, value, provenance.of(batch, index, content, error.code(), error.message()));
        if (whole.bytes() <= limit) {
            return whole;
        }
        LetterForm withoutValue = new LetterForm(key, null, noting("value", whole.headers()));
        if (withoutValue.bytes() <= limit) {
            return withoutValue;
        }
        LetterForm withoutHeaders = new LetterForm(
                key, null, provenance.without("value,headers", batch, index, content, error.code(), error.message()));
        if (withoutHeaders.bytes() <= limit) {
            return withoutHeaders;
        }
        return new LetterForm(
                null,
                null,
                provenance.without("value,headers,key", batch, index, content, error.code(), error.message()));
    }

    /**
     * Why a record is a dead letter.
     *
     * @param code stable, such as {@code MALFORMED_JSON}
     * @param message a sentence
     */
    public record RecordError(String code, String message) {}

    private static Header[] noting(String omitted, Header[] headers) {
        List<Header> all = new ArrayList<>(Arrays.asList(headers));
        all.add(DeadLetterHeaders.text(DeadLetterHeaders.OMITTED, omitted));
        return all.toArray(Header[]::new);
    }

    private long bytes() {
        long bytes = (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
        for (Header header : headers) {
            bytes += 3L * header.key().length() + HEADER_OVERHEAD;
            bytes += header.value() == null ? 0 : header.value().length;
        }
        return bytes;
    }
}
