package io.velostream.engine.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.velostream.engine.admin.Api.Answer;
import io.velostream.engine.job.FakeJobRegistry;
import io.velostream.engine.job.JobDocument;
import io.velostream.engine.job.JobJson;
import jakarta.inject.Inject;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A pod over a registry that does what the test says, with clients of each kind; one boot for all. */
abstract class AdminApi {

    @TestHTTPResource("/")
    URL root;

    @Inject
    FakeJobRegistry jobs;

    @Inject
    Maintenance maintenance;

    Api anybody;
    Api admin;
    Api reader;

    @BeforeEach
    void connect() {
        String base = root.toString().replaceFirst("/$", "");
        anybody = new Api(base, Optional.empty());
        admin = new Api(base, Optional.of(PodFiles.TOKEN));
        reader = new Api(base, Optional.of(PodFiles.READ_ONLY_TOKEN));
    }

    @AfterEach
    void reset() {
        jobs.reset();
        maintenance.set(false);
    }

    static String json(JobDocument document) {
        return new String(JobJson.writeDocument(document), StandardCharsets.UTF_8);
    }

    static void isProblem(Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.type()).startsWith("application/problem+json");
        assertThat(answer.json().get("status").asInt()).isEqualTo(status);
        assertThat(answer.json().get("title").asText()).isNotBlank();
        assertThat(answer.json().get("type").asText()).isNotBlank();
        assertThat(answer.json().get("detail").asText()).isNotBlank();
    }
}
