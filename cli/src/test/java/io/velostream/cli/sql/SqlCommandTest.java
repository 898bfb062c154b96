package io.velostream.cli.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command against a server that answers what the test says. */
class SqlCommandTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final AtomicReference<String> asked = new AtomicReference<>("");
    private HttpServer server;
    private int status = 200;
    private String body = "";

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/admin/sql", exchange -> {
            asked.set(exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + exchange.getRequestURI().getQuery() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private int run(String... arguments) {
        return new CommandLine(new SqlCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void asksTheEngineAndPrintsRowsAsTheyCome() throws IOException {
        body =
                "{\"a\":1,\"b\":\"x\"}\n{\"a\":2,\"b\":null}\n{\"@end\":{\"rows\":2,\"failed\":0,\"reason\":\"complete\"}}\n";
        Path token = Files.writeString(folder.resolve("token"), "secret\n");

        int code = run("--url", url() + "/", "--token-file", token.toString(), "--limit", "5", "SELECT a FROM t");

        assertThat(code).isZero();
        assertThat(asked).hasValue("Bearer secret limit=5&timeout=10s&from=earliest SELECT a FROM t");
        assertThat(out.toString().lines()).containsExactly("{\"a\":1,\"b\":\"x\"}", "{\"a\":2,\"b\":null}");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void alignsATableAndQuotesCsv() {
        body =
                "{\"a\":1,\"b\":\"x,\\\"y\"}\n{\"a\":2222,\"b\":null}\n{\"@end\":{\"rows\":2,\"failed\":1,\"reason\":\"timeout\"}}\n";

        run("--url", url(), "--format", "table", "-e", "SELECT 1");
        run("--url", url(), "--format", "csv", "-e", "SELECT 1");

        assertThat(out.toString().lines())
                .containsExactly("a     b", "----  ----", "1     x,\"y", "2222  NULL", "a,b", "1,\"x,\"\"y\"", "2222,");
        assertThat(err.toString()).contains("(2 rows)", "not everything was read", "1 records could not be read");
    }

    @Test
    void underlinesWhatIsWrong() {
        status = 422;
        body = """
            {"type":"urn:velostream:problem:refused-sql","status":422,"detail":"1:8: no","problems":[{"severity":"ERROR",
            "code":"VELO-2001","line":1,"column":8,"length":3,"message":"column `nam` does not exist"}]}""";

        int code = run("--url", url(), "SELECT nam FROM velo_jobs");

        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).contains("sql:1:8", "column `nam` does not exist", "^^^");
    }

    @Test
    void saysHowToGiveTheTokenAndWhenTheAnswerBreaksOff() {
        status = 401;
        body = "{\"detail\":\"a token is needed\"}";
        assertThat(run("--url", url(), "SHOW JOBS")).isEqualTo(1);
        assertThat(err.toString()).contains("a token is needed (--token-file FILE");

        status = 200;
        body = "{\"a\":1}\n";
        assertThat(run("--url", url(), "SELECT a FROM t")).isEqualTo(1);
        assertThat(err.toString()).contains("ended the answer in the middle");
    }

    @Test
    void wantsToKnowWhomToAsk() {
        assertThat(run("SELECT 1")).isEqualTo(2);
        assertThat(err.toString()).contains("--url").contains("--bootstrap-servers");
    }
}
