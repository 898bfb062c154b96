package io.velostream.operator.job;

import io.velostream.operator.status.ConditionType;
import io.velostream.operator.status.Reason;
import io.velostream.operator.status.StatusAggregator;

/** A job's state in one word: a pure function of its conditions, for people; nothing reads it. */
final class JobPhase {

    private JobPhase() {}

    static String of(StatusAggregator conditions) {
        if (conditions.isTrue(ConditionType.PAUSED)) {
            return "Paused";
        }
        Reason reason = conditions.reasonOf(ConditionType.READY).orElse(Reason.STARTING);
        return switch (reason) {
            case CLUSTER_MISSING, CLUSTER_NOT_READY, NO_CAPACITY, SQL_NOT_FOUND, WAITING_FOR_KAFKA -> "Pending";
            case INVALID_SQL -> "Invalid";
            case UPGRADE_ROLLED_BACK -> "RolledBack";
            case JOB_FAILED -> "Failed";
            case PODS_UNREACHABLE, PODS_NOT_READY -> "Degraded";
            case FOREIGN_OBJECT, INVALID_SPEC, GROUP_CONFLICT, DRAIN_TIMED_OUT -> "Stalled";
            default -> reason.text();
        };
    }
}
