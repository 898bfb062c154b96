package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Names a VeloCluster in the job's namespace. */
@ApiRecord
public record ClusterRef(
        @JsonPropertyDescription("Name of the VeloCluster.") @Required @Size(min = 1, max = 45) String name) {}
