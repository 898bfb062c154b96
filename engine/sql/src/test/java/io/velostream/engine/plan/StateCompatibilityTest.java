package io.velostream.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.velostream.engine.plan.StateCompatibility.Fate;
import io.velostream.engine.plan.StateCompatibility.OperatorChange;
import org.junit.jupiter.api.Test;

class StateCompatibilityTest {

    private static final String TOTALS = "CREATE TABLE totals AS SELECT k, COUNT(*) AS n FROM t GROUP BY k;";

    @Test
    void editOfNamesAndConditionsKeepsState() {
        String edited =
                "CREATE TABLE totals AS SELECT k AS key, COUNT(*) AS number FROM t WHERE v > 1 GROUP BY k HAVING COUNT(*) > 2;";

        assertThat(StateCompatibility.compare(Compiled.plan(TOTALS), Compiled.plan(edited)))
                .singleElement()
                .extracting(OperatorChange::fate)
                .isEqualTo(Fate.KEPT);
    }

    @Test
    void anotherAggregateKeyOrWindowLosesState() {
        for (String edit : new String[] {
            "CREATE TABLE totals AS SELECT k, SUM(v) AS n FROM t GROUP BY k;",
            "CREATE TABLE totals AS SELECT k, COUNT(*) AS n FROM t GROUP BY k, l;",
            "CREATE TABLE totals AS SELECT k, COUNT(*) AS n FROM t GROUP BY k WINDOW TUMBLING(1m);",
        }) {
            assertThat(StateCompatibility.compare(Compiled.plan(TOTALS), Compiled.plan(edit)))
                    .extracting(OperatorChange::fate)
                    .containsExactly(Fate.NEW, Fate.LOST);
            assertThat(StateCompatibility.keepsEverything(Compiled.plan(TOTALS), Compiled.plan(edit)))
                    .isFalse();
        }
    }

    @Test
    void newQueryLeavesOthersAlone() {
        String edited = TOTALS + "CREATE TABLE more AS SELECT l, COUNT(*) AS n FROM t GROUP BY l;";

        assertThat(StateCompatibility.compare(Compiled.plan(TOTALS), Compiled.plan(edited)))
                .extracting(OperatorChange::fate)
                .containsExactly(Fate.KEPT, Fate.NEW);
    }
}
