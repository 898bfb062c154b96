package io.velostream.engine.runtime.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.config.EngineConfig;
import io.velostream.engine.config.ExhaustionPolicy;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

    private static final long MIB = 1L << 20;

    private static MemoryBudget budget(long total, long operator, long groups) {
        return new MemoryBudget(
                new MemoryLimits(total, operator, groups, 10, ExhaustionPolicy.SPILL), Optional.empty());
    }

    @Test
    void letsOneTaskHaveWhatTheOthersDoNotNeed() {
        MemoryBudget budget = budget(1000, 1000, 100);
        try (MemoryBudget.Share large = budget.open("a");
                MemoryBudget.Share small = budget.open("b")) {
            assertThat(small.isExceeded(100, 0, 1)).isFalse();
            assertThat(large.isExceeded(900, 0, 1)).isFalse();

            assertThat(large.isExceeded(950, 0, 1)).isTrue();
            assertThat(small.isExceeded(100, 0, 1)).isFalse();
            assertThat(large.target()).isEqualTo(650);
        }
        assertThat(budget.bytes()).isZero();
    }

    @Test
    void takesNobodysEvenShareAway() {
        MemoryBudget budget = budget(1000, 1000, 100);
        try (MemoryBudget.Share one = budget.open("a");
                MemoryBudget.Share other = budget.open("b")) {
            assertThat(one.isExceeded(800, 0, 1)).isFalse();
            assertThat(other.isExceeded(500, 0, 1)).isFalse();
            assertThat(one.isExceeded(800, 0, 1)).isTrue();
            assertThat(one.target()).isEqualTo(375);
        }
    }

    @Test
    void limitsAnOperatorOverItsTasks() {
        MemoryBudget budget = budget(10_000, 1000, 100);
        Object operator = new Object();
        try (MemoryBudget.Share one = budget.open(operator);
                MemoryBudget.Share other = budget.open(operator);
                MemoryBudget.Share stranger = budget.open(new Object())) {
            assertThat(stranger.isExceeded(900, 0, 1)).isFalse();
            assertThat(one.isExceeded(600, 0, 1)).isFalse();
            assertThat(other.isExceeded(600, 0, 1)).isTrue();
        }
    }

    @Test
    void looksAheadToTheNextGrowthOfATable() {
        MemoryBudget budget = budget(1000, 1000, 100);
        try (MemoryBudget.Share share = budget.open("a")) {
            assertThat(share.isExceeded(600, 300, 1)).isFalse();
            assertThat(share.isExceeded(600, 500, 1)).isTrue();
        }
    }

    @Test
    void holdsToOtherLimitsFromNowOn() {
        MemoryBudget budget = budget(1000, 1000, 100);
        try (MemoryBudget.Share share = budget.open("a")) {
            assertThat(share.isExceeded(900, 0, 1)).isFalse();

            budget.change(new MemoryLimits(800, 800, 100, 3, ExhaustionPolicy.FAIL));

            assertThat(share.isExceeded(900, 0, 1)).isTrue();
            assertThat(share.target()).isEqualTo(600);
            assertThat(share.windowsPerKey()).isEqualTo(3);
            assertThat(share.policy()).isEqualTo(ExhaustionPolicy.FAIL);
        }
    }

    @Test
    void countsGroupsAndWhatWasDoneAboutThem() {
        MemoryBudget budget = budget(10_000, 10_000, 100);
        try (MemoryBudget.Share share = budget.open("a")) {
            assertThat(share.isExceeded(1000, 0, 100)).isFalse();
            assertThat(share.isExceeded(1500, 0, 150)).isTrue();
            assertThat(share.target()).isEqualTo(750);
            share.violated();
        }
        assertThat(budget.violations(LimitedResource.AGGREGATION_GROUPS)).isEqualTo(1);
        assertThat(budget.violations(LimitedResource.MEMORY)).isZero();
    }

    @Test
    void derivesItsLimitsFromHeapAndConfiguration() {
        EngineConfig.MemoryManagement management = new EngineConfig.MemoryManagement(0.8, 300, 3600);
        EngineConfig.ResourceLimits limits =
                new EngineConfig.ResourceLimits(4096 * MIB, 1024 * MIB, 10, 100, ExhaustionPolicy.SPILL);

        assertThat(MemoryLimits.of(limits, management, 8192 * MIB).totalBytes() / MIB)
                .isEqualTo((long) (4096 * 0.8 - 64) / 2);
        assertThat(MemoryLimits.of(limits, management, 256 * MIB).totalBytes() / MIB)
                .isEqualTo((long) (256 * 0.8 - 64) / 2);
        assertThat(MemoryLimits.of(limits, management, 64 * MIB).totalBytes()).isEqualTo(4 * MIB);
        assertThat(MemoryLimits.of(limits, management, 8192 * MIB).operatorBytes())
                .isEqualTo(1024 * MIB);
    }
}
