package io.velostream.engine.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.config.ConfigReader;
import io.velostream.engine.config.ConfigReading;
import io.velostream.engine.config.EngineConfig;
import io.velostream.engine.config.PodResources;
import io.velostream.engine.runtime.memory.LimitedResource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResourceAdvisorTest {

    private static final long MIB = 1L << 20;
    private static final PodResources POD = new PodResources(4096 * MIB, 4);
    private static final EngineConfig CONFIG = ((ConfigReading.Valid) ConfigReader.read("velostream.yaml", """
                    kafka: {bootstrap_servers: k:9092}
                    resource_limits: {max_total_memory: 1Gi, max_operator_memory: 256Mi, max_windows_per_key: 100,
                                      max_aggregation_groups: 1000}
                    processing: {max_parallelism: 2}
                    """, POD))
            .document()
            .config();

    private static List<ResourceSample> samples(int minutes, long memory, double cpu, long backlogGrowth) {
        List<ResourceSample> samples = new ArrayList<>();
        Instant start = Instant.parse("2026-11-24T10:00:00Z");
        for (int second = 0; second <= minutes * 60; second += 10) {
            samples.add(new ResourceSample(start.plusSeconds(second), memory, 0, cpu, 1_000, backlogGrowth * second));
        }
        return samples;
    }

    private static List<Recommendation> advise(
            List<ResourceSample> samples, List<OperatorUse> operators, Map<LimitedResource, Long> violations) {
        ResourceAnalysis analysis = ResourceAnalysis.of(samples, operators, 1024 * MIB);
        return ResourceAdvisor.advise(new ResourceAdvisor.Observed(analysis, operators, violations, 2), CONFIG, POD);
    }

    private static OperatorUse operator(long peak, long groups, long spilled) {
        return new OperatorUse("job", "query", "stage", peak, peak, groups, spilled, groups - spilled);
    }

    @Test
    void leavesAloneWhatFits() {
        assertThat(advise(samples(60, 600 * MIB, 40, 0), List.of(operator(10 * MIB, 100, 0)), Map.of()))
                .isEmpty();
    }

    @Test
    void raisesMemoryThatIsNearlyUsedUp() {
        assertThat(advise(samples(5, 960 * MIB, 40, 0), List.of(), Map.of()))
                .singleElement()
                .satisfies(advice -> {
                    assertThat(advice.key()).isEqualTo("resource_limits.max_total_memory");
                    assertThat(advice.current()).isEqualTo(1024 * MIB);
                    assertThat(advice.recommended()).isEqualTo(1200 * MIB);
                    assertThat(advice.reason()).contains("960 MiB of 1024 MiB");
                });
    }

    @Test
    void asksForALargerPodWhenTheHeapHasNoRoom() {
        ResourceAnalysis analysis = ResourceAnalysis.of(samples(5, 960 * MIB, 40, 0), List.of(), 1024 * MIB);

        List<Recommendation> advice = ResourceAdvisor.advise(
                new ResourceAdvisor.Observed(analysis, List.of(), Map.of(LimitedResource.MEMORY, 3L), 2),
                CONFIG,
                new PodResources(1280 * MIB, 4));

        assertThat(advice).singleElement().satisfies(pod -> {
            assertThat(pod.key()).isEqualTo("pod.memory");
            assertThat(pod.recommended()).isGreaterThan(1280 * MIB);
            assertThat(pod.reason()).contains("reached 3 times");
        });
    }

    @Test
    void raisesMemoryWhenStateHadToGoToDisk() {
        assertThat(advise(samples(5, 500 * MIB, 40, 0), List.of(operator(10 * MIB, 900, 400)), Map.of()))
                .extracting(Recommendation::key)
                .containsExactly("resource_limits.max_total_memory");
    }

    @Test
    void lowersMemoryOnlyAfterAnHour() {
        assertThat(advise(samples(30, 200 * MIB, 40, 0), List.of(), Map.of())).isEmpty();

        assertThat(advise(samples(60, 200 * MIB, 40, 0), List.of(), Map.of()))
                .singleElement()
                .satisfies(advice -> {
                    assertThat(advice.key()).isEqualTo("resource_limits.max_total_memory");
                    assertThat(advice.recommended()).isEqualTo(304 * MIB);
                });
    }

    @Test
    void raisesTheLimitOfAnOperatorThatUsesItUp() {
        assertThat(advise(samples(5, 600 * MIB, 40, 0), List.of(operator(250 * MIB, 10, 0)), Map.of()))
                .singleElement()
                .satisfies(advice -> {
                    assertThat(advice.key()).isEqualTo("resource_limits.max_operator_memory");
                    assertThat(advice.recommended()).isEqualTo(320 * MIB);
                    assertThat(advice.reason())
                            .contains("query")
                            .contains("job")
                            .contains("250 MiB of the 256 MiB");
                });
    }

    @Test
    void raisesLimitsOfCountsThatWereReached() {
        List<Recommendation> advice = advise(
                samples(5, 600 * MIB, 40, 0),
                List.of(operator(10 * MIB, 4_000, 0)),
                Map.of(LimitedResource.AGGREGATION_GROUPS, 2L, LimitedResource.WINDOWS_PER_KEY, 5L));

        assertThat(advice)
                .extracting(Recommendation::key, Recommendation::recommended)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("resource_limits.max_aggregation_groups", 5_000L),
                        org.assertj.core.groups.Tuple.tuple("resource_limits.max_windows_per_key", 200L));
    }

    @Test
    void asksForPodsWhenBusyAndForThreadsWhenIdle() {
        assertThat(advise(samples(5, 600 * MIB, 95, 2_000), List.of(), Map.of()))
                .singleElement()
                .satisfies(advice -> {
                    assertThat(advice.key()).isEqualTo("pod.replicas");
                    assertThat(advice.recommended()).isEqualTo(3);
                });
        assertThat(advise(samples(5, 600 * MIB, 20, 2_000), List.of(), Map.of()))
                .singleElement()
                .satisfies(advice -> {
                    assertThat(advice.key()).isEqualTo("processing.max_parallelism");
                    assertThat(advice.recommended()).isEqualTo(4);
                });
    }
}
