package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;

/** What a cluster or a job is asked to do; of a job and its cluster the stricter one holds. */
public enum DesiredState implements ApiEnum {
    /** Records are processed. */
    RUNNING("Running"),
    /** Polling is paused; group membership and state stay. */
    SUSPENDED("Suspended"),
    /** Intake is stopped, what was read is finished and committed, the consumer group is left. */
    DRAINED("Drained"),
    /** Drained, then removed from the pods (a cluster: scaled to zero); state stays. */
    STOPPED("Stopped"),
    /** A value of a newer version. */
    @JsonIgnore
    UNKNOWN("Unknown");

    private final String value;

    DesiredState(String value) {
        this.value = value;
    }

    @Override
    public String value() {
        return value;
    }

    @JsonCreator
    static DesiredState of(String text) {
        return ApiEnum.parse(DesiredState.class, text, UNKNOWN);
    }
}
