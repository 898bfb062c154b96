package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** Where a job's SQL is taken from. */
@ApiRecord
public record SqlSource(
        @JsonPropertyDescription("A key of a ConfigMap in the job's namespace; a change of it is a change of the job.")
        @Required
        ConfigMapKeyRef configMapKeyRef) {}
