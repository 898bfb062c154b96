package io.velostream.local.node;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The program of a test image: {@code TestServer ADDRESS FILE…} serves on port 8080 of an address. */
public final class TestServer {
    private TestServer() {}

    public static void main(String[] args) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(args[0], 8080), 0);
        boolean[] ready = {true};
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            String answer = switch (path) {
                case "/env" ->
                    String.valueOf(System.getenv(exchange.getRequestURI().getQuery()));
                case "/file" -> Files.readString(Path.of(args[1]));
                case "/args" -> String.join(" ", List.of(args).subList(1, args.length));
                case "/toggle" -> {
                    ready[0] = !ready[0];
                    yield "ready: " + ready[0];
                }
                case "/exit" -> {
                    Runtime.getRuntime().halt(3);
                    yield "";
                }
                default -> "ok";
            };
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            boolean probe = path.equals("/ready");
            boolean known = "yes".equals(exchange.getRequestHeaders().getFirst("X-Probe"));
            exchange.sendResponseHeaders(probe && !(ready[0] && known) ? 503 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        System.out.println("serving on " + args[0]);
    }
}
