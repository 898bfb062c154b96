package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What becomes of records that cannot be read or processed. */
@ApiRecord
@ValidationRule(
        value = "!has(self.deadLetterTopic) || self.strategy == 'DeadLetter'",
        message = "deadLetterTopic belongs to strategy DeadLetter and to no other strategy")
public record ErrorHandling(
        @JsonPropertyDescription(
                "DeadLetter: to the dead-letter topic with where it came from and why, and on. Skip: count it and go on. Fail: "
                        + "stop the job.")
        @Default("DeadLetter")
        ErrorStrategy strategy,

        @JsonPropertyDescription("The dead-letter topic; absent: the application id with the suffix .dlq.")
        @Pattern("^[a-zA-Z0-9._-]+$") @Size(min = 1, max = 249) @Nullable String deadLetterTopic) {

    public ErrorHandling {
        strategy = ApiDefaults.or(strategy, ErrorStrategy.DEAD_LETTER);
    }
}
