package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;

/** What a crash may do to results. */
public enum DeliveryGuarantee implements ApiEnum {
    /** No result is lost or doubled for readers of committed records. */
    EXACTLY_ONCE("ExactlyOnce"),
    /** Results may be doubled after a crash. */
    AT_LEAST_ONCE("AtLeastOnce"),
    /** A value of a newer version. */
    @JsonIgnore
    UNKNOWN("Unknown");

    private final String value;

    DeliveryGuarantee(String value) {
        this.value = value;
    }

    @Override
    public String value() {
        return value;
    }

    @JsonCreator
    static DeliveryGuarantee of(String text) {
        return ApiEnum.parse(DeliveryGuarantee.class, text, UNKNOWN);
    }
}
