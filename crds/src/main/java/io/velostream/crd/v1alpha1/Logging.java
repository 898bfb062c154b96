package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/** What the pods log and how. */
@ApiRecord
public record Logging(
        @JsonPropertyDescription("The least severe messages that are written.") @Default("INFO")
        LogLevel level,

        @JsonPropertyDescription("json: one object a line. text: for people.") @Default("json")
        LogFormat format) {

    public Logging {
        level = ApiDefaults.or(level, LogLevel.INFO);
        format = ApiDefaults.or(format, LogFormat.JSON);
    }
}
