package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;

/** Who creates the topics that queries write to. */
public enum TopicPolicy implements ApiEnum {
    /** The engine creates what is missing. */
    CREATE_MISSING("CreateMissing"),
    /** A missing topic is an error. */
    REQUIRE_EXISTING("RequireExisting"),
    /** A value of a newer version. */
    @JsonIgnore
    UNKNOWN("Unknown");

    private final String value;

    TopicPolicy(String value) {
        this.value = value;
    }

    @Override
    public String value() {
        return value;
    }

    @JsonCreator
    static TopicPolicy of(String text) {
        return ApiEnum.parse(TopicPolicy.class, text, UNKNOWN);
    }
}
