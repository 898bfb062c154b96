package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A job's consumer group. */
@ApiRecord
public record ConsumerGroupStatus(
        @JsonPropertyDescription("Name of the consumer group.") @Required @Size(min = 1, max = 253) String name,

        @JsonPropertyDescription("Records in the sources that are not committed yet, rounded to two digits.") @Nullable Long lag) {}
