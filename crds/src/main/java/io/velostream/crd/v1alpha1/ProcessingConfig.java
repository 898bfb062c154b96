package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** How records are processed in one pod. */
@ApiRecord
public record ProcessingConfig(
        @JsonPropertyDescription("Records that are processed as one batch at most; absent: 10000.")
        @Min(1) @Max(1_000_000) @Nullable Integer batchSize,

        @JsonPropertyDescription("Most stream threads of one job in one pod; absent: the processors of the pod.")
        @Min(1) @Max(256) @Nullable Integer maxParallelism,

        @JsonPropertyDescription("Records that may wait between reading and processing; absent: 10000.")
        @Min(1) @Max(10_000_000) @Nullable Integer queueSize,

        @JsonPropertyDescription("How long the processing of one batch may take; absent: 30s.")
        @Pattern(KubeDuration.PATTERN) @Size(max = 32) @Nullable KubeDuration timeout,

        @JsonPropertyDescription("How long a batch may take before the log warns of it; absent: 1s.")
        @Pattern(KubeDuration.PATTERN) @Size(max = 32) @Nullable KubeDuration slowRecordThreshold) {}
