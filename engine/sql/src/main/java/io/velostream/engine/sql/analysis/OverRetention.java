package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.physical.OverCall;
import io.velostream.engine.plan.physical.OverRows;
import java.util.Optional;

/** Which window functions keep rows without bound. */
final class OverRetention {

    private OverRetention() {}

    /** ROW_NUMBER is not among them: a condition on it may bound the rows, and the plan says whether it does. */
    static boolean keepsEverything(Optional<Long> bufferRows, OverCall call) {
        return bufferRows.isEmpty() && OverRows.needed(call).everything();
    }
}
