package io.velostream.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A script of streaming SQL, where it runs and how it behaves. */
@ApiRecord
@ValidationRule(
        value = "has(self.clusterRef) != has(self.cluster)",
        message = "give either clusterRef (run on a shared VeloCluster) or cluster (pods of its own), and not both")
@ValidationRule(
        value = "has(self.clusterRef) == has(oldSelf.clusterRef)",
        message = "a job cannot move between a shared cluster and pods of its own: create another job")
@ValidationRule(value = "has(self.sql) != has(self.sqlFrom)", message = "give either sql or sqlFrom, and not both")
@ValidationRule(
        value = "has(self.applicationId) == has(oldSelf.applicationId) && (!has(self.applicationId) || "
                + "self.applicationId == oldSelf.applicationId)",
        message = "applicationId cannot be changed: state and offsets belong to it; create another job",
        fieldPath = ".applicationId")
public record VeloStreamJobSpec(
        @JsonPropertyDescription("The VeloCluster to run on.") @Nullable ClusterRef clusterRef,

        @JsonPropertyDescription(
                "Pods of the job's own: the operator makes a VeloCluster of the job's name from this and keeps all but replicas "
                        + "in line with it.")
        @Nullable VeloClusterSpec cluster,

        @JsonPropertyDescription("The SQL script.") @Size(min = 1, max = 262_144) @Nullable String sql,

        @JsonPropertyDescription("Where the SQL script is taken from instead.") @Nullable SqlSource sqlFrom,

        @JsonPropertyDescription(
                "Values for ${name} in the script. Each stands for one literal and is never read as SQL.")
        @Size(max = 64) Map<String, String> variables,

        @JsonPropertyDescription(
                "Running; Suspended: polling is paused; Drained: what was read is finished and committed and the group left; "
                        + "Stopped: drained, then removed from the pods, state stays.")
        @Default("Running")
        DesiredState desiredState,

        @JsonPropertyDescription(
                "Most stream threads over all pods; absent: pods times maxParallelism, as far as there are partitions.")
        @Min(1) @Max(4096) @Nullable Integer parallelism,

        @JsonPropertyDescription(
                "Copies of the state kept warm on other pods, so that a failed pod's work goes on at once.")
        @Default("0")
        @Min(0) @Max(5) Integer standbyReplicas,

        @JsonPropertyDescription(
                "ExactlyOnce: no result is lost or doubled for readers of committed records. AtLeastOnce: a crash may double some.")
        @Default("ExactlyOnce")
        DeliveryGuarantee deliveryGuarantee,

        @JsonPropertyDescription("Where topics are begun that the consumer group has no offsets for.") @Default("{}")
        StartFrom startFrom,

        @JsonPropertyDescription(
                "Kafka's name of the job: its consumer group and the prefix of its topics. Cannot be changed. Absent: made from "
                        + "namespace, name and uid, kept in status.applicationId.")
        @Pattern("^[a-zA-Z0-9][a-zA-Z0-9._-]*$") @Size(min = 1, max = 120) @Nullable String applicationId,

        @JsonPropertyDescription("What becomes of records that cannot be read or processed.") @Default("{}")
        ErrorHandling errorHandling,

        @JsonPropertyDescription("How event time goes on where the SQL does not say.") @Default("{}")
        Watermark watermark,

        @JsonPropertyDescription(
                "How a drain goes, for desiredState Drained and Stopped and before the job is deleted.")
        @Default("{}")
        Drain drain,

        @JsonPropertyDescription("How a changed job proves itself.") @Default("{}")
        Upgrade upgrade,

        @JsonPropertyDescription("Asks the operator to leave this job alone for a while.") @Nullable Pause pause,

        @JsonPropertyDescription("How long cleaning up may take when the job is deleted; then it goes with a warning.")
        @Default("2m")
        @Pattern(KubeDuration.PATTERN) @Size(max = 32) KubeDuration deletionTimeout,

        @JsonPropertyDescription("What is removed from Kafka when the job is deleted.") @Default("{}")
        DeletionPolicy deletionPolicy,

        @JsonPropertyDescription("Imperative steps: each runs once for every new requestId.") @Nullable JobActions actions) {

    public VeloStreamJobSpec {
        variables = ApiDefaults.copy(variables);
        desiredState = ApiDefaults.or(desiredState, DesiredState.RUNNING);
        standbyReplicas = ApiDefaults.or(standbyReplicas, 0);
        deliveryGuarantee = ApiDefaults.or(deliveryGuarantee, DeliveryGuarantee.EXACTLY_ONCE);
        startFrom = startFrom == null ? StartFromBuilder.builder().build() : startFrom;
        errorHandling = errorHandling == null ? ErrorHandlingBuilder.builder().build() : errorHandling;
        watermark = watermark == null ? WatermarkBuilder.builder().build() : watermark;
        drain = drain == null ? Drain.defaults() : drain;
        upgrade = upgrade == null ? Upgrade.defaults() : upgrade;
        deletionTimeout = ApiDefaults.duration(deletionTimeout, "2m");
        deletionPolicy =
                deletionPolicy == null ? DeletionPolicyBuilder.builder().build() : deletionPolicy;
    }
}
