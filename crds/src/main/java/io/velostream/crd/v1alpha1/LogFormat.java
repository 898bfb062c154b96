package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;

/** How log lines are written. */
public enum LogFormat implements ApiEnum {
    /** One JSON object a line. */
    JSON("json"),
    /** For people. */
    TEXT("text"),
    /** A value of a newer version. */
    @JsonIgnore
    UNKNOWN("Unknown");

    private final String value;

    LogFormat(String value) {
        this.value = value;
    }

    @Override
    public String value() {
        return value;
    }

    @JsonCreator
    static LogFormat of(String text) {
        return ApiEnum.parse(LogFormat.class, text, UNKNOWN);
    }
}
