package io.velostream.engine.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.job.JobDocument.ErrorStrategy;
import io.velostream.engine.plan.physical.UnitPlan;
import io.velostream.engine.runtime.topology.TestPlans;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnitSpecTest {

    private static final UnitPlan UNIT = TestPlans.unit(TestPlans.copy("copy", "in", "out"));

    @Test
    void namesTheApplicationByJobUnitAndGeneration() {
        assertThat(UnitSpec.applicationId(TestDocuments.job("orders").build(), UNIT))
                .isEqualTo("velostream.shop.orders.u.g1");
    }

    @Test
    void keepsLongNamesWithinTheLimitAndApart() {
        JobDocument document = TestDocuments.job("j".repeat(200)).build();

        String first = UnitSpec.applicationId(document, UNIT);
        String second = UnitSpec.applicationId(document, new UnitPlan("v", List.of()));

        assertThat(first).hasSize(120).isNotEqualTo(second).startsWith("velostream.shop.jjj");
        assertThat(first).isEqualTo(UnitSpec.applicationId(document, UNIT));
    }

    @Test
    void isUnchangedByWhatNeedsNoRestart() {
        UnitSpec spec = spec(TestDocuments.job("orders").build());

        assertThat(spec(TestDocuments.job("orders")
                        .sequence(9)
                        .replicas(5)
                        .parallelism(7)
                        .drainedOrdinals(1)
                        .build()))
                .isEqualTo(spec);
        assertThat(spec(TestDocuments.job("orders").onError(ErrorStrategy.SKIP).build()))
                .isNotEqualTo(spec);
    }

    @Test
    void namesARevisionByItsPlanAlone() {
        UnitPlan same = TestPlans.unit(TestPlans.copy("copy", "in", "out"));
        UnitPlan other = TestPlans.unit(TestPlans.copy("copy", "in", "elsewhere"));

        assertThat(UnitRevision.of(UNIT)).hasSize(8).isEqualTo(UnitRevision.of(same));
        assertThat(UnitRevision.of(other)).isNotEqualTo(UnitRevision.of(UNIT));
    }

    @Test
    void needsADeadLetterTopicOnlyWhenSomethingMayGoThere() {
        assertThat(spec(TestDocuments.job("orders").build()).deadLetterTopicInUse())
                .contains("velostream.shop.orders.dlq");
        assertThat(spec(TestDocuments.job("orders").onError(ErrorStrategy.FAIL).build())
                        .deadLetterTopicInUse())
                .isEmpty();
    }

    private static UnitSpec spec(JobDocument document) {
        return UnitSpec.of(document, UNIT, Set.of("out"));
    }
}
