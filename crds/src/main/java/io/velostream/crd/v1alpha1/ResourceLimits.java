package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** Bounds on the memory and the state of the queries in one pod. */
@ApiRecord
@ValidationRule(
        value = "!has(self.maxOperatorMemory) || !has(self.maxTotalMemory) || "
                + "quantity(string(self.maxOperatorMemory)).compareTo(quantity(string(self.maxTotalMemory))) <= 0",
        message = "maxOperatorMemory must not be above maxTotalMemory",
        fieldPath = ".maxOperatorMemory")
public record ResourceLimits(
        @JsonPropertyDescription(
                "Memory that all queries of a pod may use together; at most 80 % of the container's memory limit. Absent: "
                        + "derived from that limit.")
        @Nullable Quantity maxTotalMemory,

        @JsonPropertyDescription("Memory that one operator of a query may use; absent: a quarter of maxTotalMemory.")
        @Nullable Quantity maxOperatorMemory,

        @JsonPropertyDescription("Windows that may be open for one key; absent: 10000.")
        @Min(1) @Max(100_000_000) @Nullable Integer maxWindowsPerKey,

        @JsonPropertyDescription("Groups that one aggregation may hold; absent: as many as fit.")
        @Min(1) @Max(2_000_000_000) @Nullable Integer maxAggregationGroups,

        @JsonPropertyDescription(
                "What is done when state reaches its limit; absent: Spill. Spill: what was not needed lately goes to disk. "
                        + "BackPressure: the input waits. DeadLetter: records go to the query's error strategy. Fail: the query "
                        + "fails and starts again. State that cannot go to disk does as with DeadLetter.")
        @Nullable ExhaustionPolicy exhaustionPolicy) {}
