package io.velostream.engine.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.util.List;

/**
 * Job documents and statuses as JSON with exactly the names of their records: enum values in upper snake case, durations
 * in milliseconds, what is absent left out. Unknown names are skipped when reading, so that an operator may be newer than
 * a pod.
 */
public final class JobJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private JobJson() {}

    /**
     * Reads a document.
     *
     * @throws IOException with a sentence about what is wrong and where
     */
    public static JobDocument readDocument(byte[] json) throws IOException {
        return read(json, JobDocument.class);
    }

    /** Writes a document. */
    public static byte[] writeDocument(JobDocument document) {
        return write(document);
    }

    /** Reads a status. */
    public static JobStatus readStatus(byte[] json) throws IOException {
        return read(json, JobStatus.class);
    }

    /** Writes a status. */
    public static byte[] writeStatus(JobStatus status) {
        return write(status);
    }

    /** Writes statuses as an array. */
    public static byte[] writeStatuses(List<JobStatus> statuses) {
        return write(statuses);
    }

    /** A mapper of the same rules, for bodies in which a status is only a part. */
    public static ObjectMapper mapper() {
        return MAPPER.copy();
    }

    private static <T> T read(byte[] json, Class<T> type) throws IOException {
        try {
            T value = MAPPER.readValue(json, type);
            if (value == null) {
                throw new IOException("it is null");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new IOException(JsonMistake.sentence(e), e);
        }
    }

    private static byte[] write(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A " + value.getClass().getSimpleName() + " cannot be written as JSON", e);
        }
    }
}
