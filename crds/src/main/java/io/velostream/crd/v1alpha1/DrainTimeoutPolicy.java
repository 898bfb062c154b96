package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;

/** What happens when a drain does not finish in time. */
public enum DrainTimeoutPolicy implements ApiEnum {
    /** Give up, report the reason and leave things as they are. */
    STOP("Stop"),
    /** Go on without the drain: what is uncommitted is read again by whoever takes over. */
    FORCE("Force"),
    /** A value of a newer version. */
    @JsonIgnore
    UNKNOWN("Unknown");

    private final String value;

    DrainTimeoutPolicy(String value) {
        this.value = value;
    }

    @Override
    public String value() {
        return value;
    }

    @JsonCreator
    static DrainTimeoutPolicy of(String text) {
        return ApiEnum.parse(DrainTimeoutPolicy.class, text, UNKNOWN);
    }
}
