package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;

/** What becomes of a record that cannot be read or processed. */
public enum ErrorStrategy implements ApiEnum {
    /** It goes to the dead-letter topic with where it came from and why; the job goes on. */
    DEAD_LETTER("DeadLetter"),
    /** It is counted and left out. */
    SKIP("Skip"),
    /** The job stops at it. */
    FAIL("Fail"),
    /** A value of a newer version. */
    @JsonIgnore
    UNKNOWN("Unknown");

    private final String value;

    ErrorStrategy(String value) {
        this.value = value;
    }

    @Override
    public String value() {
        return value;
    }

    @JsonCreator
    static ErrorStrategy of(String text) {
        return ApiEnum.parse(ErrorStrategy.class, text, UNKNOWN);
    }
}
