package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Asks for an action to be run once. */
@ApiRecord
public record ActionRequest(
        @JsonPropertyDescription(
                "Any new text, such as a date and a number. A request that was not seen before runs once.")
        @Required
        @Pattern("^[A-Za-z0-9]([-A-Za-z0-9._:]*[A-Za-z0-9])?$") @Size(min = 1, max = 63) String requestId) {}
