package io.velostream.operator.cluster;

import io.velostream.operator.status.ConditionType;
import io.velostream.operator.status.Reason;
import io.velostream.operator.status.StatusAggregator;

/** A cluster's state in one word: a pure function of its conditions, for people; nothing reads it. */
final class ClusterPhase {

    private ClusterPhase() {}

    static String of(StatusAggregator conditions) {
        if (conditions.isTrue(ConditionType.PAUSED)) {
            return "Paused";
        }
        if (conditions.isTrue(ConditionType.STALLED)) {
            return "Stalled";
        }
        Reason reason = conditions.reasonOf(ConditionType.READY).orElse(Reason.CREATING);
        if (conditions.isTrue(ConditionType.READY)) {
            return reason.text();
        }
        return switch (reason) {
            case PODS_NOT_READY, PODS_UNREACHABLE -> "Degraded";
            case ERROR -> "Error";
            default -> reason.text();
        };
    }
}
