package io.velostream.cli.sql;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Asks an engine's admin API, {@code POST /admin/sql}. */
final class EngineAsker implements SqlAsker {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final String url;
    private final Optional<String> token;

    /**
     * @param url of the engine, such as {@code http://localhost:8080}
     * @param token the bearer token
     */
    EngineAsker(String url, Optional<String> token) {
        this.url = url.replaceFirst("/+$", "");
        this.token = token;
    }

    @Override
    public End ask(String sql, Limits limits, Rows rows) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("%s/admin/sql?limit=%d&timeout=%s&from=%s"
                        .formatted(
                                url,
                                limits.rows(),
                                URLEncoder.encode(limits.timeout(), StandardCharsets.UTF_8),
                                limits.latest() ? "latest" : "earliest")))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(sql));
        token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        try {
            HttpResponse<java.io.InputStream> answer =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                if (answer.statusCode() != 200) {
                    throw refused(sql, answer.statusCode(), lines.readAllAsString());
                }
                return read(lines, rows);
            }
        } catch (ConnectException e) {
            throw new SqlRefusedException("No engine answers at " + url + "; is the address right, and is it running?");
        }
    }

    private static End read(BufferedReader lines, Rows rows) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            JsonNode row = JSON.readTree(line);
            JsonNode end = row.get("@end");
            if (end != null) {
                return new End(
                        end.path("rows").asLong(),
                        end.path("failed").asLong(),
                        end.path("reason").asText());
            }
            rows.row((ObjectNode) row);
        }
        throw new SqlRefusedException("The engine ended the answer in the middle; its log says why");
    }

    private static SqlRefusedException refused(String sql, int status, String body) {
        JsonNode problem;
        try {
            problem = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return new SqlRefusedException("The engine answered with the status " + status);
        }
        if (problem.path("problems").isArray() && !problem.path("problems").isEmpty()) {
            return new SqlRefusedException(SqlProblemText.of(sql, problem.get("problems")));
        }
        String detail = problem.path("detail").asText("the status " + status);
        return new SqlRefusedException(
                status == 401 ? detail + " (--token-file FILE, or VELO_ADMIN_TOKEN_FILE)" : detail);
    }
}
