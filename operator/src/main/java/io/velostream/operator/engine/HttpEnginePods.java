package io.velostream.operator.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.velostream.operator.engine.EngineException.Kind;
import io.velostream.operator.engine.PodGuards.HttpAnswer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BiConsumer;

/** The pods' admin API over HTTP, as the reference page on the admin API has it. Safe for use by several threads. */
public final class HttpEnginePods implements EnginePods, AutoCloseable {

    /** A detail goes into conditions and logs: whatever a pod says there is cut. */
    private static final int LONGEST_DETAIL = 300;

    /** What a pod takes as the timeout of a drain; the operator keeps its own time beside it. */
    private static final long LONGEST_DRAIN_SECONDS = 3600;

    private final HttpClient client;
    private final EngineClientSettings settings;
    private final PodGuards guards;

    /** @param onBreaker is told when the breaker of a pod opens or closes */
    public HttpEnginePods(EngineClientSettings settings, BiConsumer<EnginePod, CircuitBreakerState> onBreaker) {
        this.settings = settings;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.guards = new PodGuards(settings, onBreaker);
    }

    @Override
    public boolean ready(EnginePod pod) {
        return send(pod, Call.get("/ready?scope=pod"), 200, 503).status() == 200;
    }

    @Override
    public EngineReadiness readiness(EnginePod pod) {
        return read(pod, send(pod, Call.get("/ready"), 200, 503), EngineReadiness.class);
    }

    @Override
    public String version(EnginePod pod) {
        return send(pod, Call.get("/admin/version"), 200).body().strip();
    }

    @Override
    public EngineProcessing processing(EnginePod pod) {
        return read(pod, send(pod, Call.get("/admin/processing"), 200), EngineProcessing.class);
    }

    @Override
    public ConfigVerdict validateConfig(EnginePod pod, String yaml) {
        HttpAnswer answer = send(pod, Call.post("/admin/config/validate", yaml), 200, 422, 404, 405);
        return switch (answer.status()) {
            case 200 -> new ConfigVerdict.Valid();
            case 422 -> read(pod, answer, EngineConfigProblems.class).verdict();
            default -> new ConfigVerdict.Unknown("the engine of " + pod.name() + " does not check configurations");
        };
    }

    @Override
    public PutOutcome putJob(EnginePod pod, EngineJobDocument document) {
        HttpAnswer answer = send(pod, Call.put("/admin/jobs/" + segment(document.name()), document), 200, 422, 409);
        return switch (answer.status()) {
            case 200 -> new PutOutcome.InForce(read(pod, answer, EngineJobStatus.class));
            case 422 -> new PutOutcome.SqlRefused(read(pod, answer, EngineJobStatus.class));
            default -> new PutOutcome.Outdated(detail(answer));
        };
    }

    @Override
    public void deleteJob(EnginePod pod, String job) {
        send(pod, Call.delete("/admin/jobs/" + segment(job)), 202, 204, 200, 404);
    }

    @Override
    public void drain(EnginePod pod, Duration timeout) {
        send(
                pod,
                Call.post("/admin/processing/drain?timeout=" + Math.clamp(timeout.toSeconds(), 1, LONGEST_DRAIN_SECONDS)
                        + "s&wait=false"),
                200,
                202);
    }

    @Override
    public void restart(EnginePod pod, String idempotencyKey) {
        send(pod, Call.post("/admin/processing/restart").once(idempotencyKey), 200, 202);
    }

    @Override
    public void maintenance(EnginePod pod, boolean enabled) {
        send(pod, Call.post("/admin/maintenance/" + (enabled ? "enable" : "disable")), 200);
    }

    @Override
    public void close() {
        client.close();
    }

    private HttpAnswer send(EnginePod pod, Call call, int... expected) {
        return guards.call(pod, call.repeatable(), () -> attempt(pod, call, expected));
    }

    private HttpAnswer attempt(EnginePod pod, Call call, int... expected) {
        HttpRequest request = request(pod, call);
        HttpResponse<String> response;
        try {
            response = client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (HttpConnectTimeoutException | ConnectException e) {
            throw new EngineException(
                    Kind.NOT_CONNECTED, "pod " + pod.name() + " cannot be reached at " + pod.authority(), e);
        } catch (IOException e) {
            throw new EngineException(
                    Kind.NO_ANSWER, "pod " + pod.name() + " gave no answer to " + call.method() + " " + call.path(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException(Kind.NO_ANSWER, "the call to pod " + pod.name() + " was interrupted", e);
        }
        HttpAnswer answer = new HttpAnswer(response.statusCode(), response.body());
        for (int status : expected) {
            if (status == answer.status()) {
                return answer;
            }
        }
        throw unexpected(pod, call, answer);
    }

    private HttpRequest request(EnginePod pod, Call call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + pod.authority() + call.path()))
                .timeout(settings.requestTimeout())
                .header("X-Velostream-Operator", settings.operatorName())
                .header("Accept", "application/json, application/problem+json, text/plain")
                .method(call.method(), HttpRequest.BodyPublishers.ofByteArray(call.body()));
        if (call.path().startsWith("/admin/")) {
            request.header("Authorization", "Bearer " + pod.token().value());
        }
        if (call.body().length > 0) {
            request.header("Content-Type", "application/json");
        }
        if (!call.idempotencyKey().isEmpty()) {
            request.header("Idempotency-Key", call.idempotencyKey());
        }
        return request.build();
    }

    private static EngineException unexpected(EnginePod pod, Call call, HttpAnswer answer) {
        Kind kind = switch (answer.status()) {
            case 401, 403 -> Kind.UNAUTHORIZED;
            default -> answer.status() >= 500 || answer.status() == 429 ? Kind.UNAVAILABLE : Kind.REFUSED;
        };
        String what = "pod " + pod.name() + " answered " + answer.status() + " to " + call.method() + " " + call.path();
        String detail = kind == Kind.UNAUTHORIZED
                ? "the token of the cluster's admin-token Secret is not the one that the pod started with"
                : detail(answer);
        return new EngineException(kind, detail.isEmpty() ? what : what + ": " + detail);
    }

    private static String detail(HttpAnswer answer) {
        String detail = EngineJson.problemDetail(answer.body()).orElse("");
        return detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL) + "…";
    }

    private static <T> T read(EnginePod pod, HttpAnswer answer, Class<T> type) {
        try {
            return EngineJson.read(answer.body(), type);
        } catch (JsonProcessingException e) {
            throw new EngineException(
                    Kind.NOT_UNDERSTOOD,
                    "pod " + pod.name() + " gave an answer that this operator does not understand; "
                            + "its engine may be of another version",
                    e);
        }
    }

    private static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * One request.
     *
     * @param repeatable whether sending it twice does no more than sending it once
     */
    private record Call(String method, String path, byte[] body, boolean repeatable, String idempotencyKey) {

        private static final byte[] NOTHING = new byte[0];

        static Call get(String path) {
            return new Call("GET", path, NOTHING, true, "");
        }

        static Call post(String path) {
            return new Call("POST", path, NOTHING, true, "");
        }

        static Call post(String path, String text) {
            return new Call("POST", path, text.getBytes(StandardCharsets.UTF_8), true, "");
        }

        static Call delete(String path) {
            return new Call("DELETE", path, NOTHING, true, "");
        }

        static Call put(String path, EngineJobDocument document) {
            return new Call("PUT", path, EngineJson.write(document), true, "");
        }

        Call once(String key) {
            return new Call(method, path, body, false, key);
        }
    }
}
