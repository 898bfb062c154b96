package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** The engine's configuration: the file velostream.yaml in camelCase. */
@ApiRecord
public record EngineConfig(
        @JsonPropertyDescription("Bounds on the memory and the state of the queries in one pod.") @Nullable ResourceLimits resourceLimits,

        @JsonPropertyDescription("When the memory of a pod is cleaned up.") @Nullable MemoryManagement memoryManagement,

        @JsonPropertyDescription("How records are processed in one pod.") @Nullable ProcessingConfig processing) {}
