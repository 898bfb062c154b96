package io.velostream.operator.action;

import java.util.Optional;

/** The actions, whether asked for by {@code spec.actions} or taken by the operator of itself to reach what the spec says. */
public enum ActionType {
    /** Starts all jobs in all pods anew. */
    RESTART_PROCESSING("restartProcessing", true),
    /** Replaces the pods one after the other. */
    RESTART_PODS("restartPods", true),
    /** Starts one job anew. */
    RESTART("restart", true),
    /** Brings a job's new version into the pods, or takes it back. */
    UPGRADE("upgrade", false),
    /** Adds pods. */
    SCALE_OUT("scaleOut", false),
    /** Drains pods and removes them. */
    SCALE_IN("scaleIn", false),
    /** Switches maintenance mode. */
    MAINTENANCE("maintenance", false),
    /** Puts a changed configuration in force, or takes it back. */
    CONFIG_DEPLOYMENT("configDeployment", false),
    /** Starts pods with the safe configuration. */
    RECOVERY("recovery", false),
    /** Drains a job, or all jobs of a cluster. */
    DRAIN("drain", false),
    /** Drains and stops a job, or a cluster. */
    STOP("stop", false);

    private final String text;
    private final boolean requested;

    ActionType(String text, boolean requested) {
        this.text = text;
        this.requested = requested;
    }

    /** The type as it stands in {@code spec.actions} and in {@code status.actions}. */
    public String text() {
        return text;
    }

    /** Whether users ask for it by a requestId. */
    public boolean isRequested() {
        return requested;
    }

    /** The type of this text; empty where a newer version wrote it. */
    public static Optional<ActionType> of(String text) {
        for (ActionType type : values()) {
            if (type.text.equals(text)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
