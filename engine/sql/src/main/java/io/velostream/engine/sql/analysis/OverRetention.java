package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.physical.OverCall;
import io.velostream.engine.plan.physical.OverRows;
import java.util.List;
import java.util.Optional;

/** Which window functions keep rows without bound. */
final class OverRetention {

    private OverRetention() {}

    static boolean keepsEverything(Optional<Long> bufferRows, OverCall call) {
        return bufferRows.isEmpty() && OverRows.needed(List.of(call)).everything();
    }
}
