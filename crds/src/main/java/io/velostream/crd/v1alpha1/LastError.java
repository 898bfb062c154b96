package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The last error that was met. */
@ApiRecord
public record LastError(
        @JsonPropertyDescription("What happened, to what, and what to do.") @Required @Size(max = 1024) String message,

        @JsonPropertyDescription("When.") @Size(max = 40) @Nullable String time) {}
