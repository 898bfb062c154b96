package io.velostream.engine.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.velostream.engine.job.JobStatus.JobState;
import io.velostream.engine.job.JobStatus.PartitionOffset;
import io.velostream.engine.job.JobStatus.QueryStatus;
import io.velostream.engine.job.JobStatus.Reason;
import io.velostream.engine.job.JobStatus.UnitStatus;
import io.velostream.engine.sql.analysis.SqlProblem;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobJsonTest {

    @Test
    void readsADocumentThatItWrote() throws IOException {
        JobDocument document = TestDocuments.job("orders")
                .replicas(3)
                .drainedOrdinals(2)
                .parallelismOfThePods()
                .build();

        assertThat(JobJson.readDocument(JobJson.writeDocument(document))).isEqualTo(document);
    }

    @Test
    void writesTheNamesOfTheRecordAndLeavesOutWhatIsAbsent() throws IOException {
        JsonNode json = new ObjectMapper()
                .readTree(JobJson.writeDocument(
                        TestDocuments.job("orders").parallelismOfThePods().build()));

        assertThat(json.get("desiredState").asText()).isEqualTo("RUNNING");
        assertThat(json.get("errorHandling").get("strategy").asText()).isEqualTo("DEAD_LETTER");
        assertThat(json.get("watermark").get("idleTimeoutMillis").asLong()).isEqualTo(10_000);
        assertThat(json.has("parallelism")).isFalse();
    }

    @Test
    void readsAStatusThatItWrote() throws IOException {
        JobStatus status = status();

        assertThat(JobJson.readStatus(JobJson.writeStatus(status))).isEqualTo(status);
    }

    @Test
    void namesAProblemsPlace() throws IOException {
        JsonNode problem = new ObjectMapper()
                .readTree(JobJson.writeStatus(status()))
                .get("problems")
                .get(0);

        assertThat(problem.get("severity").asText()).isEqualTo("ERROR");
        assertThat(problem.get("line").asInt()).isEqualTo(3);
        assertThat(problem.get("column").asInt()).isEqualTo(8);
        assertThat(problem.get("hint").asText()).isEqualTo("amount");
    }

    @Test
    void skipsWhatANewerOperatorAdds() throws IOException {
        JobDocument document = TestDocuments.job("orders").build();
        String json = new String(JobJson.writeDocument(document), UTF_8)
                .replaceFirst("\\{", "{\"fromTheFuture\":{\"a\":[1]},");

        assertThat(JobJson.readDocument(json.getBytes(UTF_8))).isEqualTo(document);
    }

    @Test
    void refusesADocumentWithoutItsFieldsAndNamesTheOne() {
        assertThatThrownBy(() -> JobJson.readDocument("{\"name\":\"orders\"}".getBytes(UTF_8)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is missing");
    }

    private static JobStatus status() {
        return new JobStatus(
                "shop",
                "orders",
                "uid-1",
                2,
                1,
                17,
                JobState.FAILED,
                List.of(new SqlProblem(
                        SqlProblem.Severity.ERROR, "VELO-1004", 3, 8, 6, "No column amuont", Optional.of("amount"))),
                List.of(new QueryStatus("totals", "TABLE", "in", "out", "FAILED", Optional.empty())),
                List.of(new UnitStatus("app.u.g1", "FAILED", 0, List.of("0_1"), 2)),
                10,
                1,
                5,
                3,
                2,
                List.of(new PartitionOffset("in", 0, 9)),
                Optional.of(Reason.UNIT_FAILED),
                Optional.of("It broke"));
    }
}
