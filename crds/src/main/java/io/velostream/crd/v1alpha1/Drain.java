package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** How long a drain may take and what follows when it takes longer. */
@ApiRecord
public record Drain(
        @JsonPropertyDescription("How long a drain may take, such as 5m.")
        @Default("5m")
        @Pattern(KubeDuration.PATTERN) @Size(max = 32) KubeDuration timeout,

        @JsonPropertyDescription(
                "What follows when the drain did not finish in time. Stop: give up and say why. Force: go on without it; "
                        + "what is uncommitted is read again.")
        @Default("Stop")
        DrainTimeoutPolicy onTimeout) {

    public Drain {
        timeout = ApiDefaults.duration(timeout, "5m");
        onTimeout = ApiDefaults.or(onTimeout, DrainTimeoutPolicy.STOP);
    }

    /** Five minutes, then stop and report. */
    public static Drain defaults() {
        return DrainBuilder.builder().build();
    }
}
