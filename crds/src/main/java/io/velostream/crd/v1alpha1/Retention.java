package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;

/** Whether something outlives the resource that made it. */
public enum Retention implements ApiEnum {
    RETAIN("Retain"),
    DELETE("Delete"),
    /** A value of a newer version. */
    @JsonIgnore
    UNKNOWN("Unknown");

    private final String value;

    Retention(String value) {
        this.value = value;
    }

    @Override
    public String value() {
        return value;
    }

    @JsonCreator
    static Retention of(String text) {
        return ApiEnum.parse(Retention.class, text, UNKNOWN);
    }
}
