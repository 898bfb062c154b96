package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Names one key of a ConfigMap in the same namespace. */
@ApiRecord
public record ConfigMapKeyRef(
        @JsonPropertyDescription("Name of the ConfigMap.") @Required @Size(min = 1, max = 253) String name,

        @JsonPropertyDescription("Key in the ConfigMap.") @Required @Size(min = 1, max = 253) String key) {}
