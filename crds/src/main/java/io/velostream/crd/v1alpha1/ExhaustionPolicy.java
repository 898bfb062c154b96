package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;

/** What is done when the state of queries reaches its limit of memory. */
public enum ExhaustionPolicy implements ApiEnum {
    /** What was not needed lately goes to disk. */
    SPILL("Spill"),
    /** The input waits in Kafka. */
    BACK_PRESSURE("BackPressure"),
    /** Records that would make the state grow go to the query's error strategy. */
    DEAD_LETTER("DeadLetter"),
    /** The query fails and starts again. */
    FAIL("Fail"),
    /** A value of a newer version. */
    @JsonIgnore
    UNKNOWN("Unknown");

    private final String value;

    ExhaustionPolicy(String value) {
        this.value = value;
    }

    @Override
    public String value() {
        return value;
    }

    @JsonCreator
    static ExhaustionPolicy of(String text) {
        return ApiEnum.parse(ExhaustionPolicy.class, text, UNKNOWN);
    }
}
