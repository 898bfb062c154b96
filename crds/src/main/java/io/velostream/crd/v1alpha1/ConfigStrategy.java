package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;

/** How much care is taken of a changed configuration. */
public enum ConfigStrategy implements ApiEnum {
    /** Checked first, verified afterwards, taken back if need be. */
    SAFE("Safe"),
    /** The pods just take it, one by one. */
    IMMEDIATE("Immediate"),
    /** A value of a newer version. */
    @JsonIgnore
    UNKNOWN("Unknown");

    private final String value;

    ConfigStrategy(String value) {
        this.value = value;
    }

    @Override
    public String value() {
        return value;
    }

    @JsonCreator
    static ConfigStrategy of(String text) {
        return ApiEnum.parse(ConfigStrategy.class, text, UNKNOWN);
    }
}
