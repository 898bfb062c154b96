package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** How a changed job proves itself. */
@ApiRecord
public record Upgrade(
        @JsonPropertyDescription(
                "Whether the last version that ran well comes back when a new one does not run well for stabilityWindow within "
                        + "deadline. A version that was taken back is not tried again until the job is changed.")
        @Default("true")
        Boolean rollback,

        @JsonPropertyDescription("How long a new version may take to run well.")
        @Default("5m")
        @Pattern(KubeDuration.PATTERN) @Size(max = 32) KubeDuration deadline,

        @JsonPropertyDescription(
                "How long a new version must run well at a stretch: in every pod, breakers closed, a backlog not above that of the "
                        + "start by more than a tenth, failed records not above their share before by more than 1 %.")
        @Default("60s")
        @Pattern(KubeDuration.PATTERN) @Size(max = 32) KubeDuration stabilityWindow) {

    public Upgrade {
        rollback = ApiDefaults.or(rollback, true);
        deadline = ApiDefaults.duration(deadline, "5m");
        stabilityWindow = ApiDefaults.duration(stabilityWindow, "60s");
    }

    /** Watched for a minute within five, taken back if need be. */
    public static Upgrade defaults() {
        return UpgradeBuilder.builder().build();
    }
}
