package io.velostream.operator.action;

/**
 * The effects around which a test may hold the operator: {@link #before} lies between the intent in the status and the effect,
 * {@link #after} between the effect and its record.
 */
public enum PausePlace {
    /** A pod is taken out of the client Service. */
    SCALE_IN_LABEL("scale-in.label"),
    /** A pod is given back to the client Service. */
    RESUME_LABEL("resume.label"),
    /** Maintenance is set on a pod. */
    MAINTENANCE_CALL("maintenance.call"),
    /** A pod is told to drain. */
    DRAIN_CALL("drain.call"),
    /** A pod is told to start its jobs anew. */
    RESTART_PROCESSING_CALL("restart-processing.call"),
    /** A pod that is stuck is deleted. */
    REPAIR_DELETE("repair.delete"),
    /** The StatefulSet is written: another template, number of pods, or partition. */
    STATEFUL_SET_WRITE("stateful-set.write"),
    /** A job's document is written to its ConfigMap. */
    JOB_STORE("job.store"),
    /** A job's document is put to pods. */
    JOB_PUSH("job.push"),
    /** A job that could not be drained is ended in pods all the same. */
    JOB_FORCE("job.force");

    private final String text;

    PausePlace(String text) {
        this.text = text;
    }

    /** Name of the place before the effect. */
    public String before() {
        return text;
    }

    /** Name of the place after it. */
    public String after() {
        return text + ".done";
    }
}
