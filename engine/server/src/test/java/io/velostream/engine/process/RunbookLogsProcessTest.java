package io.velostream.engine.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.velostream.engine.job.JobDocument;
import io.velostream.engine.job.JobDocument.ErrorStrategy;
import io.velostream.engine.job.JobJson;
import io.velostream.engine.job.TestDocuments;
import io.velostream.local.kafka.LocalKafka;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of the runbook's section “Log Analysis”, word by word except for the directory, on the files that a real
 * engine wrote while the things happened that they look for.
 */
class RunbookLogsProcessTest {

    private static final Duration SOON = Duration.ofMinutes(2);

    private static final String WINDOWS = """
            CREATE STREAM trades (k STRING, ts BIGINT) WITH ('topic' = 'trades', 'format' = 'json',
              'event.time.field' = 'ts', 'watermark.max_out_of_orderness' = '10m');
            CREATE STREAM late (k STRING, ts BIGINT) WITH ('topic' = 'late', 'format' = 'json', 'event.time.field' = 'ts');
            CREATE STREAM slow (s STRING) WITH ('topic' = 'slow', 'format' = 'json');
            CREATE TABLE open_windows AS SELECT k, COUNT(*) AS n FROM trades WINDOW TUMBLING(1m) GROUP BY k
              WITH ('open_windows.topic' = 'open-windows');
            CREATE TABLE late_ones AS SELECT k, COUNT(*) AS n FROM late WINDOW TUMBLING(1m) GROUP BY k
              WITH ('late_ones.topic' = 'late-ones');
            CREATE STREAM hashes AS SELECT SHA512(REPEAT(s, 500000)) AS hash FROM slow WITH ('hashes.topic' = 'hashes');
            """;
    private static final String FAILING = """
            CREATE STREAM strict (n BIGINT) WITH ('topic' = 'strict', 'format' = 'json');
            CREATE STREAM shares AS SELECT 1 / n AS share FROM strict WITH ('shares.topic' = 'shares');
            """;

    @TempDir
    Path folder;

    private Path logs;

    @Test
    void theRunbooksPatternsAndFiltersFindWhatHappened() throws Exception {
        logs = folder.resolve("log");
        try (LocalKafka kafka = LocalKafka.builder().start()) {
            for (String topic : List.of("trades", "late", "slow", "strict")) {
                kafka.createTopic(topic, 1);
            }
            Topics topics = new Topics(kafka.bootstrapServers());
            topics.produce("trades", List.of("{broken", trade(0), trade(1), trade(2)).stream());
            topics.produce("late", List.of(trade(0), trade(60), trade(0)).stream());
            topics.produce("slow", IntStream.range(0, 2000).mapToObj(i -> "{\"s\":\"x\",\"i\":" + i + "}"));
            topics.produce("strict", List.of("{\"n\":0}").stream());
            try (EngineProcess engine = EngineProcess.start(folder, kafka.bootstrapServers(), """
                    resource_limits: {max_windows_per_key: 2}
                    logging: {directory: %s, max_file_size: 1Mi}
                    """.formatted(logs))) {
                put(engine, TestDocuments.job("windows").sql(WINDOWS).build());
                put(
                        engine,
                        TestDocuments.job("failing")
                                .sql(FAILING)
                                .onError(ErrorStrategy.FAIL)
                                .build());
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(engine.log())
                                .anyMatch(line -> line.contains("Unit") && line.contains("failed"))
                                .anyMatch(line -> line.contains("processing_time"))
                                .anyMatch(line -> line.contains("Resource exhausted"))
                                .anyMatch(line -> line.contains("WatermarkViolation")));
                engine.terminate(Duration.ofSeconds(60));
            }
        }

        assertThat(run("grep \"Resource exhausted\" LOGS/application.log")).isNotEmpty();
        assertThat(run("grep \"WatermarkViolation\" LOGS/application.log")).isNotEmpty();
        assertThat(run("grep \"ProcessingError\" LOGS/application.log")).hasSizeGreaterThanOrEqualTo(3);
        assertThat(run("grep \"processing_time.*exceeded\" LOGS/application.log"))
                .isNotEmpty();

        assumeThat(hasJq()).as("jq is installed").isTrue();
        List<String> errors =
                run("jq '.level == \"ERROR\" and .timestamp > \"'$(date -d '1 hour ago' -Iseconds)'\"' \\\n"
                        + "   LOGS/application.json");
        List<String> types = run("jq -r '.error_type // \"unknown\"' LOGS/application.json | sort | uniq -c");
        List<String> slow = run("jq 'select(.processing_time_ms > 1000)' LOGS/application.json");

        assertThat(errors).contains("true", "false");
        assertThat(errors).hasSameSizeAs(Files.readAllLines(logs.resolve("application.json")));
        assertThat(types.stream().map(line -> line.strip().replaceFirst("^[0-9]+ ", "")))
                .contains("unknown", "MALFORMED_JSON", "LATE_RECORD", "TOO_MANY_WINDOWS", "DIVISION_BY_ZERO");
        assertThat(String.join("\n", slow)).contains("\"query\": \"hashes\"").contains("\"job\": \"windows\"");
    }

    private static String trade(int minute) {
        return "{\"k\":\"a\",\"ts\":" + Duration.ofMinutes(29_000_000 + minute).toMillis() + "}";
    }

    private static void put(EngineProcess engine, JobDocument document) {
        var answer = engine.admin()
                .put(
                        "/admin/jobs/" + document.name(),
                        new String(JobJson.writeDocument(document), StandardCharsets.UTF_8));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static boolean hasJq() throws InterruptedException {
        try {
            return new ProcessBuilder("jq", "--version")
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    /** Runs a command of the runbook in bash and gives its lines; it must succeed. */
    private List<String> run(String command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("bash", "-o", "pipefail", "-c", command.replace("LOGS", logs.toString()));
        builder.environment().put("TZ", "UTC");
        Process process = builder.redirectErrorStream(true).start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).as("%s: %s", command, lines).isZero();
        return lines;
    }
}
