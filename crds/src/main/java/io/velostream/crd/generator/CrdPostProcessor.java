package io.velostream.crd.generator;

import static io.velostream.crd.generator.Schema.INT_OR_STRING;

import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import java.util.List;

/**
 * Adds to the generated schemas what annotations cannot say: list keys, number formats, bounds on the values of maps, and
 * the order of printer columns.
 */
final class CrdPostProcessor implements CRDPostProcessor {

    @Override
    public HasMetadata process(HasMetadata crd, String crdSpecVersion) {
        CustomResourceDefinition definition = (CustomResourceDefinition) crd;
        for (CustomResourceDefinitionVersion version : definition.getSpec().getVersions()) {
            Schema root = Schema.root(version.getSchema().getOpenAPIV3Schema());
            root.require("spec");
            root.at("spec").describe("What is wanted.");
            root.at("status").describe("What is, written by the operator.");
            switch (definition.getSpec().getNames().getKind()) {
                case "VeloCluster" -> {
                    root.describe("A set of engine pods that streaming SQL jobs run in.");
                    clusterSpec(root.at("spec"));
                    version.setAdditionalPrinterColumns(CLUSTER_COLUMNS);
                }
                case "VeloStreamJob" -> {
                    root.describe("A script of streaming SQL that runs in the pods of a VeloCluster.");
                    jobSpec(root.at("spec"));
                    jobStatus(root.at("status"));
                    version.setAdditionalPrinterColumns(JOB_COLUMNS);
                    // The generator finds the replicas of the embedded cluster, but only a VeloCluster is scaled.
                    version.getSubresources().setScale(null);
                }
                default ->
                    throw new IllegalStateException("no post-processing is known for "
                            + definition.getMetadata().getName());
            }
            status(root.at("status"));
            root.formatIntegers();
        }
        return definition;
    }

    private static void clusterSpec(Schema spec) {
        for (String side : List.of("consumer", "producer")) {
            spec.at("kafka", side).values(INT_OR_STRING);
        }
        spec.at("kafka", "topicDefaults", "config").values(INT_OR_STRING);
        spec.at("pause", "until").format("date-time");
        spec.at("podTemplate").type("object");
        spec.at("maintenance", "windows").listMap("schedule", "timeZone");
    }

    private static void jobSpec(Schema spec) {
        clusterSpec(spec.at("cluster"));
        spec.at("variables").valueLength(4096);
        spec.at("pause", "until").format("date-time");
        spec.at("startFrom", "timestamp").format("date-time");
    }

    private static void jobStatus(Schema status) {
        status.at("queries").listMap("name");
        status.at("offsets").listMap("topic", "partition");
    }

    private static void status(Schema status) {
        status.at("actions").listMap("type", "requestId");
        Schema conditions = status.at("conditions");
        conditions.listMap("type");
        Schema condition = conditions.items();
        condition.require("type", "status", "lastTransitionTime", "reason", "message");
        condition.at("type").length(1, 64).describe("What the condition is about.");
        condition.at("status").describe("True, False or Unknown.").length(1, 16);
        condition.at("reason").describe("Why, in one word for programs.").length(1, 64);
        condition.at("message").describe("Why, and what to do, for people.").length(0, 1024);
        condition.at("lastTransitionTime").describe("When status changed last.").format("date-time");
        condition.at("observedGeneration").describe("The generation of the spec that this is about.");
    }

    private static final List<CustomResourceColumnDefinition> CLUSTER_COLUMNS = List.of(
            column("Replicas", "integer", ".spec.replicas", 0),
            column("Ready", "integer", ".status.readyReplicas", 0),
            column("State", "string", ".status.phase", 0),
            column("Records/s", "integer", ".status.recordsPerSecond", 0),
            column("Jobs", "integer", ".status.jobs", 1),
            column("Image", "string", ".status.image", 1),
            column("Reason", "string", ".status.conditions[?(@.type==\"Ready\")].reason", 1),
            column("Age", "date", ".metadata.creationTimestamp", 0));

    private static final List<CustomResourceColumnDefinition> JOB_COLUMNS = List.of(
            column("State", "string", ".status.phase", 0),
            column("Cluster", "string", ".status.cluster", 0),
            column("Records/s", "integer", ".status.throughput", 0),
            column("Backlog", "integer", ".status.backlog", 0),
            column("Ready", "string", ".status.conditions[?(@.type==\"Ready\")].status", 0),
            column("Reason", "string", ".status.conditions[?(@.type==\"Ready\")].reason", 1),
            column("Application", "string", ".status.applicationId", 1),
            column("Age", "date", ".metadata.creationTimestamp", 0));

    private static CustomResourceColumnDefinition column(String name, String type, String jsonPath, int priority) {
        return new CustomResourceColumnDefinitionBuilder()
                .withName(name)
                .withType(type)
                .withJsonPath(jsonPath)
                .withPriority(priority)
                .build();
    }
}
