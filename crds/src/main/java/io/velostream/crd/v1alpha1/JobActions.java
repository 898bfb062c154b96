package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** Imperative steps on a job, written as data. */
@ApiRecord
public record JobActions(
        @JsonPropertyDescription("Starts the job anew in all pods, from the committed offsets and with its state.")
        @Nullable ActionRequest restart) {}
