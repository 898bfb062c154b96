package io.velostream.engine.admin;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.velostream.engine.admin.problem.Problem;
import io.velostream.engine.admin.problem.ProblemResponses;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Refuses large bodies before they are sent, where their length is said; where it is not, whoever reads a body stops at
 * the same limit. The server's own limit, twice as large, ends what gets past both.
 */
@Singleton
public class RequestLimits {

    /** Bytes. */
    static final int LARGEST_BODY = 2 << 20;

    private static final int AFTER_ACCESS = 900;

    private final ProblemResponses responses;

    RequestLimits(ProblemResponses responses) {
        this.responses = responses;
    }

    void guard(@Observes Filters filters) {
        filters.register(this::check, AFTER_ACCESS);
    }

    static Problem tooLarge() {
        return Problem.of(413, "The body is larger than " + LARGEST_BODY + " bytes, which no request needs to be");
    }

    private void check(RoutingContext request) {
        String length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && (length.length() > 18 || Long.parseLong(length) > LARGEST_BODY)) {
            request.response().putHeader(HttpHeaders.CONNECTION, "close");
            responses.write(request, tooLarge());
        } else {
            request.next();
        }
    }
}
