package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** What jobs a cluster takes. */
@ApiRecord
public record JobLimits(
        @JsonPropertyDescription("Most jobs on this cluster; another one stays Pending.")
        @Default("50")
        @Min(1) @Max(500) Integer max) {

    public JobLimits {
        max = ApiDefaults.or(max, 50);
    }
}
