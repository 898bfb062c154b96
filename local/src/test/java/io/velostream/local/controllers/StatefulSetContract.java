package io.velostream.local.controllers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.velostream.local.apiserver.LocalApiServer;
import io.velostream.local.apiserver.TestPods;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the controllers of a local cluster do, whoever wrote them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StatefulSetContract {
    private static final Duration SOON = Duration.ofSeconds(30);

    private LocalApiServer server;
    private ClusterControllers controllers;
    private FakeKubelet kubelet;
    private KubernetesClient client;
    private String namespace;

    abstract LocalApiServer startServer(Path directory);

    abstract ControllerChoice choice();

    @BeforeAll
    void start(@TempDir Path directory) {
        server = startServer(directory);
        client = server.client();
        controllers = ClusterControllers.start(choice(), server, directory);
        kubelet = new FakeKubelet(client);
    }

    @AfterAll
    void stop() {
        if (server != null) {
            kubelet.close();
            controllers.close();
            server.close();
        }
    }

    @BeforeEach
    void useOwnNamespace(TestInfo test) {
        namespace = "t-" + Integer.toHexString(test.getDisplayName().hashCode());
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
    }

    @Test
    void createsPodsOneAfterTheOtherWhenOrdered() {
        kubelet.holdBack("ordered:1");
        create(set("ordered", 3, s -> {}));

        awaitPods("ordered-0");
        await().during(Duration.ofSeconds(1))
                .atMost(SOON)
                .until(() -> podNames().equals(List.of("ordered-0")));
        kubelet.letGo("ordered:1");

        awaitReady("ordered", 3);
        assertThat(kubelet.history("ordered"))
                .filteredOn(line -> line.startsWith("ready"))
                .containsExactly("ready ordered-0", "ready ordered-1", "ready ordered-2");
    }

    @Test
    void createsAllPodsAtOnceWhenParallel() {
        kubelet.holdBack("parallel:1");
        create(parallel("parallel", 3));

        awaitPods("parallel-0", "parallel-1", "parallel-2");
        kubelet.letGo("parallel:1");
        awaitReady("parallel", 3);
    }

    @Test
    void givesPodsTheirIdentity() {
        create(new StatefulSetBuilder(parallel("ident", 2))
                .editSpec()
                .addNewVolumeClaimTemplate()
                .withNewMetadata()
                .withName("data")
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withNewResources()
                .addToRequests("storage", new Quantity("1Gi"))
                .endResources()
                .endSpec()
                .endVolumeClaimTemplate()
                .endSpec()
                .build());
        awaitReady("ident", 2);

        Pod pod = client.pods().inNamespace(namespace).withName("ident-1").get();
        StatefulSet set = sets("ident").get();
        assertThat(pod.getMetadata().getLabels())
                .containsEntry("app", "ident")
                .containsEntry("statefulset.kubernetes.io/pod-name", "ident-1")
                .containsEntry("apps.kubernetes.io/pod-index", "1")
                .containsEntry("controller-revision-hash", set.getStatus().getUpdateRevision());
        assertThat(pod.getSpec().getHostname()).isEqualTo("ident-1");
        assertThat(pod.getSpec().getSubdomain()).isEqualTo("ident");
        assertThat(pod.getMetadata().getOwnerReferences()).singleElement().satisfies(owner -> {
            assertThat(owner.getUid()).isEqualTo(set.getMetadata().getUid());
            assertThat(owner.getController()).isTrue();
            assertThat(owner.getBlockOwnerDeletion()).isTrue();
        });
        assertThat(pod.getSpec().getVolumes())
                .filteredOn(volume -> volume.getName().equals("data"))
                .singleElement()
                .satisfies(
                        volume -> assertThat(volume.getPersistentVolumeClaim().getClaimName())
                                .isEqualTo("data-ident-1"));
        assertThat(client.apps()
                        .controllerRevisions()
                        .inNamespace(namespace)
                        .withName(set.getStatus().getUpdateRevision())
                        .get()
                        .getRevision())
                .isEqualTo(1);
    }

    @Test
    void reportsItsStatus() {
        create(parallel("status", 2));
        awaitReady("status", 2);

        await().atMost(SOON).untilAsserted(() -> {
            var status = sets("status").get().getStatus();
            assertThat(status.getObservedGeneration()).isEqualTo(1);
            assertThat(status.getReplicas()).isEqualTo(2);
            assertThat(status.getReadyReplicas()).isEqualTo(2);
            assertThat(status.getAvailableReplicas()).isEqualTo(2);
            assertThat(status.getUpdatedReplicas()).isEqualTo(2);
            assertThat(status.getCurrentReplicas()).isEqualTo(2);
            assertThat(status.getCurrentRevision())
                    .isEqualTo(status.getUpdateRevision())
                    .startsWith("status-");
        });
    }

    @Test
    void removesTheHighestOrdinalFirst() {
        create(set("down", 3, s -> {}));
        awaitReady("down", 3);

        sets("down").scale(1);

        awaitPods("down-0");
        assertThat(kubelet.history("down"))
                .filteredOn(line -> line.startsWith("ended"))
                .containsExactly("ended down-2", "ended down-1");
    }

    @Test
    void replacesADeletedPod() {
        create(parallel("again", 2));
        awaitReady("again", 2);
        String before = client.pods()
                .inNamespace(namespace)
                .withName("again-1")
                .get()
                .getMetadata()
                .getUid();

        client.pods().inNamespace(namespace).withName("again-1").delete();

        await().atMost(SOON).untilAsserted(() -> {
            Pod now = client.pods().inNamespace(namespace).withName("again-1").get();
            assertThat(now).isNotNull();
            assertThat(now.getMetadata().getUid()).isNotEqualTo(before);
        });
        awaitReady("again", 2);
    }

    @Test
    void updatesFromTheHighestOrdinalDown() {
        create(parallel("roll", 3));
        awaitReady("roll", 3);

        setImage("roll", "roll:2");

        awaitImages("roll", "roll:2", "roll:2", "roll:2");
        assertThat(kubelet.history("roll"))
                .filteredOn(line -> line.startsWith("ended"))
                .containsExactly("ended roll-2", "ended roll-1", "ended roll-0");
        await().atMost(SOON).untilAsserted(() -> {
            var status = sets("roll").get().getStatus();
            assertThat(status.getCurrentRevision()).isEqualTo(status.getUpdateRevision());
            assertThat(status.getObservedGeneration()).isEqualTo(2);
        });
        assertThat(client.apps()
                        .controllerRevisions()
                        .inNamespace(namespace)
                        .list()
                        .getItems())
                .hasSize(2);
    }

    @Test
    void updatesOnlyDownToThePartition() {
        create(parallel("part", 3));
        awaitReady("part", 3);
        partition("part", 2);

        setImage("part", "part:2");

        awaitImages("part", "part:1", "part:1", "part:2");
        client.pods().inNamespace(namespace).withName("part-0").delete();
        await().during(Duration.ofSeconds(1)).atMost(SOON).untilAsserted(() -> {
            assertThat(images("part")).containsExactly("part:1", "part:1", "part:2");
            assertThat(sets("part").get().getStatus().getUpdatedReplicas()).isEqualTo(1);
        });

        partition("part", 0);
        awaitImages("part", "part:2", "part:2", "part:2");
    }

    @Test
    void reusesARevisionThatComesBack() {
        create(parallel("back", 1));
        awaitReady("back", 1);
        String first = sets("back").get().getStatus().getUpdateRevision();
        setImage("back", "back:2");
        awaitImages("back", "back:2");

        setImage("back", "back:1");

        awaitImages("back", "back:1");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(sets("back").get().getStatus().getUpdateRevision())
                        .isEqualTo(first));
    }

    @Test
    void replacesAPodThatIsStuckOnABadRevisionWhenParallel() {
        create(parallel("stuck", 2));
        awaitReady("stuck", 2);
        kubelet.holdBack("stuck:bad");
        setImage("stuck", "stuck:bad");
        awaitImages("stuck", "stuck:1", "stuck:bad");
        await().during(Duration.ofSeconds(1))
                .atMost(SOON)
                .untilAsserted(() -> assertThat(images("stuck")).containsExactly("stuck:1", "stuck:bad"));

        setImage("stuck", "stuck:3");

        awaitImages("stuck", "stuck:3", "stuck:3");
    }

    @Test
    void doesNotReplaceAPodThatIsStuckOnABadRevisionWhenOrdered() {
        create(set("jam", 2, s -> {}));
        awaitReady("jam", 2);
        kubelet.holdBack("jam:bad");
        setImage("jam", "jam:bad");
        awaitImages("jam", "jam:1", "jam:bad");

        setImage("jam", "jam:3");

        await().during(Duration.ofSeconds(2))
                .atMost(SOON)
                .untilAsserted(() -> assertThat(images("jam")).containsExactly("jam:1", "jam:bad"));
        client.pods().inNamespace(namespace).withName("jam-1").delete();
        awaitImages("jam", "jam:3", "jam:3");
    }

    @Test
    void keepsClaimsUnlessTheSetSaysOtherwise() {
        create(withClaims(parallel("keep", 2), "Retain", "Retain"));
        awaitReady("keep", 2);
        awaitClaims("data-keep-0", "data-keep-1");

        sets("keep").scale(1);
        awaitPods("keep-0");
        sets("keep").delete();
        awaitPods();

        await().during(Duration.ofSeconds(1))
                .atMost(SOON)
                .untilAsserted(() -> assertThat(claimNames()).containsExactly("data-keep-0", "data-keep-1"));
    }

    @Test
    void deletesTheClaimsOfPodsThatAreScaledAway() {
        create(withClaims(parallel("shed", 2), "Retain", "Delete"));
        awaitReady("shed", 2);

        sets("shed").scale(1);

        awaitClaims("data-shed-0");
    }

    @Test
    void deletesClaimsWithTheSet() {
        create(withClaims(parallel("gone", 2), "Delete", "Retain"));
        awaitReady("gone", 2);

        sets("gone").delete();

        awaitPods();
        awaitClaims();
    }

    @Test
    void deletesTheSetOnlyAfterItsPodsInTheForeground() {
        create(parallel("front", 2));
        awaitReady("front", 2);

        sets("front").withPropagationPolicy(DeletionPropagation.FOREGROUND).delete();

        await().atMost(SOON).until(() -> sets("front").get() == null);
        assertThat(podNames()).isEmpty();
    }

    @Test
    void leavesPodsBehindAndTakesThemUpAgain() {
        create(parallel("orphan", 2));
        awaitReady("orphan", 2);
        List<String> before = uids();

        sets("orphan").withPropagationPolicy(DeletionPropagation.ORPHAN).delete();
        await().atMost(SOON).until(() -> sets("orphan").get() == null);
        await().during(Duration.ofSeconds(1)).atMost(SOON).until(() -> uids().equals(before));

        create(parallel("orphan", 2));
        awaitReady("orphan", 2);
        assertThat(uids()).isEqualTo(before);
        assertThat(client.pods()
                        .inNamespace(namespace)
                        .withName("orphan-0")
                        .get()
                        .getMetadata()
                        .getOwnerReferences())
                .singleElement()
                .satisfies(owner -> assertThat(owner.getUid())
                        .isEqualTo(sets("orphan").get().getMetadata().getUid()));
    }

    @Test
    void collectsWhateverBelongedToAnObjectThatIsGone() {
        ConfigMap owner = client.configMaps()
                .inNamespace(namespace)
                .resource(config("owner", List.of()))
                .create();
        ConfigMap other = client.configMaps()
                .inNamespace(namespace)
                .resource(config("other", List.of()))
                .create();
        client.configMaps()
                .inNamespace(namespace)
                .resource(config("single", List.of(owner)))
                .create();
        client.configMaps()
                .inNamespace(namespace)
                .resource(config("double", List.of(owner, other)))
                .create();

        client.configMaps().inNamespace(namespace).withName("owner").delete();

        await().atMost(SOON)
                .until(() -> client.configMaps()
                                .inNamespace(namespace)
                                .withName("single")
                                .get()
                        == null);
        assertThat(client.configMaps().inNamespace(namespace).withName("double").get())
                .isNotNull();
    }

    private static ConfigMap config(String name, List<ConfigMap> owners) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withOwnerReferences(owners.stream()
                        .map(owner -> new OwnerReferenceBuilder()
                                .withApiVersion("v1")
                                .withKind("ConfigMap")
                                .withName(owner.getMetadata().getName())
                                .withUid(owner.getMetadata().getUid())
                                .build())
                        .toList())
                .endMetadata()
                .build();
    }

    private static StatefulSet parallel(String name, int replicas) {
        return set(name, replicas, spec -> spec.getSpec().setPodManagementPolicy("Parallel"));
    }

    private static StatefulSet set(String name, int replicas, Consumer<StatefulSet> edit) {
        StatefulSet set = TestPods.statefulSet(name, replicas);
        set.getSpec().getTemplate().getSpec().getContainers().getFirst().setImage(name + ":1");
        edit.accept(set);
        return set;
    }

    private static StatefulSet withClaims(StatefulSet set, String whenDeleted, String whenScaled) {
        return new StatefulSetBuilder(set)
                .editSpec()
                .withNewPersistentVolumeClaimRetentionPolicy(whenDeleted, whenScaled)
                .addNewVolumeClaimTemplate()
                .withNewMetadata()
                .withName("data")
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withNewResources()
                .addToRequests("storage", new Quantity("1Gi"))
                .endResources()
                .endSpec()
                .endVolumeClaimTemplate()
                .endSpec()
                .build();
    }

    private void create(StatefulSet set) {
        client.apps().statefulSets().inNamespace(namespace).resource(set).create();
    }

    private RollableScalableResource<StatefulSet> sets(String name) {
        return client.apps().statefulSets().inNamespace(namespace).withName(name);
    }

    private void setImage(String name, String image) {
        sets(name).patch(PatchContext.of(PatchType.STRATEGIC_MERGE), """
                {"spec":{"template":{"spec":{"containers":[{"name":"main","image":"%s"}]}}}}""".formatted(image));
    }

    private void partition(String name, int partition) {
        sets(name).patch(PatchContext.of(PatchType.JSON_MERGE), """
                {"spec":{"updateStrategy":{"rollingUpdate":{"partition":%d}}}}""".formatted(partition));
    }

    private List<Pod> pods() {
        return client.pods().inNamespace(namespace).list().getItems().stream()
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
                .toList();
    }

    private List<String> podNames() {
        return pods().stream().map(pod -> pod.getMetadata().getName()).toList();
    }

    private List<String> uids() {
        return pods().stream().map(pod -> pod.getMetadata().getUid()).toList();
    }

    private List<String> images(String name) {
        return client.pods().inNamespace(namespace).withLabels(Map.of("app", name)).list().getItems().stream()
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
                .map(pod -> pod.getSpec().getContainers().getFirst().getImage())
                .toList();
    }

    private List<String> claimNames() {
        return client.persistentVolumeClaims().inNamespace(namespace).list().getItems().stream()
                .map(HasMetadata::getMetadata)
                .map(metadata -> metadata.getName())
                .sorted()
                .toList();
    }

    private void awaitReady(String name, int replicas) {
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(sets(name).get().getStatus()).isNotNull();
            assertThat(sets(name).get().getStatus().getReadyReplicas()).isEqualTo(replicas);
        });
    }

    private void awaitPods(String... names) {
        await().atMost(SOON).untilAsserted(() -> assertThat(podNames()).containsExactly(names));
    }

    private void awaitClaims(String... names) {
        await().atMost(SOON).untilAsserted(() -> assertThat(claimNames()).containsExactly(names));
    }

    private void awaitImages(String name, String... images) {
        await().atMost(SOON).untilAsserted(() -> assertThat(images(name)).containsExactly(images));
    }
}
