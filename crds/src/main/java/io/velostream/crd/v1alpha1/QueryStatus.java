package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** One query of a job. */
@ApiRecord
public record QueryStatus(
        @JsonPropertyDescription("Name of the query: the stream or table that it makes.")
        @Required
        @Size(min = 1, max = 253) String name,

        @JsonPropertyDescription("What it is, such as filter or windowed-aggregate.") @Size(max = 64) @Nullable String kind,

        @JsonPropertyDescription("What it reads.") @Size(max = 512) @Nullable String source,

        @JsonPropertyDescription("Where it writes.") @Size(max = 512) @Nullable String sink,

        @JsonPropertyDescription("Its state in the pods.") @Size(max = 32) @Nullable String state,

        @JsonPropertyDescription("The last error that was met.") @Nullable LastError lastError) {}
