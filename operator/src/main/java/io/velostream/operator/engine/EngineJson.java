package io.velostream.operator.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.util.Optional;

/** The JSON that passes between operator and pods; written the same for the same value, so that it can be compared and hashed. */
public final class EngineJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    private EngineJson() {}

    /** The document as UTF-8 JSON. */
    public static byte[] write(EngineJobDocument document) {
        try {
            return MAPPER.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a job document of strings and numbers could not be written", e);
        }
    }

    /** Reads what {@link #write} wrote; empty where it is no job document of this version. */
    public static Optional<EngineJobDocument> readDocument(byte[] json) {
        try {
            return Optional.of(MAPPER.readValue(json, EngineJobDocument.class));
        } catch (IOException | NullPointerException e) {
            return Optional.empty();
        }
    }

    static <T> T read(String json, Class<T> type) throws JsonProcessingException {
        T value = MAPPER.readValue(json, type);
        if (value == null) {
            throw new com.fasterxml.jackson.databind.exc.MismatchedInputException(null, "null instead of an object") {
                private static final long serialVersionUID = 1L;
            };
        }
        return value;
    }

    /** The {@code detail} (else {@code title}) of an RFC 9457 problem document. */
    static Optional<String> problemDetail(String body) {
        try {
            JsonNode problem = MAPPER.readTree(body);
            for (String field : new String[] {"detail", "title"}) {
                if (problem.path(field).isTextual()) {
                    return Optional.of(problem.path(field).asText());
                }
            }
            return Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
