package io.velostream.engine.admin.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An error as a client sees it (RFC 9457).
 *
 * @param type {@code about:blank}, or a URN for what a client may want to tell apart
 * @param title the status in words
 * @param detail what happened, to which object, and what to do
 * @param more further members, such as the sequence in force
 */
@JsonPropertyOrder({"type", "title", "status", "detail"})
@Schema(description = "An error (RFC 9457)")
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Schema(hidden = true) @JsonAnyGetter Map<String, Object> more) {

    /** The media type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        more = new TreeMap<>(more);
    }

    /** A problem that its status tells well enough apart. */
    public static Problem of(int status, String detail) {
        return new Problem("about:blank", HttpResponseStatus.valueOf(status).reasonPhrase(), status, detail, Map.of());
    }

    /** A problem of a named kind, such as {@code outdated-document}. */
    public static Problem of(int status, String kind, String detail, Map<String, Object> more) {
        return new Problem(
                "urn:velostream:problem:" + kind,
                HttpResponseStatus.valueOf(status).reasonPhrase(),
                status,
                detail,
                more);
    }
}
