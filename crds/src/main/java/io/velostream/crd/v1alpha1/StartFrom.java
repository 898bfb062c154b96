package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Where a job begins to read topics that its consumer group has no offsets for. */
@ApiRecord
@ValidationRule(
        value = "has(self.timestamp) == (self.type == 'Timestamp')",
        message = "timestamp belongs to type Timestamp and to no other type")
public record StartFrom(
        @JsonPropertyDescription(
                "Earliest: everything that is in the topic. Latest: only what comes. Timestamp: from then on.")
        @Default("Earliest")
        StartPosition type,

        @JsonPropertyDescription("For type Timestamp: the first record's time (RFC 3339).") @Nullable String timestamp) {

    public StartFrom {
        type = ApiDefaults.or(type, StartPosition.EARLIEST);
    }
}
