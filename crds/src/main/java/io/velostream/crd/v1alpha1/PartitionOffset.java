package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A position in a topic: the next record that will be read. */
@ApiRecord
public record PartitionOffset(
        @JsonPropertyDescription("The topic.") @Required @Size(min = 1, max = 249) String topic,

        @JsonPropertyDescription("The partition.") @Required @Min(0) Integer partition,

        @JsonPropertyDescription("Offset of the next record.") @Required @Min(0) Long offset) {}
