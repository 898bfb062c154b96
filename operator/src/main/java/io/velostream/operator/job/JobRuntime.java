package io.velostream.operator.job;

import io.velostream.operator.cluster.ClusterRuntime;
import io.velostream.operator.status.EventRecorder;
import io.velostream.operator.status.FigureGate;
import java.time.Clock;

/**
 * What the job reconciler works with.
 *
 * @param shared what it shares with the cluster reconciler
 * @param judge the operator's own compiler
 * @param version of that compiler
 */
public record JobRuntime(ClusterRuntime shared, SqlJudge judge, String version) {

    Clock clock() {
        return shared.clock();
    }

    EventRecorder events() {
        return shared.events();
    }

    FigureGate figures() {
        return shared.figures();
    }
}
