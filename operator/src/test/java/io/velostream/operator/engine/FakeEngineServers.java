package io.velostream.operator.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The engine's HTTP API as its reference page has it, on real sockets: one server for each of the pods {@code primary-0} and up, at
 * 127.9.0.2 and up, all on one port. It counts the requests that it is sent, and what they did: a restart is done once for each
 * Idempotency-Key.
 */
public final class FakeEngineServers implements AutoCloseable {

    private static final ObjectMapper MAPPER =
            JsonMapper.builder().addModule(new Jdk8Module()).build();

    private final List<HttpServer> servers = new ArrayList<>();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final int port;
    private final FakeEnginePods pods;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Set<String> restartsDone = ConcurrentHashMap.newKeySet();

    private FakeEngineServers(FakeEnginePods pods, int port) {
        this.pods = pods;
        this.port = port;
    }

    /**
     * Starts the servers.
     *
     * @param pods what the servers are a front of
     */
    public static FakeEngineServers start(FakeEnginePods pods, int count) throws IOException {
        FakeEngineServers started = new FakeEngineServers(pods, freePort());
        for (int ordinal = 0; ordinal < count; ordinal++) {
            String pod = "primary-" + ordinal;
            HttpServer server = HttpServer.create(new InetSocketAddress(address(ordinal), started.port), 0);
            server.setExecutor(started.executor);
            server.createContext("/", exchange -> started.serve(pod, exchange));
            server.start();
            started.servers.add(server);
        }
        return started;
    }

    /** The IP of the pod of a number. */
    public static String address(int ordinal) {
        return "127.9.0." + (ordinal + 2);
    }

    public int port() {
        return port;
    }

    /** Requests other than GET, as {@code pod METHOD path [key]}, in the order of their arrival. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Requests whose line holds a text. */
    public List<String> requestsWith(String text) {
        return requests.stream().filter(line -> line.contains(text)).toList();
    }

    /** Forgets what was sent so far. */
    public void forgetRequests() {
        requests.clear();
    }

    @Override
    public void close() {
        servers.forEach(server -> server.stop(0));
        executor.shutdownNow();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, new InetSocketAddress(address(0), 0).getAddress())) {
            return socket.getLocalPort();
        }
    }

    private void serve(String pod, HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String key = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Idempotency-Key"))
                    .orElse("");
            if (!exchange.getRequestMethod().equals("GET")) {
                requests.add((pod + " " + exchange.getRequestMethod() + " " + path + " " + key).strip());
            }
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            if (path.startsWith("/admin/") && (authorization == null || !authorization.startsWith("Bearer "))) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Bearer");
                problem(exchange, 401, "a bearer token is needed");
                return;
            }
            EnginePod itself = new EnginePod("", pod, "", port, new AdminToken(""));
            try {
                answer(itself, exchange, path, key);
            } catch (EngineException e) {
                problem(exchange, 503, String.valueOf(e.getMessage()));
            }
        }
    }

    private void answer(EnginePod pod, HttpExchange exchange, String path, String key) throws IOException {
        switch (exchange.getRequestMethod() + " " + path) {
            case "GET /ready" -> json(exchange, 200, pods.readiness(pod));
            case "GET /admin/version" -> send(exchange, 200, "text/plain", pods.version(pod));
            case "GET /admin/processing" -> processing(pod, exchange, 200);
            case "POST /admin/config/validate" -> validate(pod, exchange);
            case "POST /admin/processing/drain" -> {
                pods.drain(pod, Duration.ZERO);
                processing(pod, exchange, 202);
            }
            case "POST /admin/processing/restart" -> {
                if (key.isEmpty() || restartsDone.add(pod.name() + " " + key)) {
                    pods.restart(pod, key);
                }
                send(exchange, 202, "application/json", "");
            }
            case "POST /admin/maintenance/enable" -> maintenance(pod, exchange, true);
            case "POST /admin/maintenance/disable" -> maintenance(pod, exchange, false);
            default -> job(pod, exchange, path);
        }
    }

    private void validate(EnginePod pod, HttpExchange exchange) throws IOException {
        String yaml = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        ObjectNode answer = MAPPER.createObjectNode();
        if (pods.validateConfig(pod, yaml) instanceof ConfigVerdict.Refused(List<String> problems)) {
            problems.forEach(problem ->
                    answer.withArray("problems").addObject().put("line", 1).put("message", problem));
            json(exchange, 422, answer.put("valid", false));
        } else {
            json(exchange, 200, answer.put("valid", true));
        }
    }

    private void job(EnginePod pod, HttpExchange exchange, String path) throws IOException {
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (!path.startsWith("/admin/jobs/")) {
            problem(exchange, 404, "there is no " + path);
        } else if (exchange.getRequestMethod().equals("DELETE")) {
            pods.deleteJob(pod, name);
            send(exchange, 202, "application/json", "");
        } else {
            Optional<EngineJobDocument> document =
                    EngineJson.readDocument(exchange.getRequestBody().readAllBytes());
            if (document.isEmpty()) {
                problem(exchange, 400, "the body is no job document");
                return;
            }
            switch (pods.putJob(pod, document.get())) {
                case PutOutcome.InForce(EngineJobStatus status) -> json(exchange, 200, status);
                case PutOutcome.SqlRefused(EngineJobStatus status) -> json(exchange, 422, status);
                case PutOutcome.Outdated(String detail) -> problem(exchange, 409, detail);
            }
        }
    }

    private void maintenance(EnginePod pod, HttpExchange exchange, boolean enabled) throws IOException {
        pods.maintenance(pod, enabled);
        json(exchange, 200, MAPPER.createObjectNode().put("maintenance", enabled));
    }

    private void processing(EnginePod pod, HttpExchange exchange, int status) throws IOException {
        EngineProcessing processing = pods.processing(pod);
        ObjectNode answer = MAPPER.createObjectNode()
                .put("state", processing.state().name().toLowerCase(Locale.ROOT))
                .put("maintenance", processing.maintenance());
        answer.set("jobs", MAPPER.valueToTree(processing.jobs()));
        processing.lastRestart().ifPresent(last -> answer.put("lastRestart", last));
        json(exchange, status, answer);
    }

    private static void json(HttpExchange exchange, int status, Object body) throws IOException {
        send(exchange, status, "application/json", MAPPER.writeValueAsString(body));
    }

    private static void problem(HttpExchange exchange, int status, String detail) throws IOException {
        ObjectNode problem = MAPPER.createObjectNode()
                .put("type", "about:blank")
                .put("status", status)
                .put("detail", detail);
        send(exchange, status, "application/problem+json", MAPPER.writeValueAsString(problem));
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
