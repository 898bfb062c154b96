package io.velostream.engine.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.velostream.engine.admin.Api.Answer;
import io.velostream.engine.job.TestDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, and what for. */
@QuarkusTest
@QuarkusTestResource(PodFiles.class)
class AccessApiTest extends AdminApi {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin",
                "/admin/version",
                "/admin/nothing",
                "/admin/openapi",
                "//admin/version",
                "/admin//version",
                "/x/../admin/version",
                "/./admin/version",
                "/%61dmin/version",
                "/admin/../admin/version",
                "/admin;a=b/version",
                "/admin/version;a=b"
            })
    void letsNobodyInWithoutAToken(String path) {
        Answer answer = anybody.get(path);

        isProblem(answer, 401);
        assertThat(answer.body()).doesNotContain("SNAPSHOT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong", "Bearer ", "Bearer", "Basic dGhlLWZ1bGwtdG9rZW4=", "the-full-token"})
    void letsNobodyInWithAnotherToken(String authorization) {
        Answer answer = anybody.get("/admin/version", "Authorization", authorization);

        isProblem(answer, 401);
        assertThat(answer.header("WWW-Authenticate")).contains("Bearer");
    }

    @Test
    void letsTheReadOnlyTokenReadAndNothingElse() {
        assertThat(reader.get("/admin/jobs").status()).isEqualTo(200);
        isProblem(reader.post("/admin/processing/drain"), 403);
        isProblem(
                reader.put("/admin/jobs/sales", json(TestDocuments.job("sales").build())), 403);
        isProblem(reader.delete("/admin/jobs/sales"), 403);

        assertThat(jobs.applied()).isEmpty();
    }

    @Test
    void takesBothTokensDuringARotation() throws IOException {
        Api next = new Api(root.toString().replaceFirst("/$", ""), Optional.of("the-next-token"));
        isProblem(next.get("/admin/version"), 401);

        Files.writeString(PodFiles.tokens().resolve("previous-token"), PodFiles.TOKEN);
        Files.writeString(PodFiles.tokens().resolve("token"), "the-next-token");

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(next.get("/admin/version").status()).isEqualTo(200));
        assertThat(admin.get("/admin/version").status()).isEqualTo(200);
        Files.writeString(PodFiles.tokens().resolve("token"), PodFiles.TOKEN);
        Files.delete(PodFiles.tokens().resolve("previous-token"));
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(next.get("/admin/version").status()).isEqualTo(401));
    }

    @Test
    void logsRefusalsWithoutTheToken() {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                lines.add(ExtLogRecord.wrap(record).getFormattedMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("io.velostream.engine.admin.access");
        logger.addHandler(handler);
        try {
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                anybody.get("/admin/config", "Authorization", "Bearer secret-of-somebody");
                assertThat(lines)
                        .anySatisfy(line -> assertThat(line)
                                .startsWith("Refused GET /admin/config from ")
                                .contains("with 401"));
            });
            for (int i = 0; i < 200; i++) {
                anybody.get("/admin/config", "Authorization", "Bearer secret-of-somebody");
            }

            assertThat(lines).hasSizeLessThan(100).noneMatch(line -> line.contains("secret-of-somebody"));
        } finally {
            logger.removeHandler(handler);
        }
    }
}
