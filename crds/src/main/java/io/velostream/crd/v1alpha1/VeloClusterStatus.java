package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operator sees of a cluster. Figures are rounded and written at most once a minute. */
@ApiRecord
public record VeloClusterStatus(
        @JsonPropertyDescription("The state in one word, derived from the conditions.") @Size(max = 32) @Nullable String phase,

        @JsonPropertyDescription("The generation of the spec that this status is about.") @Nullable Long observedGeneration,

        @JsonPropertyDescription("Pods that exist.") @StatusReplicas @Nullable Integer replicas,

        @JsonPropertyDescription("Pods that are ready.") @Nullable Integer readyReplicas,

        @JsonPropertyDescription("Label selector of the pods, for the scale subresource.")
        @LabelSelector
        @Size(max = 512) @Nullable String selector,

        @JsonPropertyDescription("The image that the pods run.") @Size(max = 512) @Nullable String image,

        @JsonPropertyDescription("Hash of the configuration that is in force.") @Size(max = 64) @Nullable String configHash,

        @JsonPropertyDescription(
                "Hash of the configuration that every pod got ready with last; the ConfigMap keeps it.")
        @Size(max = 64) @Nullable String lastGoodConfigRevision,

        @JsonPropertyDescription("Jobs that are placed on this cluster.") @Nullable Integer jobs,

        @JsonPropertyDescription("Records that all pods read in a second, rounded to two digits.") @Nullable Long recordsPerSecond,

        @JsonPropertyDescription("Actions, the newest last; the last 20 of each type are kept.") @Size(max = 200) List<ActionStatus> actions,

        @JsonPropertyDescription("The last error that was met.") @Nullable LastError lastError,

        @JsonPropertyDescription("What is so, and why.") @Size(max = 32) List<Condition> conditions) {

    public VeloClusterStatus {
        actions = ApiDefaults.copy(actions);
        conditions = ApiDefaults.copy(conditions);
    }
}
