package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** How an action went that was asked for, or that the operator took of itself (a scale-in, a drain). */
@ApiRecord
public record ActionStatus(
        @JsonPropertyDescription("Which action, such as restartProcessing.") @Required @Size(min = 1, max = 64) String type,

        @JsonPropertyDescription("The request, or a name that the operator gave its own action.")
        @Required
        @Size(min = 1, max = 128) String requestId,

        @JsonPropertyDescription("Adopted, Running, Succeeded or Failed.") @Required
        ActionPhase phase,

        @JsonPropertyDescription("The step that is being done or was done last.") @Size(max = 128) @Nullable String step,

        @JsonPropertyDescription("When it began.") @Size(max = 40) @Nullable String startedAt,

        @JsonPropertyDescription("When it ended; absent while it runs.") @Size(max = 40) @Nullable String finishedAt,

        @JsonPropertyDescription("What happened, for people.") @Size(max = 1024) @Nullable String message) {}
