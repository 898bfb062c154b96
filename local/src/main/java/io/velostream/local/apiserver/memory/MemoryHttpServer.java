package io.velostream.local.apiserver.memory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the API in memory over plain HTTP on 127.0.0.1. Watches stream over chunked HTTP and, for clients that ask, over
 * WebSocket.
 */
public final class MemoryHttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryHttpServer.class);
    private static final int START_SECONDS = 20;

    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setEventLoopPoolSize(2)
            .setWorkerPoolSize(8)
            // Loading classes on a busy machine takes longer than its two seconds, and nothing here blocks.
            .setBlockedThreadCheckInterval(TimeUnit.HOURS.toMillis(1)));
    private final MemoryApi api;
    private final HttpServer server;

    private MemoryHttpServer(Clock clock, int port) {
        this.api = new MemoryApi(clock);
        this.server = await(vertx.createHttpServer(new HttpServerOptions()
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setMaxInitialLineLength(16 * 1024))
                .requestHandler(this::onRequest)
                .listen());
    }

    /**
     * Starts on a port, 0 for any free one.
     *
     * @throws IllegalStateException when it cannot listen
     */
    public static MemoryHttpServer start(Clock clock, int port) {
        return new MemoryHttpServer(clock, port);
    }

    public String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    private void onRequest(HttpServerRequest request) {
        if (List.of("/healthz", "/readyz", "/livez").contains(request.path())) {
            request.response().end("ok");
            return;
        }
        ApiRequest head = read(request, "");
        if (head.isWatch()) {
            watch(request, head);
            return;
        }
        request.body()
                .onFailure(failure -> LOG.debug("A client left before its request was read: {}", failure.toString()))
                .onSuccess(body -> answer(request, read(request, body.toString(StandardCharsets.UTF_8))));
    }

    /** On a worker, so that no request keeps the connections of others waiting. */
    private void answer(HttpServerRequest request, ApiRequest parsed) {
        vertx.executeBlocking(() -> api.handle(parsed), false)
                .onSuccess(answer -> answer(request.response(), answer.code(), answer.body()))
                .onFailure(failure -> {
                    LOG.error("{} {} failed", request.method(), request.uri(), failure);
                    request.response().setStatusCode(500).end(failure.toString());
                });
    }

    private static void answer(HttpServerResponse response, int code, ObjectNode body) {
        response.setStatusCode(code)
                .putHeader("Content-Type", "application/json")
                .end(body.toString());
    }

    private void watch(HttpServerRequest request, ApiRequest parsed) {
        try {
            api.checkPath(parsed);
        } catch (ApiException e) {
            answer(request.response(), e.code(), e.toStatus());
            return;
        }
        boolean webSocket = Optional.ofNullable(request.getHeader("Upgrade"))
                .map(value -> value.equalsIgnoreCase("websocket"))
                .orElse(false);
        if (webSocket) {
            request.toWebSocket().onSuccess(socket -> begin(parsed, new WatchLines.Socket(socket)));
        } else {
            begin(parsed, WatchLines.Chunks.begin(request.response()));
        }
    }

    /** A revision that is too old is told in the stream, as Kubernetes does. */
    private void begin(ApiRequest request, WatchLines lines) {
        Context context = vertx.getOrCreateContext();
        Promise<Void> closed = Promise.promise();
        lines.onClose(closed::tryComplete);
        Consumer<ObjectNode> sink = line -> context.runOnContext(ignored -> lines.write(line.toString()));
        vertx.executeBlocking(() -> api.watch(request, sink), false)
                .onSuccess(stop -> {
                    closed.future().onSuccess(ignored -> stop.run());
                    timeout(request)
                            .ifPresent(seconds -> vertx.setTimer(TimeUnit.SECONDS.toMillis(seconds), ignored -> {
                                stop.run();
                                lines.end();
                            }));
                })
                .onFailure(failure -> {
                    if (failure instanceof ApiException refused) {
                        lines.write("{\"type\":\"ERROR\",\"object\":" + refused.toStatus() + "}");
                    } else {
                        LOG.error("The watch {} failed", request.path(), failure);
                    }
                    lines.end();
                });
    }

    private static Optional<Long> timeout(ApiRequest request) {
        String seconds = request.parameter("timeoutSeconds");
        return seconds.matches("[1-9]\\d{0,8}") ? Optional.of(Long.valueOf(seconds)) : Optional.empty();
    }

    private static ApiRequest read(HttpServerRequest request, String body) {
        List<String> path = new ArrayList<>();
        for (String segment : request.path().split("/")) {
            if (!segment.isEmpty()) {
                path.add(URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8));
            }
        }
        Map<String, String> query = new HashMap<>();
        request.params().forEach(entry -> query.put(entry.getKey(), entry.getValue()));
        String contentType =
                Optional.ofNullable(request.getHeader("Content-Type")).orElse("application/json");
        return new ApiRequest(
                request.method().name(),
                path,
                query,
                contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT),
                Optional.ofNullable(request.getHeader("User-Agent")).orElse(""),
                body);
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The API in memory cannot listen on 127.0.0.1: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while starting the API in memory", e);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
