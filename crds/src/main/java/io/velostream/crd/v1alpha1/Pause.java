package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Asks the operator to leave a resource alone for a while. */
@ApiRecord
public record Pause(
        @JsonPropertyDescription(
                "The operator changes nothing until then (RFC 3339, such as 2026-11-24T12:00:00Z); at most seven days from now.")
        @Required
        String until,

        @JsonPropertyDescription("Why, for those who find the resource paused.") @Size(max = 256) @Nullable String reason) {}
