package io.velostream.crd.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API server itself says to the CRDs and to resources. */
class CrdsApiServerTest {

    private static final String VERSION = "1.36.3";
    /** Annotations of one object together; client-side apply keeps the whole object in one. */
    private static final int MAX_ANNOTATIONS_BYTES = 256 * 1024;

    private static KubeAPIServer apiServer;
    private static KubernetesClient client;

    @BeforeAll
    static void startApiServer() {
        Path home = Path.of(System.getProperty("user.home"), ".kubeapitest");
        Path binaries = home.resolve("k8s").resolve(VERSION + "-linux-amd64");
        assumeThat(Files.isExecutable(binaries.resolve("kube-apiserver")))
                .as("skipped: no kube-apiserver in " + binaries)
                .isTrue();
        apiServer = new KubeAPIServer(KubeAPIServerConfigBuilder.anAPIServerConfig()
                .withTestDir(home.toString())
                .withOfflineMode(true)
                .withApiServerVersion(VERSION)
                .withUpdateKubeConfig(false)
                .build());
        apiServer.start();
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(apiServer.getKubeConfigYaml()))
                .build();
        VelostreamCrds.load().forEach(crd -> client.resource(crd).create());
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> VelostreamCrds.load().stream().allMatch(CrdsApiServerTest::isServed));
    }

    private static boolean isServed(CustomResourceDefinition crd) {
        return client.resource(crd).get().getStatus().getConditions().stream()
                .anyMatch(c -> "Established".equals(c.getType()) && "True".equals(c.getStatus()));
    }

    @AfterAll
    static void stopApiServer() {
        if (client != null) {
            client.close();
        }
        if (apiServer != null) {
            apiServer.stop();
        }
    }

    @AfterEach
    void removeResources() {
        client.resources(VeloCluster.class).inNamespace("default").delete();
        client.resources(VeloStreamJob.class).inNamespace("default").delete();
    }

    // -- the CRDs

    @Test
    void crdsFitIntoTheAnnotationOfClientSideApply() {
        for (CustomResourceDefinition crd : VelostreamCrds.load()) {
            String json = Serialization.asJson(crd);
            assertThat(json.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(MAX_ANNOTATIONS_BYTES * 4 / 5);

            client.resource(crd).edit(stored -> {
                stored.getMetadata().setAnnotations(Map.of("kubectl.kubernetes.io/last-applied-configuration", json));
                return stored;
            });
        }
    }

    @Test
    void crdsAreServedUnderShortNamesAndTheCategory() {
        JsonNode resources = Serialization.unmarshal(client.raw("/apis/velostream.io/v1alpha1"), JsonNode.class);

        assertThat(resources.get("resources").findValuesAsText("singularName"))
                .contains("velocluster", "velostreamjob");
        assertThat(resources.toString()).contains("\"vc\"", "\"vsj\"", "\"velostream\"");
    }

    @Test
    void printerColumnsStandInOrder() {
        assertThat(columns("veloclusters"))
                .containsExactly("Name", "Replicas", "Ready", "State", "Records/s", "Jobs", "Image", "Reason", "Age");
        assertThat(columns("velostreamjobs"))
                .containsExactly(
                        "Name", "State", "Cluster", "Records/s", "Backlog", "Ready", "Reason", "Application", "Age");
    }

    // -- defaults and what is kept

    @Test
    void fillsInTheDefaultsOfACluster() {
        GenericKubernetesResource created = create("VeloCluster", "primary", "kafka: {bootstrapServers: 'kafka:9092'}");

        JsonNode spec = Serialization.jsonMapper().valueToTree(created.get("spec"));
        assertThat(spec.get("replicas").asInt()).isEqualTo(1);
        assertThat(spec.get("desiredState").asText()).isEqualTo("Running");
        assertThat(spec.at("/storage/size").asText()).isEqualTo("10Gi");
        assertThat(spec.at("/storage/whenDeleted").asText()).isEqualTo("Retain");
        assertThat(spec.at("/drain/timeout").asText()).isEqualTo("5m");
        assertThat(spec.at("/kafka/idPrefix").asText()).isEqualTo("velostream.");
        assertThat(spec.at("/jobs/max").asInt()).isEqualTo(50);
        assertThat(spec.at("/logging/level").asText()).isEqualTo("INFO");
    }

    @Test
    void fillsInTheDefaultsOfAJob() {
        GenericKubernetesResource created =
                create("VeloStreamJob", "orders", "{clusterRef: {name: primary}, sql: SELECT 1, drain: {timeout: 1m}}");

        JsonNode spec = Serialization.jsonMapper().valueToTree(created.get("spec"));
        assertThat(spec.get("deliveryGuarantee").asText()).isEqualTo("ExactlyOnce");
        assertThat(spec.get("standbyReplicas").asInt()).isZero();
        assertThat(spec.at("/startFrom/type").asText()).isEqualTo("Earliest");
        assertThat(spec.at("/errorHandling/strategy").asText()).isEqualTo("DeadLetter");
        assertThat(spec.at("/watermark/idleTimeout").asText()).isEqualTo("30s");
        assertThat(spec.at("/drain/timeout").asText()).isEqualTo("1m");
        assertThat(spec.at("/drain/onTimeout").asText()).isEqualTo("Stop");
        assertThat(spec.at("/deletionPolicy/outputTopics").asText()).isEqualTo("Retain");
    }

    @Test
    void readsBackWhatTheModelWrote() {
        VeloClusterSpec spec = Resources.clusterSpec()
                .replicas(3)
                .resources(Resources.memoryLimit("4Gi"))
                .podTemplate(Serialization.unmarshal(
                        "{\"metadata\": {\"labels\": {\"team\": \"a\"}}, \"spec\": {\"future\": [1]}}", JsonNode.class))
                .build();

        VeloCluster created =
                client.resource(VeloCluster.of("default", "primary", spec)).create();

        assertThat(created.getSpec()).isEqualTo(spec);
    }

    @Test
    void keepsScalarsOfKafkaSettingsOfEveryKind() {
        create(
                "VeloCluster",
                "primary",
                "kafka: {bootstrapServers: 'kafka:9092', producer: {linger.ms: 5, acks: all}}");

        VeloCluster read = client.resources(VeloCluster.class)
                .inNamespace("default")
                .withName("primary")
                .get();

        assertThat(read.getSpec().kafka().producer())
                .containsOnly(Map.entry("linger.ms", "5"), Map.entry("acks", "all"));
    }

    @Test
    void refusesAFieldThatDoesNotExist() {
        assertRefused(
                () -> create("VeloCluster", "primary", "{kafka: {bootstrapServers: 'kafka:9092'}, replica: 3}"),
                "unknown field \"spec.replica\"");
    }

    // -- scale and status

    @Test
    void scalesThroughTheScaleSubresource() {
        client.resource(Resources.cluster("primary")).create();
        client.resource(withStatus(
                        "primary",
                        VeloClusterStatusBuilder.builder()
                                .replicas(1)
                                .selector("velostream.io/cluster=primary")
                                .build()))
                .patchStatus();

        var cluster = client.resources(VeloCluster.class).inNamespace("default").withName("primary");
        Scale before = cluster.scale(null);
        VeloCluster scaled = cluster.scale(3);

        assertThat(before.getSpec().getReplicas()).isEqualTo(1);
        assertThat(before.getStatus().getReplicas()).isEqualTo(1);
        assertThat(Serialization.asJson(before)).contains("velostream.io/cluster=primary");
        assertThat(scaled.getSpec().replicas()).isEqualTo(3);
        assertThat(cluster.get().getSpec().replicas()).isEqualTo(3);
    }

    @Test
    void mergesConditionsOfTwoWritersByType() {
        client.resource(Resources.job("orders")).create();

        applyStatus("a", condition("Ready"));
        applyStatus("b", condition("Valid"));

        VeloStreamJob job = client.resources(VeloStreamJob.class)
                .inNamespace("default")
                .withName("orders")
                .get();
        assertThat(job.getStatus().conditions())
                .extracting(c -> c.getType())
                .containsExactlyInAnyOrder("Ready", "Valid");
    }

    @Test
    void statusIsWrittenThroughItsSubresourceOnly() {
        VeloCluster cluster = Resources.cluster("primary");
        cluster.setStatus(VeloClusterStatusBuilder.builder().phase("Running").build());

        VeloCluster created = client.resource(cluster).create();

        assertThat(created.getStatus()).isNull();
    }

    // -- what is refused

    @ParameterizedTest
    @ValueSource(strings = {"1st", "has.dot", "a23456789-b23456789-c23456789-d23456789-e23456"})
    void refusesANameThatPodsCannotHave(String name) {
        assertRefused(() -> client.resource(Resources.cluster(name)).create(), "the name must begin with a letter");
        assertRefused(() -> client.resource(Resources.job(name)).create(), "at most 45 characters");
    }

    @Test
    void acceptsTheLongestName() {
        client.resource(Resources.cluster("a".repeat(45))).create();
    }

    @Test
    void refusesMoreMemoryThanTheContainerHas() {
        assertRefused(
                cluster(spec -> spec.resources(Resources.memoryLimit("1Gi")).config(memory("820Mi", null))),
                "maxTotalMemory must be at most 80 % of resources.limits.memory");
        cluster(spec -> spec.resources(Resources.memoryLimit("1Gi")).config(memory("819Mi", null)))
                .run();
    }

    @Test
    void refusesMoreMemoryForOneOperatorThanForAll() {
        assertRefused(
                cluster(spec -> spec.config(memory("1Gi", "2Gi"))),
                "maxOperatorMemory must not be above maxTotalMemory");
    }

    @Test
    void refusesRequestsAboveLimits() {
        assertRefused(
                cluster(spec -> spec.resources(new ContainerResources(
                        Map.of("memory", new Quantity("2Gi")), Map.of("memory", new Quantity("1Gi"))))),
                "requests of cpu and memory must not be above their limits");
    }

    @Test
    void refusesKafkaSettingsThatTheEngineMakes() {
        assertRefused(
                cluster(spec -> spec.kafka(KafkaSettingsBuilder.builder(Resources.kafka())
                        .consumer(Map.of(
                                "group.id", "mine", "isolation.level", "read_uncommitted", "fetch.min.bytes", "1"))
                        .build())),
                "consumer must not hold what the engine sets itself",
                "'isolation.level'");
        assertRefused(
                cluster(spec -> spec.kafka(KafkaSettingsBuilder.builder(Resources.kafka())
                        .producer(Map.of("transactional.id", "mine"))
                        .build())),
                "producer must not hold what the engine sets itself",
                "'transactional.id'");
    }

    @Test
    void refusesSmallerClaimsAndAnotherStorageClass() {
        VeloCluster cluster = client.resource(Resources.cluster("primary")).create();

        assertRefused(
                edit(
                        cluster,
                        spec -> spec.storage(StorageBuilder.builder()
                                .size(new Quantity("5Gi"))
                                .build())),
                "size can only grow");
        assertRefused(
                edit(
                        cluster,
                        spec -> spec.storage(StorageBuilder.builder()
                                .storageClassName("fast")
                                .build())),
                "storageClassName cannot be changed");
        edit(
                        cluster,
                        spec -> spec.storage(StorageBuilder.builder()
                                .size(new Quantity("20Gi"))
                                .build()))
                .run();
    }

    @Test
    void refusesClaimsOfNoSize() {
        assertRefused(
                cluster(spec -> spec.storage(
                        StorageBuilder.builder().size(new Quantity("0")).build())),
                "size must be a quantity above zero");
    }

    @Test
    void refusesValuesOutsideTheirBounds() {
        assertRefused(cluster(spec -> spec.replicas(-1)), "spec.replicas");
        assertRefused(cluster(spec -> spec.startTimeout(KubeDuration.of("soon"))), "spec.startTimeout");
        assertRefused(cluster(spec -> spec.desiredState(DesiredState.UNKNOWN)), "supported values");
        assertRefused(cluster(spec -> spec.pause(new Pause("tomorrow", null))), "spec.pause.until");
        assertRefused(
                cluster(spec -> spec.actions(new ClusterActions(null, new ActionRequest("two words")))),
                "spec.actions.restartPods.requestId");
        assertRefused(
                () -> create("VeloCluster", "primary", "kafka: {bootstrapServers: kafka}"),
                "spec.kafka.bootstrapServers");
        assertRefused(() -> create("VeloCluster", "primary", "{replicas: 1}"), "spec.kafka: Required value");
    }

    @Test
    void refusesAJobWithoutAPlaceOrWithTwo() {
        assertRefused(job(spec -> spec.clusterRef(null)), "give either clusterRef", "or cluster");
        assertRefused(
                job(spec -> spec.cluster(Resources.clusterSpec().build())), "give either clusterRef", "and not both");
        job(spec -> spec.clusterRef(null).cluster(Resources.clusterSpec().build()))
                .run();
    }

    @Test
    void refusesAMoveBetweenASharedClusterAndOwnPods() {
        VeloStreamJob job = client.resource(Resources.job("orders")).create();

        assertRefused(
                edit(
                        job,
                        spec -> spec.clusterRef(null)
                                .cluster(Resources.clusterSpec().build())),
                "a job cannot move between a shared cluster and pods of its own");
        edit(job, spec -> spec.clusterRef(new ClusterRef("secondary"))).run();
    }

    @Test
    void refusesAJobWithoutSqlOrWithTwo() {
        assertRefused(job(spec -> spec.sql(null)), "give either sql or sqlFrom, and not both");
        assertRefused(
                job(spec -> spec.sqlFrom(new SqlSource(new ConfigMapKeyRef("scripts", "orders.sql")))),
                "give either sql or sqlFrom, and not both");
    }

    @Test
    void refusesSqlThatIsTooLong() {
        job(spec -> spec.sql("x".repeat(262_144))).run();
        assertRefused(job(spec -> spec.sql("x".repeat(262_145))), "spec.sql");
    }

    @Test
    void refusesEveryChangeOfTheApplicationId() {
        VeloStreamJob without = client.resource(Resources.job("without")).create();
        VeloStreamJob with = client.resource(VeloStreamJob.of(
                        "default",
                        "with",
                        Resources.jobSpec().applicationId("velostream.orders").build()))
                .create();

        assertRefused(edit(without, spec -> spec.applicationId("velostream.new")), "applicationId cannot be changed");
        assertRefused(edit(with, spec -> spec.applicationId("velostream.other")), "applicationId cannot be changed");
        assertRefused(edit(with, spec -> spec.applicationId(null)), "applicationId cannot be changed");
        edit(with, spec -> spec.desiredState(DesiredState.DRAINED)).run();
    }

    @Test
    void refusesATimestampWithoutItsTypeAndTheTypeWithoutIt() {
        assertRefused(
                job(spec -> spec.startFrom(new StartFrom(StartPosition.LATEST, "2026-11-24T08:00:00Z"))),
                "timestamp belongs to type Timestamp");
        assertRefused(
                job(spec -> spec.startFrom(new StartFrom(StartPosition.TIMESTAMP, null))),
                "timestamp belongs to type Timestamp");
        job(spec -> spec.startFrom(new StartFrom(StartPosition.TIMESTAMP, "2026-11-24T08:00:00Z")))
                .run();
    }

    @Test
    void refusesADeadLetterTopicForAnotherStrategy() {
        assertRefused(
                job(spec -> spec.errorHandling(new ErrorHandling(ErrorStrategy.SKIP, "dead"))),
                "deadLetterTopic belongs to strategy DeadLetter");
    }

    // -- building blocks

    private static EngineConfig memory(String total, String operator) {
        ResourceLimitsBuilder limits = ResourceLimitsBuilder.builder().maxTotalMemory(new Quantity(total));
        if (operator != null) {
            limits.maxOperatorMemory(new Quantity(operator));
        }
        return EngineConfigBuilder.builder().resourceLimits(limits.build()).build();
    }

    private static Runnable cluster(UnaryOperator<VeloClusterSpecBuilder> change) {
        VeloClusterSpec spec = change.apply(Resources.clusterSpec()).build();
        return () -> client.resource(VeloCluster.of("default", "primary", spec)).create();
    }

    private static Runnable job(UnaryOperator<VeloStreamJobSpecBuilder> change) {
        VeloStreamJobSpec spec = change.apply(Resources.jobSpec()).build();
        return () ->
                client.resource(VeloStreamJob.of("default", "orders", spec)).create();
    }

    private static Runnable edit(VeloCluster cluster, UnaryOperator<VeloClusterSpecBuilder> change) {
        return () -> client.resource(cluster).edit(stored -> {
            stored.setSpec(change.apply(VeloClusterSpecBuilder.builder(stored.getSpec()))
                    .build());
            return stored;
        });
    }

    private static Runnable edit(VeloStreamJob job, UnaryOperator<VeloStreamJobSpecBuilder> change) {
        return () -> client.resource(job).edit(stored -> {
            stored.setSpec(change.apply(VeloStreamJobSpecBuilder.builder(stored.getSpec()))
                    .build());
            return stored;
        });
    }

    /** Creates a resource from YAML as a person would write it, with strict checking of fields as kubectl asks for it. */
    private static GenericKubernetesResource create(String kind, String name, String spec) {
        String yaml = "{apiVersion: velostream.io/v1alpha1, kind: %s, metadata: {name: %s, namespace: default}}"
                .formatted(kind, name);
        GenericKubernetesResource resource = Serialization.unmarshal("---\n" + yaml, GenericKubernetesResource.class);
        resource.setAdditionalProperty("spec", Serialization.unmarshal("---\n" + spec, Object.class));
        return client.resource(resource).fieldValidation(Validation.STRICT).create();
    }

    private static VeloCluster withStatus(String name, VeloClusterStatus status) {
        VeloCluster cluster = Resources.cluster(name);
        cluster.setStatus(status);
        return cluster;
    }

    private static void applyStatus(String manager, Condition condition) {
        VeloStreamJob job = new VeloStreamJob();
        job.setMetadata(new ObjectMetaBuilder()
                .withName("orders")
                .withNamespace("default")
                .build());
        job.setStatus(VeloStreamJobStatusBuilder.builder()
                .conditions(List.of(condition))
                .build());
        client.resource(job)
                .subresource("status")
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(manager)
                        .build());
    }

    private static Condition condition(String type) {
        return new ConditionBuilder()
                .withType(type)
                .withStatus("True")
                .withReason("Because")
                .withMessage("")
                .withLastTransitionTime("2026-11-24T08:00:00Z")
                .build();
    }

    private static List<String> columns(String plural) {
        CustomResourceDefinition crd = client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(plural + ".velostream.io")
                .get();
        return Stream.concat(
                        Stream.of("Name"),
                        crd.getSpec().getVersions().getFirst().getAdditionalPrinterColumns().stream()
                                .map(c -> c.getName()))
                .toList();
    }

    private static void assertRefused(Runnable write, String... messages) {
        assertThatThrownBy(write::run)
                .isInstanceOf(KubernetesClientException.class)
                .satisfies(e -> {
                    KubernetesClientException refusal = (KubernetesClientException) e;
                    assertThat(refusal.getCode()).isBetween(400, 422);
                    assertThat(refusal.getMessage()).contains(messages);
                });
    }
}
