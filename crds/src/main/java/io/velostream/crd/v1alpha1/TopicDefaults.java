package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a topic is created with. */
@ApiRecord
public record TopicDefaults(
        @JsonPropertyDescription("Number of partitions; absent: as many as the query's widest source.")
        @Min(1) @Max(1000) @Nullable Integer partitions,

        @JsonPropertyDescription("Number of replicas; absent: the broker's default.") @Min(1) @Max(10) @Nullable Integer replicas,

        @JsonPropertyDescription("Settings of the topic by Kafka's own names, such as retention.ms.") @Size(max = 32) Map<String, String> config) {

    public TopicDefaults {
        config = ApiDefaults.copy(config);
    }
}
