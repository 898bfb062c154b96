package io.velostream.engine.admin.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever ends a request early into a problem document. */
@Singleton
public class ProblemResponses {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemResponses.class);

    private final ObjectMapper json;

    ProblemResponses(ObjectMapper json) {
        this.json = json;
    }

    /** Paths that nothing serves. */
    void serveTheRest(@Observes Router router) {
        router.route()
                .order(Integer.MAX_VALUE)
                .handler(request ->
                        write(request, noSuchPath(request.request().method().name(), request.normalizedPath())));
    }

    /** Answers outside of the REST layer. */
    public void write(RoutingContext request, Problem problem) {
        String body;
        try {
            body = json.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A problem of plain values could not be written as JSON", e);
        }
        request.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(body);
    }

    @ServerExceptionMapper
    Response problem(ProblemException refused) {
        return respond(refused.problem(), refused.headers());
    }

    @ServerExceptionMapper
    Response refused(WebApplicationException refused, RoutingContext request) {
        int status = refused.getResponse().getStatus();
        String path = request.normalizedPath();
        String method = request.request().method().name();
        String detail = switch (refused) {
            case NotFoundException e -> noSuchPath(method, path).detail();
            case NotAllowedException e -> path + " does not have the method " + method;
            case NotSupportedException e -> path + " wants a body with Content-Type: application/json";
            case NotAcceptableException e -> path + " has no answer of a type that the Accept header allows";
            default -> refused.getMessage() == null ? "The request was refused" : refused.getMessage();
        };
        return respond(Problem.of(status, detail), Map.of());
    }

    @ServerExceptionMapper
    Response failed(Exception failure, RoutingContext request) {
        String id = UUID.randomUUID().toString();
        LOG.error("{} {} failed (id {})", request.request().method(), request.normalizedPath(), id, failure);
        return respond(
                Problem.of(500, "The request failed for a reason of the server's; its log says more under id " + id),
                Map.of());
    }

    private static Problem noSuchPath(String method, String path) {
        return Problem.of(404, "There is no " + method + " " + path);
    }

    private static Response respond(Problem problem, Map<String, String> headers) {
        Response.ResponseBuilder response =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
        headers.forEach(response::header);
        return response.build();
    }
}
