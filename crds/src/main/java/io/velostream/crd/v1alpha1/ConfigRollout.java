package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** How a changed configuration reaches the pods. */
@ApiRecord
public record ConfigRollout(
        @JsonPropertyDescription(
                "Safe: a pod checks the configuration, maintenance is on while pods take it one by one, and it is taken back "
                        + "when pods do not get ready with it. Immediate: the pods just take it one by one.")
        @Default("Safe")
        ConfigStrategy strategy,

        @JsonPropertyDescription("How long all pods may take to be ready once each of them has the configuration.")
        @Default("60s")
        @Pattern(KubeDuration.PATTERN) @Size(max = 32) KubeDuration verifyTimeout,

        @JsonPropertyDescription(
                "Whether the last good configuration comes back when pods do not get ready with a new one.")
        @Default("true")
        Boolean rollback) {

    public ConfigRollout {
        strategy = ApiDefaults.or(strategy, ConfigStrategy.SAFE);
        verifyTimeout = ApiDefaults.duration(verifyTimeout, "60s");
        rollback = ApiDefaults.or(rollback, true);
    }

    /** Safe, verified within a minute, taken back if need be. */
    public static ConfigRollout defaults() {
        return ConfigRolloutBuilder.builder().build();
    }
}
