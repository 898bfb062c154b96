package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** Imperative steps on a cluster, written as data. */
@ApiRecord
public record ClusterActions(
        @JsonPropertyDescription("Starts all jobs in all pods anew; the processes stay.") @Nullable ActionRequest restartProcessing,

        @JsonPropertyDescription("Restarts the pods one after the other.") @Nullable ActionRequest restartPods) {}
