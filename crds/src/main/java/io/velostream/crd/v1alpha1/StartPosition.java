package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;

/** Where a job begins to read a topic that its consumer group has no offset for. */
public enum StartPosition implements ApiEnum {
    EARLIEST("Earliest"),
    LATEST("Latest"),
    TIMESTAMP("Timestamp"),
    /** A value of a newer version. */
    @JsonIgnore
    UNKNOWN("Unknown");

    private final String value;

    StartPosition(String value) {
        this.value = value;
    }

    @Override
    public String value() {
        return value;
    }

    @JsonCreator
    static StartPosition of(String text) {
        return ApiEnum.parse(StartPosition.class, text, UNKNOWN);
    }
}
