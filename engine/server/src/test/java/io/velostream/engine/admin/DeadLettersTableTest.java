package io.velostream.engine.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.velostream.engine.job.DeadLetterStatistics;
import io.velostream.engine.job.FakeJobRegistry;
import jakarta.inject.Inject;
import java.net.URL;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The system table {@code velo_dead_letters} over HTTP. */
@QuarkusTest
@QuarkusTestResource(PodFiles.class)
class DeadLettersTableTest {

    @TestHTTPResource("/")
    URL root;

    @Inject
    FakeJobRegistry jobs;

    @AfterEach
    void reset() {
        jobs.reset();
    }

    @Test
    void tellsHowManyLettersEachQueryWroteAndWhatTheLastWasAbout() {
        Api admin = new Api(root.toString().replaceFirst("/$", ""), Optional.of(PodFiles.TOKEN));
        jobs.deadLetters(List.of(
                new DeadLetterStatistics(
                        "sales", "totals", "sales.dlq", 3, "MALFORMED_JSON", "Not JSON", OptionalLong.of(1_700)),
                new DeadLetterStatistics("sales", "clean", "sales.dlq", 0, "", "", OptionalLong.empty())));

        String rows = admin.call(
                        "POST",
                        "/admin/sql",
                        BodyPublishers.ofString("SELECT query, letters, last_error_code, last_error, last_at, topic"
                                + " FROM velo_dead_letters"),
                        "Content-Type",
                        "text/plain")
                .body();

        assertThat(rows.lines().toList())
                .startsWith(
                        "{\"query\":\"totals\",\"letters\":3,\"last_error_code\":\"MALFORMED_JSON\",\"last_error\":\"Not JSON\","
                                + "\"last_at\":1700,\"topic\":\"sales.dlq\"}",
                        "{\"query\":\"clean\",\"letters\":0,\"last_error_code\":null,\"last_error\":null,\"last_at\":null,"
                                + "\"topic\":\"sales.dlq\"}");
    }
}
