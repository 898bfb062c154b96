package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/** Maintenance mode: pods refuse new jobs, SQL and configuration from others than the operator. */
@ApiRecord
public record Maintenance(
        @JsonPropertyDescription("Whether the pods are in maintenance mode.") @Default("false")
        Boolean enabled) {

    public Maintenance {
        enabled = ApiDefaults.or(enabled, false);
    }
}
