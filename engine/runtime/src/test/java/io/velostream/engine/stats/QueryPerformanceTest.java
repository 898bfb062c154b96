package io.velostream.engine.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.job.StageStatistics;
import io.velostream.engine.job.StageStatistics.QueryType;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class QueryPerformanceTest {

    private static StageStatistics stage(
            String query, int number, long in, long batches, long batchNanos, long watermark) {
        return new StageStatistics(
                "job",
                query,
                QueryType.AGGREGATION,
                query + "-" + number,
                "t" + number,
                number == 0,
                number == 1,
                in,
                1,
                in / 2,
                0,
                0,
                5_000_000L * number,
                10,
                OptionalLong.of(watermark),
                OptionalLong.empty(),
                100,
                3,
                0,
                7,
                batches,
                batchNanos);
    }

    @Test
    void addsUpWhatARecordWaitsForInEachStage() {
        QueryPerformance query = QueryPerformance.of(
                        List.of(stage("slow", 0, 1_000, 10, 20_000_000, 50), stage("slow", 1, 500, 5, 40_000_000, 40)))
                .getFirst();

        assertThat(query.avgLatencyMillis()).isEqualTo(2 + 8);
        assertThat(query.lastBatchMillis()).isEqualTo(5);
        assertThat(query.nanosPerRecord()).isEqualTo(60_000);
        assertThat(query.recordsIn()).isEqualTo(1_000);
        assertThat(query.rowsOut()).isEqualTo(250);
        assertThat(query.recordsFailed()).isEqualTo(2);
        assertThat(query.stateBytes()).isEqualTo(200);
        assertThat(query.watermark()).hasValue(40);
        assertThat(query.stages())
                .containsExactly(
                        new QueryPerformance.Stage("slow-0", "t0", 1_000, 10, 100, 2),
                        new QueryPerformance.Stage("slow-1", "t1", 500, 5, 100, 8));
    }

    @Test
    void saysWhichQueryTakesTheTime() {
        List<QueryPerformance> queries = QueryPerformance.of(
                List.of(stage("a", 0, 10, 1, 30, 0), stage("b", 0, 10, 1, 70, 0), stage("c", 0, 0, 0, 0, 0)));

        assertThat(queries).extracting(QueryPerformance::query).containsExactly("a", "b", "c");
        assertThat(queries).extracting(QueryPerformance::shareOfTime).containsExactly(0.3, 0.7, 0.0);
        assertThat(queries.getLast().avgLatencyMillis()).isZero();
    }
}
