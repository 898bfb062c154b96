package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operator sees of a job. Figures are rounded and written at most once a minute. */
@ApiRecord
public record VeloStreamJobStatus(
        @JsonPropertyDescription("The state in one word, derived from the conditions.") @Size(max = 32) @Nullable String phase,

        @JsonPropertyDescription("The generation of the spec that this status is about.") @Nullable Long observedGeneration,

        @JsonPropertyDescription("The VeloCluster that the job is placed on.") @Size(max = 253) @Nullable String cluster,

        @JsonPropertyDescription("Kafka's name of the job, fixed when it was first seen.") @Size(max = 253) @Nullable String applicationId,

        @JsonPropertyDescription("Counts how often the job began with new state.") @Nullable Integer stateGeneration,

        @JsonPropertyDescription("The revision that ran last without failure, by the name of its ControllerRevision.")
        @Size(max = 253) @Nullable String lastStableRevision,

        @JsonPropertyDescription("The new version that is being watched, if there is one.") @Nullable UpgradeStatus upgrade,

        @JsonPropertyDescription("The queries of the script.") @Size(max = 200) List<QueryStatus> queries,

        @JsonPropertyDescription("The consumer group.") @Nullable ConsumerGroupStatus consumerGroup,

        @JsonPropertyDescription("Records that are read in a second, rounded to two digits.") @Nullable Long throughput,

        @JsonPropertyDescription("Records that wait in the sources, rounded to two digits.") @Nullable Long backlog,

        @JsonPropertyDescription(
                "Where a drain ended: the committed offset of each source partition, the first 1000 of them.")
        @Size(max = 1000) List<PartitionOffset> offsets,

        @JsonPropertyDescription("Actions, the newest last; the last 20 of each type are kept.") @Size(max = 200) List<ActionStatus> actions,

        @JsonPropertyDescription("The last error that was met.") @Nullable LastError lastError,

        @JsonPropertyDescription("What is so, and why.") @Size(max = 32) List<Condition> conditions) {

    public VeloStreamJobStatus {
        queries = ApiDefaults.copy(queries);
        offsets = ApiDefaults.copy(offsets);
        actions = ApiDefaults.copy(actions);
        conditions = ApiDefaults.copy(conditions);
    }
}
