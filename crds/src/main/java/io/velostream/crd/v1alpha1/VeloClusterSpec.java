package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import org.jspecify.annotations.Nullable;

/** The pods that queries run in: how many, of what size, with which Kafka and configuration. */
@ApiRecord
@ValidationRule(
        value =
                "!has(self.config) || !has(self.config.resourceLimits) || !has(self.config.resourceLimits.maxTotalMemory) || "
                        + "!has(self.resources) || !has(self.resources.limits) || !('memory' in self.resources.limits) || "
                        + "quantity(string(self.config.resourceLimits.maxTotalMemory)).asApproximateFloat() <= "
                        + "0.8 * quantity(string(self.resources.limits['memory'])).asApproximateFloat()",
        message =
                "config.resourceLimits.maxTotalMemory must be at most 80 % of resources.limits.memory: the rest is for the "
                        + "JVM and the Kafka clients",
        fieldPath = ".config.resourceLimits.maxTotalMemory")
public record VeloClusterSpec(
        @JsonPropertyDescription(
                "The engine's image; absent: the operator's default at creation, kept in status.image.")
        @Pattern("^[^\\s]+$") @Size(min = 1, max = 512) @Nullable String image,

        @JsonPropertyDescription("Number of pods. A smaller number drains the pods that go before it removes them.")
        @Default("1")
        @Min(0) @Max(1000) @SpecReplicas
        Integer replicas,

        @JsonPropertyDescription("Requests and limits of the engine container; absent: the operator's defaults.")
        @Nullable ContainerResources resources,

        @JsonPropertyDescription(
                "A pod template that is merged over what the operator makes (a strategic merge, as kubectl patch does). hostPath, "
                        + "hostNetwork, privileged and serviceAccountName are refused unless the operator allows them.")
        @PreserveUnknownFields
        @Nullable JsonNode podTemplate,

        @JsonPropertyDescription("The volume claim of each pod.") @Default("{}")
        Storage storage,

        @JsonPropertyDescription(
                "Running; Suspended: polling is paused; Drained: what was read is finished and committed; Stopped: drained, "
                        + "then scaled to zero, claims stay.")
        @Default("Running")
        DesiredState desiredState,

        @JsonPropertyDescription("Maintenance mode.") @Nullable Maintenance maintenance,

        @JsonPropertyDescription("How a drain goes: before a scale-in, and for desiredState Drained and Stopped.")
        @Default("{}")
        Drain drain,

        @JsonPropertyDescription("Asks the operator to leave this cluster alone for a while.") @Nullable Pause pause,

        @JsonPropertyDescription("The Kafka that the pods work on.") @Required
        KafkaSettings kafka,

        @JsonPropertyDescription("The engine's configuration.") @Nullable EngineConfig config,

        @JsonPropertyDescription("How a changed configuration reaches the pods.") @Default("{}")
        ConfigRollout configRollout,

        @JsonPropertyDescription(
                "Emergency recovery: the pods run with a conservative configuration, small batches and one thread a job, whatever "
                        + "config says, or with that of safeConfigRef.")
        @Default("false")
        Boolean safeMode,

        @JsonPropertyDescription(
                "The configuration of safeMode: a velostream.yaml without the section kafka, which stays that of the spec.")
        @Nullable ConfigMapKeyRef safeConfigRef,

        @JsonPropertyDescription("How long a pod may take to become ready, restoring of state included.")
        @Default("10m")
        @Pattern(KubeDuration.PATTERN) @Size(max = 32) KubeDuration startTimeout,

        @JsonPropertyDescription("What jobs this cluster takes.") @Default("{}")
        JobLimits jobs,

        @JsonPropertyDescription("What the pods log and how.") @Default("{}")
        Logging logging,

        @JsonPropertyDescription("Imperative steps: each runs once for every new requestId.") @Nullable ClusterActions actions) {

    public VeloClusterSpec {
        replicas = ApiDefaults.or(replicas, 1);
        storage = storage == null ? Storage.defaults() : storage;
        desiredState = ApiDefaults.or(desiredState, DesiredState.RUNNING);
        drain = drain == null ? Drain.defaults() : drain;
        configRollout = configRollout == null ? ConfigRollout.defaults() : configRollout;
        safeMode = ApiDefaults.or(safeMode, false);
        startTimeout = ApiDefaults.duration(startTimeout, "10m");
        jobs = jobs == null ? new JobLimits(50) : jobs;
        logging = logging == null ? new Logging(LogLevel.INFO, LogFormat.JSON) : logging;
    }
}
