package io.velostream.operator.status;

/** The conditions that resources carry. */
public enum ConditionType {
    /** The state that the spec asks for is reached, be it running, suspended, drained or stopped. */
    READY("Ready"),
    /** The operator is at work on it (kstatus); present only when True. */
    RECONCILING("Reconciling"),
    /** Nothing goes on without somebody's help (kstatus); present only when True. */
    STALLED("Stalled"),
    /** Records are being processed, or would be if there were some. */
    AVAILABLE("Available"),
    /** The job's SQL compiles. */
    VALID("Valid"),
    /** A new version of the job was taken back; the last one that ran well is in force. */
    ROLLED_BACK("RolledBack"),
    /** The operator leaves the resource alone for a while. */
    PAUSED("Paused"),
    /** Changes that replace pods or restart processing wait for a maintenance window. */
    PENDING_MAINTENANCE("PendingMaintenance"),
    /** The cluster is in maintenance mode. */
    MAINTENANCE("Maintenance"),
    /** All pods run with the configuration that the spec asks for. */
    CONFIG_APPLIED("ConfigApplied"),
    /** All pods reach Kafka. */
    KAFKA_REACHABLE("KafkaReachable"),
    /** No circuit breaker of the pods is open. */
    CIRCUIT_BREAKERS_CLOSED("CircuitBreakersClosed"),
    /** No pod is beyond its limits. */
    RESOURCES_WITHIN_LIMITS("ResourcesWithinLimits");

    private final String text;

    ConditionType(String text) {
        this.text = text;
    }

    /** The type as it stands in the resource. */
    public String text() {
        return text;
    }

    /** Whether the condition is left out unless it is True, as kstatus wants its abnormal-true ones. */
    public boolean onlyWhenTrue() {
        return this == RECONCILING
                || this == STALLED
                || this == PAUSED
                || this == PENDING_MAINTENANCE
                || this == ROLLED_BACK;
    }
}
