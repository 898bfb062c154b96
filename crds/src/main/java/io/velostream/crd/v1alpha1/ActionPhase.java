package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;

/** How far a requested action is. */
public enum ActionPhase implements ApiEnum {
    /** The request was there when the resource was created, so it is remembered and not run. */
    ADOPTED("Adopted"),
    RUNNING("Running"),
    SUCCEEDED("Succeeded"),
    FAILED("Failed"),
    /** A value of a newer version. */
    @JsonIgnore
    UNKNOWN("Unknown");

    private final String value;

    ActionPhase(String value) {
        this.value = value;
    }

    @Override
    public String value() {
        return value;
    }

    @JsonCreator
    static ActionPhase of(String text) {
        return ApiEnum.parse(ActionPhase.class, text, UNKNOWN);
    }
}
