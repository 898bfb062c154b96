package io.velostream.engine.sql.scale;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The work of analysing a script, measured in bytes allocated and not in time, grows no faster than the script. */
class ScriptGrowthTest {

    private static final int SMALL = 60_000;

    /** Four times the text and a little for tables that double. */
    private static final double MOST = 4.8;

    @ParameterizedTest
    @EnumSource(ScriptShape.class)
    void fourTimesTheTextIsFourTimesTheWork(ScriptShape shape) {
        String small = shape.text(SMALL);
        String large = shape.text(4 * SMALL);
        AnalysisBench.allocated(small);

        double growth = (double) AnalysisBench.allocated(large) / AnalysisBench.allocated(small);

        assertThat(growth).isLessThan(MOST);
    }
}
