package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A new version of a job that is being watched. */
@ApiRecord
public record UpgradeStatus(
        @JsonPropertyDescription("The version that is watched, by the name that its revision will have.")
        @Required
        @Size(min = 1, max = 253) String revision,

        @JsonPropertyDescription("Since when it is watched.") @Required @Size(max = 40) String startedAt,

        @JsonPropertyDescription("Since when it runs well; absent: it does not.") @Size(max = 40) @Nullable String stableSince,

        @JsonPropertyDescription("Records that waited when it began.") @Required
        Long backlog,

        @JsonPropertyDescription("Failed records of a thousand when it began.") @Required
        Long failedPerThousand) {}
