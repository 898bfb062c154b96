package io.velostream.operator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.velostream.operator.engine.EngineException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The HTTP client of the pods against a real HTTP server that does as it is told. */
class HttpEnginePodsTest {

    private static final int VOLUME = 4;
    private static final Duration BREAKER = Duration.ofSeconds(2);

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> breaker = new CopyOnWriteArrayList<>();
    private final List<Answer> script = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;
    private HttpEnginePods pods;
    private EnginePod pod;

    @FunctionalInterface
    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(executor);
        server.createContext("/", exchange -> {
            try (exchange) {
                requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
                Answer next = script.size() > 1 ? script.remove(0) : script.get(0);
                next.to(exchange);
            }
        });
        server.start();
        pods = client(2);
        pod = pod(server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        end.countDown();
        pods.close();
        server.stop(0);
        executor.shutdownNow();
    }

    private HttpEnginePods client(int retries) {
        return new HttpEnginePods(
                new EngineClientSettings(
                        "test-operator",
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(1),
                        retries,
                        Duration.ofMillis(10),
                        VOLUME,
                        BREAKER),
                (changed, state) -> breaker.add(changed.name() + " " + state));
    }

    private static EnginePod pod(int port) {
        return new EnginePod("default", "primary-0", "127.0.0.1", port, new AdminToken("s3cret-token"));
    }

