package io.velostream.engine.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.velostream.engine.job.StageStatistics;
import io.velostream.engine.job.StageStatistics.QueryType;
import io.velostream.engine.stats.PodStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ResourceHistoryTest {

    private static final long MIB = 1L << 20;
    private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final ResourceHistory history = new ResourceHistory();

    private void observe(long second, long memory, long backlog, StageStatistics... stages) {
        history.observe(
                START.plusSeconds(second),
                new PodStatistics(memory, memory, 0, 0, second % 2 == 0 ? 10 : 30),
                stages.length == 0 ? List.of(stage("a", 0, 0, 0, backlog)) : List.of(stages),
                7,
                HOUR);
    }

    private static StageStatistics stage(String query, long bytes, long groups, long spilled, long backlog) {
        return new StageStatistics(
                "job",
                query,
                QueryType.AGGREGATION,
                query + "-0",
                "topic",
                true,
                true,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                OptionalLong.empty(),
                OptionalLong.empty(),
                bytes,
                groups,
                spilled,
                backlog,
                0,
                0);
    }

    @Test
    void samplesEveryTenSecondsForAsLongAsItShall() {
        for (int second = 0; second <= 4_000; second++) {
            observe(second, second, 0);
        }

        List<ResourceSample> samples = history.samples();
        assertThat(samples).hasSize(361);
        assertThat(samples.getFirst().at()).isEqualTo(START.plusSeconds(400));
        assertThat(samples.getLast().at()).isEqualTo(START.plusSeconds(4_000));
    }

    @Test
    void remembersThePeakOfEachOperatorAndForgetsThoseThatAreGone() {
        observe(0, 0, 0, stage("a", 100, 10, 0, 0), stage("b", 50, 5, 0, 0), stage("none", 0, 0, 0, 0));
        observe(1, 0, 0, stage("a", 300, 40, 20, 0), stage("b", 80, 5, 0, 0));
        observe(2, 0, 0, stage("a", 10, 40, 39, 0), stage("b", 20, 5, 0, 0));

        assertThat(history.statePeak()).isEqualTo(380);
        assertThat(history.operators())
                .containsExactly(
                        new OperatorUse("job", "b", "b-0", 20, 80, 5, 0, 5),
                        new OperatorUse("job", "a", "a-0", 10, 300, 40, 39, 20));

        observe(3, 0, 0, stage("b", 20, 5, 0, 0));

        assertThat(history.operators()).extracting(OperatorUse::query).containsExactly("b");
    }

    @Test
    void countsTheBacklogOfQueriesThatShareASourceOnce() {
        observe(0, 0, 0, stage("a", 0, 0, 0, 70), stage("b", 0, 0, 0, 70));

        assertThat(history.samples().getFirst().backlog()).isEqualTo(70);
    }

    @Test
    void seesGrowthAndSaysWhenTheLimitIsReached() {
        for (int second = 0; second <= 1_800; second += 10) {
            observe(second, 100 * MIB + second * MIB / 30, second * 5L);
        }

        ResourceAnalysis analysis = ResourceAnalysis.of(history.samples(), history.operators(), 200 * MIB);

        assertThat(analysis.samples()).isEqualTo(181);
        assertThat(analysis.memory().min()).isEqualTo(100.0 * MIB);
        assertThat(analysis.memory().max()).isEqualTo(160.0 * MIB);
        assertThat(analysis.memory().p95()).isEqualTo((double) 100 * MIB + 1_710 * MIB / 30);
        assertThat(analysis.memoryTrend()).isCloseTo(120.0 * MIB, within(1.0 * MIB));
        assertThat(analysis.backlogTrend()).isCloseTo(5, within(0.01));
        assertThat(analysis.findings())
                .anySatisfy(finding -> assertThat(finding).contains("reaches its limit in about 20 minutes"))
                .anySatisfy(finding -> assertThat(finding).contains("grows by 5 a second"));
    }

    @Test
    void doesNotTakeAFewSecondsForATrend() {
        observe(0, 100 * MIB, 0);
        observe(30, 200 * MIB, 1_000);

        ResourceAnalysis analysis = ResourceAnalysis.of(history.samples(), List.of(), 400 * MIB);

        assertThat(analysis.memoryTrend()).isZero();
        assertThat(analysis.backlogTrend()).isZero();
    }
}
