package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/** What is removed from Kafka when a job is deleted. */
@ApiRecord
public record DeletionPolicy(
        @JsonPropertyDescription("Changelog and repartition topics.") @Default("Delete")
        Retention internalTopics,

        @JsonPropertyDescription("The consumer group with its offsets.") @Default("Delete")
        Retention consumerGroup,

        @JsonPropertyDescription("Topics that the queries write to.") @Default("Retain")
        Retention outputTopics) {

    public DeletionPolicy {
        internalTopics = ApiDefaults.or(internalTopics, Retention.DELETE);
        consumerGroup = ApiDefaults.or(consumerGroup, Retention.DELETE);
        outputTopics = ApiDefaults.or(outputTopics, Retention.RETAIN);
    }
}
