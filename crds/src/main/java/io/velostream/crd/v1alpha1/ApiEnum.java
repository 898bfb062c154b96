package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * An enumerated value of the API.
 *
 * <p>Each implementation ends with {@code UNKNOWN}, which stands for a value that a newer version stored. It is not part
 * of the CRD, so nobody can write it; a resource that holds it is reported as stalled instead of failing every read.
 */
public interface ApiEnum {

    /** The text as it stands in the resource. */
    @JsonValue
    String value();

    /** The constant whose value is {@code text}, or {@code unknown} where this version has none. */
    static <E extends Enum<E> & ApiEnum> E parse(Class<E> type, String text, E unknown) {
        for (E constant : type.getEnumConstants()) {
            if (constant.value().equals(text)) {
                return constant;
            }
        }
        return unknown;
    }
}
