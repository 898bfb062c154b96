package io.velostream.engine.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.velostream.engine.admin.Api.Answer;
import io.velostream.engine.job.TestDocuments;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;

/** SQL that is asked once. */
@QuarkusTest
@QuarkusTestResource(PodFiles.class)
class SqlApiTest extends AdminApi {

    private Answer ask(Api api, String sql, String query) {
        return api.call("POST", "/admin/sql" + query, BodyPublishers.ofString(sql), "Content-Type", "text/plain");
    }

    @Test
    void answersSqlOverItsOwnState() {
        jobs.apply(TestDocuments.job("first").build());
        jobs.apply(TestDocuments.job("second").build());

        Answer rows = ask(admin, "SELECT name, state FROM velo_jobs WHERE name LIKE 's%'", "");
        Answer limited = ask(admin, "SELECT name FROM velo_jobs", "?limit=1");
        Answer shown = ask(admin, "SHOW JOBS LIKE 'FIRST'", "");
        Answer described = ask(admin, "DESCRIBE velo_query_stats", "");

        assertThat(rows.status()).as(rows.body()).isEqualTo(200);
        assertThat(rows.type()).startsWith("application/x-ndjson");
        assertThat(rows.body().lines()).hasSize(2).first().isEqualTo("{\"name\":\"second\",\"state\":\"RUNNING\"}");
        assertThat(rows.body()).contains("\"reason\":\"complete\"");
        assertThat(limited.body().lines()).hasSize(2);
        assertThat(limited.body()).contains("\"reason\":\"limit\"");
        assertThat(shown.body())
                .contains("{\"job\":\"first\",\"status\":\"RUNNING\"}")
                .doesNotContain("second");
        assertThat(described.body()).contains("records_in");
    }

    @Test
    void refusesSqlWithItsPlace() {
        Answer wrong = ask(admin, "SELECT name\nFROM velo_jobs WHERE stat = 'x'", "");

        isProblem(wrong, 422);
        assertThat(wrong.json().get("type").asText()).isEqualTo("urn:velostream:problem:refused-sql");
        assertThat(wrong.json().get("line").asInt()).isEqualTo(2);
        assertThat(wrong.json().get("column").asInt()).isEqualTo(22);
        assertThat(wrong.json().at("/problems/0/message").asText()).contains("did you mean `state`?");
        isProblem(ask(admin, "SELECT k, COUNT(*) AS n FROM t GROUP BY k", ""), 422);
        isProblem(ask(admin, "SELECT 1 FROM orders", "?limit=0"), 400);
        isProblem(ask(admin, "SELECT 1 FROM orders", "?timeout=1d"), 400);
        isProblem(ask(admin, "SELECT 1 FROM orders", "?from=middle"), 400);
        isProblem(admin.put("/admin/sql", "{}"), 405);
    }

    @Test
    void leavesWhatRunsToTheOperator() {
        Answer paused = ask(admin, "PAUSE JOB orders", "");

        isProblem(paused, 409);
        assertThat(paused.json().get("detail").asText()).contains("kubectl velo suspend orders");
        assertThat(jobs.applied()).isEmpty();
    }

    @Test
    void sqlReadsUserDataSoItWantsTheFullToken() {
        assertThat(ask(anybody, "SHOW JOBS", "").status()).isEqualTo(401);
        assertThat(ask(reader, "SHOW JOBS", "").status()).isEqualTo(403);
    }
}
