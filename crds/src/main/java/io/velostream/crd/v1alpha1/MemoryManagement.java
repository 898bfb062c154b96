package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** When the memory of a pod is cleaned up. */
@ApiRecord
public record MemoryManagement(
        @JsonPropertyDescription("Percent of maxTotalMemory at which a clean-up starts; absent: 80.")
        @Min(1) @Max(100) @Nullable Integer gcThresholdPercent,

        @JsonPropertyDescription("Time between clean-ups, in whole seconds; absent: 300s.")
        @Pattern(KubeDuration.PATTERN) @Size(max = 32) @Nullable KubeDuration cleanupInterval,

        @JsonPropertyDescription(
                "How long the figures behind recommendations are kept, in whole seconds; absent: 3600s.")
        @Pattern(KubeDuration.PATTERN) @Size(max = 32) @Nullable KubeDuration historyRetention) {}
