package io.velostream.engine.admin.access;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.velostream.engine.admin.problem.Problem;
import io.velostream.engine.admin.problem.ProblemException;
import io.velostream.engine.admin.problem.ProblemResponses;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Lets only holders of a token to {@code /admin}, before a byte of the body is read. Refusals are logged without the
 * token, at most one line a second.
 */
@Singleton
public class AdminAccess {

    private static final int BEFORE_EVERYTHING = 1000;
    private static final String CHECKED = "velostream.access";
    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final AdminTokens tokens;
    private final ProblemResponses responses;
    private final RefusalLog refusals;

    AdminAccess(AdminTokens tokens, ProblemResponses responses, RefusalLog refusals) {
        this.tokens = tokens;
        this.responses = responses;
        this.refusals = refusals;
    }

    void guard(@Observes Filters filters) {
        filters.register(this::check, BEFORE_EVERYTHING);
    }

    /** The second lock: reached only when a path got past the first one unchecked. */
    @AdminOnly
    @ServerRequestFilter
    public void requireChecked(RoutingContext request) {
        if (request.get(CHECKED) == null) {
            throw new ProblemException(unauthorized("The path is not written in its normal form"));
        }
    }

    /** What the token of a request allows; nothing where none was checked. */
    public static Access of(RoutingContext request) {
        return request.get(CHECKED) instanceof Access access ? access : Access.NONE;
    }

    private void check(RoutingContext request) {
        String path = request.normalizedPath();
        if (!path.equals("/admin") && !path.startsWith("/admin/")) {
            request.next();
            return;
        }
        String authorization = request.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            refuse(request, unauthorized("This path wants the header Authorization: Bearer <token>"));
            return;
        }
        switch (tokens.accessOf(authorization.substring(7).strip())) {
            case NONE -> refuse(request, unauthorized("The token is not one of this cluster's"));
            case READ_ONLY -> {
                if (READS.contains(request.request().method())) {
                    pass(request, Access.READ_ONLY);
                } else {
                    refuse(request, Problem.of(403, "The token is for reading only; use the full one"));
                }
            }
            case FULL -> pass(request, Access.FULL);
        }
    }

    private static void pass(RoutingContext request, Access access) {
        request.put(CHECKED, access);
        request.next();
    }

    private void refuse(RoutingContext request, Problem problem) {
        refusals.refused(request, problem);
        if (problem.status() == 401) {
            request.response().putHeader("WWW-Authenticate", "Bearer");
        }
        responses.write(request, problem);
    }

    private static Problem unauthorized(String detail) {
        return Problem.of(401, detail);
    }
}
