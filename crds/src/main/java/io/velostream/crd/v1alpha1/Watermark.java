package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** How event time goes on where the SQL does not say. */
@ApiRecord
public record Watermark(
        @JsonPropertyDescription("How much older than the newest record a record may be without being late.")
        @Default("0s")
        @Pattern(KubeDuration.PATTERN) @Size(max = 32) KubeDuration maxOutOfOrderness,

        @JsonPropertyDescription("After how long without records a partition no longer holds time back.")
        @Default("30s")
        @Pattern(KubeDuration.PATTERN) @Size(max = 32) KubeDuration idleTimeout) {

    public Watermark {
        maxOutOfOrderness = ApiDefaults.duration(maxOutOfOrderness, "0s");
        idleTimeout = ApiDefaults.duration(idleTimeout, "30s");
    }
}