    private static Answer says(int status, String body) {
        return exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    private Answer hangs() {
        return exchange -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    private void script(Answer... answers) {
        script.clear();
        script.addAll(List.of(answers));
    }

    private static Kind kindOf(ThrowingCallable call) {
        try {
            call.call();
        } catch (EngineException e) {
            return e.kind();
        } catch (Throwable e) {
            throw new AssertionError("another kind of failure", e);
        }
        throw new AssertionError("the call came off");
    }

    @Test
    void retriesAReadThatThePodCannotAnswerNow() {
        script(says(503, ""), says(500, ""), says(200, "0.1.0\n"));

        assertThat(pods.version(pod)).isEqualTo("0.1.0");
        assertThat(requests).hasSize(3);
    }

    @Test
    void givesUpAfterItsRetries() {
        script(says(503, "{\"detail\":\"the pod is starting\"}"));

        assertThatThrownBy(() -> pods.version(pod))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("answered 503")
                .hasMessageContaining("the pod is starting");
        assertThat(requests).hasSize(3);
    }

    @Test
    void sendsARestartOnlyOnceHoweverItEnds() {
        script(says(503, ""));

        assertThat(kindOf(() -> pods.restart(pod, "r-1"))).isEqualTo(Kind.UNAVAILABLE);
        assertThat(requests).containsExactly("POST /admin/processing/restart");
    }

    @Test
    void sendsTheNameOfARestartAndItsOwn() {
        List<String> headers = new ArrayList<>();
        script(exchange -> {
            headers.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            headers.add(exchange.getRequestHeaders().getFirst("X-Velostream-Operator"));
            headers.add(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(202, -1);
        });

        pods.restart(pod, "r-1");

        assertThat(headers).containsExactly("r-1", "test-operator", "Bearer s3cret-token");
    }

    @Test
    void doesNotGiveTheTokenToWhatIsOpenToAnybody() {
        List<String> headers = new ArrayList<>();
        script(exchange -> {
            headers.add(exchange.getRequestHeaders().getFirst("Authorization"));
            says(200, "{\"status\":\"ready\"}").to(exchange);
        });

        assertThat(pods.readiness(pod).isReady()).isTrue();
        assertThat(headers).containsExactly((String) null);
    }

    @Test
    void givesUpOnAPodThatHangs() {
        script(hangs());
        try (HttpEnginePods once = client(0)) {
            assertThat(kindOf(() -> once.processing(pod))).isEqualTo(Kind.NO_ANSWER);
        }
    }

    @Test
    void tellsAPodThatCannotBeReachedFromOneThatDidNotAnswer() throws IOException {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }

        assertThat(kindOf(() -> pods.version(pod(nobody)))).isEqualTo(Kind.NOT_CONNECTED);
        // The connection is closed without an answer: the pod may have acted.
        script(HttpExchange::close);
        assertThat(kindOf(() -> pods.version(pod))).isEqualTo(Kind.NO_ANSWER);
    }

    @Test
    void opensThePodsBreakerAfterRepeatedFailuresAndClosesItWhenThePodIsBack() {
        script(says(503, ""));
        try (HttpEnginePods once = client(0)) {
            for (int i = 0; i < VOLUME; i++) {
                assertThat(kindOf(() -> once.version(pod))).isEqualTo(Kind.UNAVAILABLE);
            }

            assertThat(kindOf(() -> once.version(pod))).isEqualTo(Kind.CIRCUIT_OPEN);
            assertThat(requests).hasSize(VOLUME);
            assertThat(breaker).containsExactly("primary-0 OPEN");

            script(says(200, "0.1.0"));
            await().atMost(Duration.ofSeconds(20))
                    .ignoreExceptions()
                    .until(() -> once.version(pod).equals("0.1.0"));
            assertThat(breaker).containsExactly("primary-0 OPEN", "primary-0 HALF_OPEN", "primary-0 CLOSED");
        }
    }

    @Test
    void keepsTheBreakerOfOnePodFromOthers() {
        script(says(503, ""));
        try (HttpEnginePods once = client(0)) {
            for (int i = 0; i < VOLUME; i++) {
                kindOf(() -> once.version(pod));
            }
            script(says(200, "0.1.0"));
            EnginePod other = new EnginePod("default", "primary-1", pod.address(), pod.port(), pod.token());

            assertThat(once.version(other)).isEqualTo("0.1.0");
            assertThat(kindOf(() -> once.version(pod))).isEqualTo(Kind.CIRCUIT_OPEN);
        }
    }

    @Test
    void takesRefusalsForNoSignOfAnUnhealthyPod() {
        script(says(400, "{\"detail\":\"no such thing\"}"));

        for (int i = 0; i < 3 * VOLUME; i++) {
            assertThat(kindOf(() -> pods.version(pod))).isEqualTo(Kind.REFUSED);
        }
        assertThat(requests).hasSize(3 * VOLUME);
        assertThat(breaker).isEmpty();
    }

    @Test
    void saysWhatARefusedTokenMeansAndNeverShowsIt() {
        script(says(401, "{\"detail\":\"s3cret-token is wrong\"}"));

        assertThatThrownBy(() -> pods.processing(pod))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("admin-token Secret")
                .hasMessageNotContaining("s3cret")
                .extracting(e -> ((EngineException) e).kind())
                .isEqualTo(Kind.UNAUTHORIZED);
        assertThat(requests).hasSize(1);
    }

    @Test
    void doesNotFollowWhereAPodWouldSendIt() {
        script(exchange -> {
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
            exchange.sendResponseHeaders(302, -1);
        });

        assertThat(kindOf(() -> pods.version(pod))).isEqualTo(Kind.REFUSED);
    }

    @Test
    void reportsAnAnswerThatIsNoneOfThisVersion() {
        script(says(200, "<html>proxy</html>"));

        assertThat(kindOf(() -> pods.processing(pod))).isEqualTo(Kind.NOT_UNDERSTOOD);
    }

    @Test
    void readsWhatThePodsDoAndSkipsWhatItDoesNotKnow() {
        script(says(200, """
                {"state":"draining","maintenance":true,"lastRestart":"r-1","news":1,
                 "jobs":[{"name":"orders","uid":"u1","state":"ON_FIRE","sequence":7,"inFlight":3}]}
                """));

        EngineProcessing processing = pods.processing(pod);

        assertThat(processing.state()).isEqualTo(EngineProcessing.State.DRAINING);
        assertThat(processing.lastRestart()).contains("r-1");
        assertThat(processing.job("orders").orElseThrow().state()).isEqualTo(EngineJobStatus.State.UNKNOWN);
        assertThat(processing.isDrained()).isFalse();
    }

    private static EngineJobDocument document() {
        return new EngineJobDocument(
                "default",
                "orders",
                "u1",
                1,
                1,
                "CREATE STREAM big AS SELECT * FROM orders;",
                new TreeMap<>(),
                "velostream.default.orders-u1",
                1,
                EngineJobDocument.DesiredState.RUNNING,
                1,
                List.of(),
                Optional.empty(),
                0,
                EngineJobDocument.DeliveryGuarantee.EXACTLY_ONCE,
                new EngineJobDocument.StartFrom(EngineJobDocument.StartType.EARLIEST, Optional.empty()),
                new EngineJobDocument.ErrorHandling(EngineJobDocument.ErrorStrategy.DEAD_LETTER, Optional.empty()),
                new EngineJobDocument.Watermark(0, 0),
                new EngineJobDocument.TopicDefaults(true, 0, 0, new TreeMap<>()));
    }

    @Test
    void tellsTheAnswersToADocumentApart() {
        EngineJobDocument document = document();
        script(
                says(200, "{\"name\":\"orders\",\"state\":\"RUNNING\"}"),
                says(422, "{\"name\":\"orders\",\"state\":\"INVALID\"}"),
                says(409, "{\"detail\":\"sequence 9 is in force\",\"sequenceInForce\":9}"));

        assertThat(pods.putJob(pod, document)).isInstanceOf(PutOutcome.InForce.class);
        assertThat(pods.putJob(pod, document)).isInstanceOf(PutOutcome.SqlRefused.class);
        assertThat(pods.putJob(pod, document)).isEqualTo(new PutOutcome.Outdated("sequence 9 is in force"));
        assertThat(requests).allMatch("PUT /admin/jobs/orders"::equals);
    }

    @Test
    void tellsTheVerdictsOnAConfigurationApart() {
        script(
                says(200, "{\"valid\":true,\"hash\":\"h\"}"),
                says(
                        422,
                        "{\"valid\":false,\"problems\":[{\"line\":4,\"key\":\"processing.batch_size\",\"message\":\"must be"
                                + " above 0\"}]}"),
                says(404, ""));

        assertThat(pods.validateConfig(pod, "a: 1")).isEqualTo(new ConfigVerdict.Valid());
        assertThat(pods.validateConfig(pod, "a: 1"))
                .isEqualTo(new ConfigVerdict.Refused(List.of("processing.batch_size: must be above 0")));
        assertThat(pods.validateConfig(pod, "a: 1")).isInstanceOf(ConfigVerdict.Unknown.class);
    }

    @Test
    void takesAJobThatIsGoneForDeleted() {
        script(says(404, ""));

        pods.deleteJob(pod, "orders");

        assertThat(requests).containsExactly("DELETE /admin/jobs/orders");
    }

    @Test
    void asksADrainForNoLongerThanAPodTakes() {
        script(says(202, ""));

        pods.drain(pod, Duration.ofDays(1));

        assertThat(requests).containsExactly("POST /admin/processing/drain?timeout=3600s&wait=false");
    }
}
