package io.velostream.operator.status;

/** Why a condition is what it is, and what an event is about. The page on events is made from these. */
public enum Reason {
    // Everything is as asked for.
    RUNNING("Running", "The pods or the job run as the spec asks."),
    SUSPENDED("Suspended", "Polling is paused as the spec asks; membership and state stay."),
    DRAINED("Drained", "What was read is finished and committed, the groups are left, as the spec asks."),
    STOPPED("Stopped", "Drained and removed from the pods, or scaled to zero, as the spec asks."),
    AS_EXPECTED("AsExpected", "A check found what it should."),
    // On the way.
    CREATING("Creating", "Pods are being created."),
    SCALING_OUT("ScalingOut", "Pods are being added."),
    SCALING_IN("ScalingIn", "Pods are being drained and removed, the highest number first."),
    ROLLING_OUT("RollingOut", "Pods are being replaced one by one, the highest number first."),
    STARTING("Starting", "Pods or queries are starting."),
    SUSPENDING("Suspending", "Polling is being paused."),
    DRAINING("Draining", "Intake is stopped; what was read is being finished."),
    STOPPING("Stopping", "The job or the cluster is being drained in order to be stopped."),
    RESTARTING("Restarting", "Processing or pods are being restarted as asked for."),
    DELETING("Deleting", "The resource is being removed."),
    // Not as asked for.
    PODS_NOT_READY("PodsNotReady", "Some pods are not ready."),
    PODS_UNREACHABLE("PodsUnreachable", "Some pods do not answer on their admin API."),
    POD_STUCK("PodStuck", "A pod cannot start: its image, its configuration or its place is at fault."),
    START_TIMED_OUT("StartTimedOut", "A pod did not become ready within startTimeout."),
    STUCK_POD_REPLACED(
            "StuckPodReplaced",
            "A pod that could not start on an old revision was deleted so that it comes back on the new one."),
    DRAIN_TIMED_OUT("DrainTimedOut", "A drain did not finish within drain.timeout."),
    DRAIN_FORCED("DrainForced", "A drain did not finish in time and was given up, as drain.onTimeout: Force asks."),
    FOREIGN_OBJECT("ForeignObject", "An object of a name that is needed belongs to somebody else."),
    INVALID_SPEC("InvalidSpec", "The spec holds something that cannot be done."),
    UNKNOWN_VALUE("UnknownValue", "The spec holds a value of a newer version."),
    KAFKA_UNREACHABLE("KafkaUnreachable", "Pods do not reach Kafka."),
    CIRCUIT_BREAKER_OPEN("CircuitBreakerOpen", "A circuit breaker of a pod is open."),
    LIMITS_EXCEEDED("LimitsExceeded", "A pod is beyond its limits."),
    INVALID_CONFIG("InvalidConfig", "A pod refuses the configuration; nothing was changed."),
    CONFIG_ROLLED_BACK(
            "ConfigRolledBack", "Pods did not get ready with a new configuration; the last good one is in force."),
    DEPLOYING_CONFIG("DeployingConfig", "A new configuration is being put in force."),
    SAFE_MODE("SafeMode", "The pods run with the safe configuration, as spec.safeMode asks."),
    RECOVERING("Recovering", "Pods are being started with the safe configuration."),
    OUTSIDE_WINDOW("OutsideWindow", "Changes wait for a maintenance window."),
    PAUSED("Paused", "The operator leaves the resource alone until the time in spec.pause."),
    MAINTENANCE_ENABLED(
            "MaintenanceEnabled", "Pods refuse new jobs, SQL and configuration from others than the operator."),
    ERROR("Error", "The operator met an error and tries again."),
    // Jobs.
    VALID("Valid", "The SQL compiles."),
    INVALID_SQL("InvalidSql", "The SQL is refused; what ran before still runs."),
    SQL_NOT_FOUND("SqlNotFound", "The ConfigMap or key of sqlFrom is not there."),
    CLUSTER_MISSING("ClusterMissing", "The VeloCluster that the job names is not there or is being deleted."),
    CLUSTER_NOT_READY("ClusterNotReady", "The cluster has no pod that takes the job yet."),
    NO_CAPACITY("NoCapacity", "The cluster has as many jobs as it takes."),
    GROUP_CONFLICT("GroupConflict", "Another job on the same Kafka has this applicationId."),
    WAITING_FOR_KAFKA("WaitingForKafka", "The job waits for Kafka or for a topic."),
    JOB_FAILED("JobFailed", "The job failed in a pod."),
    UPGRADE_ROLLED_BACK(
            "UpgradeRolledBack", "A new version of the job did not run well; the last one that did is in force again."),
    NOT_RUNNING("NotRunning", "No record is being processed."),
    CLEANUP_TIMED_OUT(
            "CleanupTimedOut",
            "The job could not be removed from all pods or from Kafka within deletionTimeout and was let go."),
    // Actions.
    ACTION_STARTED("ActionStarted", "An action was begun."),
    ACTION_SUCCEEDED("ActionSucceeded", "An action was done."),
    ACTION_FAILED("ActionFailed", "An action did not come off."),
    ACTION_ADOPTED("ActionAdopted", "A request that was there at creation was recorded and not run.");

    private final String text;
    private final String meaning;

    Reason(String text, String meaning) {
        this.text = text;
        this.meaning = meaning;
    }

    /** The reason as it stands in conditions and events. */
    public String text() {
        return text;
    }

    /** One sentence for the reference page. */
    public String meaning() {
        return meaning;
    }
}
