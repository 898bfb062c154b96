package io.velostream.local.apiserver;

import static io.velostream.local.apiserver.Widgets.refusal;
import static io.velostream.local.apiserver.Widgets.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What every local API server does, whoever wrote it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ApiServerContract {
    private LocalApiServer server;
    private KubernetesClient client;
    private String namespace;
    private Widgets widgets;

    abstract LocalApiServer start(Path directory);

    @BeforeAll
    void startServer(@TempDir Path directory) {
        server = start(directory);
        server.applyCrds(Crds.widget(directory));
        client = server.client();
    }

    @AfterAll
    void stopServer() {
        if (server != null) {
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
        widgets = new Widgets(client, namespace);
    }

    @Test
    void isReachableThroughItsKubeconfig() {
        try (KubernetesClient other = new KubernetesClientBuilder()
                .withConfig(io.fabric8.kubernetes.client.Config.fromKubeconfig(
                        server.kubeconfig().toFile()))
                .build()) {
            assertThat(other.namespaces().withName("default").get()).isNotNull();
            assertThat(other.getKubernetesVersion().getMajor()).isEqualTo("1");
        }
    }

    @Test
    void givesNewObjectsTheirIdentity() {
        GenericKubernetesResource created = widgets.create("w", Map.of());

        assertThat(created.getMetadata().getUid()).isNotBlank();
        assertThat(created.getMetadata().getCreationTimestamp()).isNotBlank();
        assertThat(created.getMetadata().getResourceVersion()).isNotBlank();
        assertThat(created.getMetadata().getGeneration()).isEqualTo(1);
        assertThat(refusal(() -> widgets.create("w", Map.of()))).isEqualTo(409);
    }

    @Test
    void makesANameFromAPrefix() {
        ConfigMap created = client.configMaps()
                .inNamespace(namespace)
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withGenerateName("made-")
                        .endMetadata()
                        .build())
                .create();

        assertThat(created.getMetadata().getName()).startsWith("made-").hasSize("made-".length() + 5);
    }

    @Test
    void refusesObjectsInANamespaceThatIsNotThere() {
        assertThat(refusal(() -> new Widgets(client, "nowhere").create("w", Map.of())))
                .isEqualTo(404);
        assertThat(widgets.get("absent")).isNull();
    }

    @Test
    void fillsInDefaultsAndDropsUnknownFields() {
        widgets.merge(
                widgets.create("w", Map.of("labels", Map.of("a", "b")))
                        .getMetadata()
                        .getName(),
                """
                {"spec":{"unheardOf":1}}""");

        GenericKubernetesResource stored = widgets.get("w");
        assertThat(spec(stored, "replicas")).isEqualTo(1);
        assertThat(spec(stored, "colour")).isEqualTo("red");
        assertThat(spec(stored, "labels", "a")).isEqualTo("b");
        assertThat(spec(stored, "unheardOf")).isNull();
    }

    @Test
    void refusesWhatTheSchemaForbids() {
        assertThatThrownBy(() -> widgets.create("w", Map.of("colour", "pink")))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("spec.colour")
                .hasMessageContaining("supported values");
        assertThat(refusal(() -> widgets.create("w", Map.of("replicas", -1)))).isEqualTo(422);
        assertThat(refusal(() -> widgets.create("w", Map.of("replicas", "many"))))
                .isEqualTo(422);
        assertThat(refusal(() -> widgets.create("w", Map.of("name", "toolong"))))
                .isEqualTo(422);
        assertThat(refusal(() -> widgets.create("w", Map.of("name", "A")))).isEqualTo(422);
        assertThat(refusal(() -> widgets.create("w", Map.of("parts", List.of(Map.of("size", 1))))))
                .isEqualTo(422);
    }

    @Test
    void countsTheGenerationWhenTheSpecChangesAndOnlyThen() {
        widgets.create("w", Map.of());

        widgets.merge("w", """
                {"metadata":{"labels":{"a":"b"}}}""");
        assertThat(widgets.get("w").getMetadata().getGeneration()).isEqualTo(1);

        widgets.named("w").subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), """
                {"status":{"replicas":3}}""");
        assertThat(widgets.get("w").getMetadata().getGeneration()).isEqualTo(1);

        widgets.merge("w", """
                {"spec":{"colour":"blue"}}""");
        assertThat(widgets.get("w").getMetadata().getGeneration()).isEqualTo(2);
    }

    @Test
    void keepsSpecAndStatusApart() {
        widgets.create("w", Map.of());

        widgets.merge("w", """
                {"status":{"replicas":9}}""");
        assertThat(widgets.get("w").<Object>get("status", "replicas")).isNull();

        widgets.named("w").subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), """
                {"spec":{"colour":"blue"},"status":{"replicas":9}}""");
        assertThat(widgets.get("w").<Object>get("status", "replicas")).isEqualTo(9);
        assertThat(spec(widgets.get("w"), "colour")).isEqualTo("red");
    }

    @Test
    void refusesAnUpdateOfAnOldRevision() {
        GenericKubernetesResource old = widgets.create("w", Map.of());
        widgets.merge("w", """
                {"spec":{"colour":"blue"}}""");

        assertThat(refusal(() -> client.genericKubernetesResources(Widgets.TYPE)
                        .inNamespace(namespace)
                        .resource(old)
                        .update()))
                .isEqualTo(409);
        assertThat(refusal(() -> widgets.merge("w", """
                {"metadata":{"uid":"11111111-2222-3333-4444-555555555555"}}"""))).isEqualTo(422);
    }

    @Test
    void writesNothingWhenNothingChanges() {
        String revision =
                widgets.create("w", Map.of("colour", "blue")).getMetadata().getResourceVersion();

        widgets.merge("w", """
                {"spec":{"colour":"blue"}}""");

        assertThat(widgets.get("w").getMetadata().getResourceVersion()).isEqualTo(revision);
    }

    @Test
    void createsByServerSideApplyAndASecondApplyWritesNothing() {
        GenericKubernetesResource first = widgets.apply("one", false, "w", Map.of("colour", "blue"));
        GenericKubernetesResource second = widgets.apply("one", false, "w", Map.of("colour", "blue"));

        assertThat(second.getMetadata().getResourceVersion())
                .isEqualTo(first.getMetadata().getResourceVersion());
        assertThat(second.getMetadata().getUid()).isEqualTo(first.getMetadata().getUid());
        assertThat(second.getMetadata().getManagedFields()).singleElement().satisfies(entry -> {
            assertThat(entry.getManager()).isEqualTo("one");
            assertThat(entry.getOperation()).isEqualTo("Apply");
            assertThat(entry.getFieldsV1().getAdditionalProperties())
                    .isEqualTo(Map.of("f:spec", Map.of("f:colour", Map.of())));
        });
    }

    @Test
    void keepsTheFieldsOfOtherManagersAndRemovesWhatIsNoLongerApplied() {
        widgets.apply("one", false, "w", Map.of("colour", "blue", "name", "abc"));
        widgets.apply("two", false, "w", Map.of("labels", Map.of("a", "b")));

        GenericKubernetesResource after = widgets.apply("one", false, "w", Map.of("colour", "blue"));

        assertThat(spec(after, "name")).isNull();
        assertThat(spec(after, "labels", "a")).isEqualTo("b");
    }

    @Test
    void keepsAFieldThatTwoApplyUntilBothLetGo() {
        widgets.apply("one", false, "w", Map.of("colour", "blue"));
        widgets.apply("two", false, "w", Map.of("colour", "blue"));

        assertThat(spec(widgets.apply("one", false, "w", Map.of()), "colour")).isEqualTo("blue");
        assertThat(spec(widgets.apply("two", false, "w", Map.of()), "colour")).isEqualTo("red");
    }

    @Test
    void refusesToTakeAFieldFromAnotherManagerUnlessForced() {
        widgets.apply("one", false, "w", Map.of("colour", "blue"));

        assertThatThrownBy(() -> widgets.apply("two", false, "w", Map.of("colour", "green")))
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(409))
                .hasMessageContaining(".spec.colour");

        assertThat(spec(widgets.apply("two", true, "w", Map.of("colour", "green")), "colour"))
                .isEqualTo("green");
        assertThat(refusal(() -> widgets.apply("one", false, "w", Map.of("colour", "blue"))))
                .isEqualTo(409);
    }

    @Test
    void mergesKeyedListsItemByItem() {
        widgets.apply("one", false, "w", Map.of("parts", List.of(Map.of("id", "a", "size", 1))));
        widgets.apply(
                "two",
                false,
                "w",
                Map.of("parts", List.of(Map.of("id", "a", "weight", 7), Map.of("id", "b", "size", 2))));

        assertThat(spec(widgets.get("w"), "parts"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .containsExactlyInAnyOrder(Map.of("id", "a", "size", 1, "weight", 7), Map.of("id", "b", "size", 2));

        widgets.apply("two", false, "w", Map.of("parts", List.of(Map.of("id", "a", "weight", 7))));
        assertThat(spec(widgets.get("w"), "parts")).isEqualTo(List.of(Map.of("id", "a", "size", 1, "weight", 7)));
    }

    @Test
    void appliesStatusApartFromSpec() {
        widgets.apply("one", false, "w", Map.of("colour", "blue"));
        GenericKubernetesResource status = Widgets.widget("w", Map.of());
        status.getAdditionalProperties().remove("spec");
        status.setAdditionalProperty(
                "status", Map.of("conditions", List.of(Map.of("type", "Ready", "status", "True"))));

        PatchContext apply = new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("one")
                .withForce(true)
                .build();
        widgets.named("w").subresource("status").patch(apply, status);
        String revision = widgets.get("w").getMetadata().getResourceVersion();
        widgets.named("w").subresource("status").patch(apply, status);

        GenericKubernetesResource after = widgets.get("w");
        assertThat(after.getMetadata().getResourceVersion()).isEqualTo(revision);
        assertThat(after.<List<?>>get("status", "conditions"))
                .isEqualTo(List.of(Map.of("type", "Ready", "status", "True")));
        assertThat(after.getMetadata().getManagedFields())
                .extracting(ManagedFieldsEntry::getSubresource)
                .containsExactlyInAnyOrder(null, "status");
    }

    @Test
    void appliesAStatefulSetTwiceWithoutAWrite() {
        var set = TestPods.statefulSet("web", 2);

        PatchContext apply = new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("one")
                .withForce(true)
                .build();
        var sets = client.apps().statefulSets().inNamespace(namespace);
        String first = sets.withName("web").patch(apply, set).getMetadata().getResourceVersion();
        String second = sets.withName("web").patch(apply, set).getMetadata().getResourceVersion();

        assertThat(second).isEqualTo(first);
        assertThat(sets.withName("web").get().getSpec().getUpdateStrategy().getType())
                .isEqualTo("RollingUpdate");
        set.getSpec().setServiceName("other");
        assertThat(refusal(() -> sets.withName("web").patch(apply, set))).isEqualTo(422);
    }

    @Test
    void scalesThroughTheScaleSubresource() {
        widgets.create("w", Map.of());
        client.apps()
                .statefulSets()
                .inNamespace(namespace)
                .resource(TestPods.statefulSet("web", 2))
                .create();

        widgets.named("w").scale(4);
        client.apps().statefulSets().inNamespace(namespace).withName("web").scale(3);

        assertThat(spec(widgets.get("w"), "replicas")).isEqualTo(4);
        assertThat(widgets.get("w").getMetadata().getGeneration()).isEqualTo(2);
        assertThat(client.apps()
                        .statefulSets()
                        .inNamespace(namespace)
                        .withName("web")
                        .get()
                        .getSpec()
                        .getReplicas())
                .isEqualTo(3);
    }

    @Test
    void keepsAnObjectUntilItsLastFinalizerIsGone() {
        widgets.create("w", Map.of());
        widgets.merge("w", """
                {"metadata":{"finalizers":["example.com/a"]}}""");

        widgets.named("w").delete();
        assertThat(widgets.get("w").getMetadata().getDeletionTimestamp()).isNotNull();

        widgets.merge("w", """
                {"metadata":{"finalizers":null}}""");
        assertThat(widgets.get("w")).isNull();
    }

    @Test
    void deletesOnlyTheObjectThatIsMeant() {
        widgets.create("w", Map.of());

        assertThat(refusal(() -> client.raw(
                        "/apis/example.com/v1/namespaces/" + namespace + "/widgets/w",
                        "DELETE",
                        new io.fabric8.kubernetes.api.model.DeleteOptionsBuilder()
                                .withNewPreconditions(null, "another-uid")
                                .build())))
                .isEqualTo(409);
        assertThat(widgets.get("w")).isNotNull();
    }

    @Test
    void givesABoundPodTimeToStop() {
        Pod pod =
                client.pods().inNamespace(namespace).resource(TestPods.pod("p")).create();
        assertThat(pod.getStatus().getPhase()).isEqualTo("Pending");
        assertThat(pod.getSpec().getRestartPolicy()).isEqualTo("Always");
        TestPods.bind(client, pod, "some-node");

        client.pods().inNamespace(namespace).withName("p").withGracePeriod(20).delete();

        Pod stopping = client.pods().inNamespace(namespace).withName("p").get();
        assertThat(stopping.getSpec().getNodeName()).isEqualTo("some-node");
        assertThat(stopping.getMetadata().getDeletionGracePeriodSeconds()).isEqualTo(20);
        client.pods().inNamespace(namespace).withName("p").withGracePeriod(0).delete();
        assertThat(client.pods().inNamespace(namespace).withName("p").get()).isNull();
    }

    @Test
    void deletesAPodWithoutANodeAtOnce() {
        client.pods().inNamespace(namespace).resource(TestPods.pod("p")).create();

        client.pods().inNamespace(namespace).withName("p").delete();

        assertThat(client.pods().inNamespace(namespace).withName("p").get()).isNull();
    }

    @Test
    void bindsAPodOnce() {
        Pod pod =
                client.pods().inNamespace(namespace).resource(TestPods.pod("p")).create();
        TestPods.bind(client, pod, "one");

        assertThat(refusal(() -> TestPods.bind(client, pod, "two"))).isEqualTo(409);
        assertThat(client.pods()
                        .inNamespace(namespace)
                        .withField("spec.nodeName", "one")
                        .list()
                        .getItems())
                .hasSize(1);
    }

    @Test
    void selectsByLabelsAndFields() {
        for (String name : List.of("a", "b", "c")) {
            client.pods()
                    .inNamespace(namespace)
                    .resource(new PodBuilder(TestPods.pod(name))
                            .editMetadata()
                            .addToLabels("name", name)
                            .addToLabels(name.equals("a") ? Map.of("first", "yes") : Map.of())
                            .endMetadata()
                            .build())
                    .create();
        }
        var pods = client.pods().inNamespace(namespace);

        assertThat(names(pods.withLabel("name", "a").list().getItems())).containsExactly("a");
        assertThat(names(pods.withLabelIn("name", "a", "c").list().getItems())).containsExactly("a", "c");
        assertThat(names(pods.withLabelNotIn("name", "a").list().getItems())).containsExactly("b", "c");
        assertThat(names(pods.withoutLabel("first").list().getItems())).containsExactly("b", "c");
        assertThat(names(pods.withLabel("first").list().getItems())).containsExactly("a");
        assertThat(names(pods.withField("metadata.name", "b").list().getItems()))
                .containsExactly("b");
        assertThat(names(pods.withoutField("status.phase", "Pending").list().getItems()))
                .isEmpty();
    }

    @Test
    void tellsWatchersWhatHappens() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        widgets.create("before", Map.of());
        String from = client.genericKubernetesResources(Widgets.TYPE)
                .inNamespace(namespace)
                .list()
                .getMetadata()
                .getResourceVersion();
        widgets.create("after", Map.of());

        try (Watch watch = client.genericKubernetesResources(Widgets.TYPE)
                .inNamespace(namespace)
                .withResourceVersion(from)
                .watch(recording(seen))) {
            assertThat(watch).isNotNull();
            widgets.merge("after", """
                    {"spec":{"colour":"blue"}}""");
            widgets.named("after").delete();

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(seen).containsExactly("ADDED after", "MODIFIED after", "DELETED after"));
        }
    }

    @Test
    void tellsAWatcherOfASelectorWhenAnObjectBeginsAndCeasesToMatch() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        widgets.create("w", Map.of());

        try (Watch watch = client.genericKubernetesResources(Widgets.TYPE)
                .inNamespace(namespace)
                .withLabel("watched", "yes")
                .watch(recording(seen))) {
            assertThat(watch).isNotNull();
            widgets.merge("w", """
                    {"metadata":{"labels":{"watched":"yes"}}}""");
            widgets.merge("w", """
                    {"metadata":{"labels":{"watched":"no"}}}""");

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(seen).containsExactly("ADDED w", "DELETED w"));
        }
    }

    @Test
    void feedsInformers() {
        try (SharedIndexInformer<GenericKubernetesResource> informer = client.genericKubernetesResources(Widgets.TYPE)
                .inNamespace(namespace)
                .inform()) {
            widgets.create("w", Map.of());
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> informer.getStore().getByKey(namespace + "/w") != null);

            widgets.named("w").delete();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> informer.getStore().getByKey(namespace + "/w") == null);
        }
    }

    @Test
    void electsALeader() throws Exception {
        AtomicBoolean leads = new AtomicBoolean();

        var elector = client.leaderElector()
                .withConfig(new LeaderElectionConfigBuilder()
                        .withName("test")
                        .withLeaseDuration(Duration.ofSeconds(10))
                        .withRenewDeadline(Duration.ofSeconds(5))
                        .withRetryPeriod(Duration.ofMillis(200))
                        .withReleaseOnCancel(true)
                        .withLock(new LeaseLock(namespace, "lock", "me"))
                        .withLeaderCallbacks(
                                new LeaderCallbacks(() -> leads.set(true), () -> leads.set(false), who -> {}))
                        .build())
                .build();
        var running = elector.start();

        await().atMost(Duration.ofSeconds(20)).untilTrue(leads);
        assertThat(client.leases()
                        .inNamespace(namespace)
                        .withName("lock")
                        .get()
                        .getSpec()
                        .getHolderIdentity())
                .isEqualTo("me");
        running.cancel(true);
        await().atMost(Duration.ofSeconds(20)).untilFalse(leads);
    }

    @Test
    void encodesTheStringDataOfASecret() {
        client.secrets()
                .inNamespace(namespace)
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("s")
                        .endMetadata()
                        .addToStringData("token", "abc")
                        .build())
                .create();

        var stored = client.secrets().inNamespace(namespace).withName("s").get();
        assertThat(stored.getData()).containsEntry("token", "YWJj");
        assertThat(stored.getStringData()).isNullOrEmpty();
        assertThat(stored.getType()).isEqualTo("Opaque");
    }

    @Test
    void patchesByEveryKindOfPatch() {
        client.pods().inNamespace(namespace).resource(TestPods.pod("p")).create();
        var pod = client.pods().inNamespace(namespace).withName("p");

        pod.patch(PatchContext.of(PatchType.JSON), """
                [{"op":"add","path":"/metadata/labels","value":{"a":"1","b":"2"}}]""");
        pod.patch(PatchContext.of(PatchType.JSON_MERGE), """
                {"metadata":{"labels":{"b":null,"c":"3"}}}""");
        pod.patch(PatchContext.of(PatchType.STRATEGIC_MERGE), """
                {"spec":{"containers":[{"name":"main","image":"new:2"}]}}""");

        assertThat(pod.get().getMetadata().getLabels()).isEqualTo(Map.of("a", "1", "c", "3"));
        assertThat(pod.get().getSpec().getContainers()).singleElement().satisfies(container -> {
            assertThat(container.getImage()).isEqualTo("new:2");
            assertThat(container.getPorts()).hasSize(1);
        });
    }

    @Test
    void answersQuestionsAboutRights() {
        var review = client.authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withVerb("create")
                        .withGroup("coordination.k8s.io")
                        .withResource("leases")
                        .withNamespace(namespace)
                        .endResourceAttributes()
                        .endSpec()
                        .build());

        assertThat(review.getStatus().getAllowed()).isTrue();
    }

    @Test
    void deletesACollection() {
        widgets.create("a", Map.of());
        widgets.create("b", Map.of());

        client.genericKubernetesResources(Widgets.TYPE).inNamespace(namespace).delete();

        await().atMost(Duration.ofSeconds(10))
                .until(() -> client.genericKubernetesResources(Widgets.TYPE)
                        .inNamespace(namespace)
                        .list()
                        .getItems()
                        .isEmpty());
    }

    @Test
    void tellsAFileWithoutADefinition(@TempDir Path directory) throws Exception {
        Path file = java.nio.file.Files.writeString(directory.resolve("a.yml"), """
                apiVersion: v1
                kind: ConfigMap
                metadata: { name: a }
                """);

        assertThatThrownBy(() -> server.applyCrds(file))
                .isInstanceOf(LocalApiServerException.class)
                .hasMessageContaining("no CustomResourceDefinition")
                .hasMessageContaining("a.yml");
    }

    private static List<String> names(List<Pod> pods) {
        return pods.stream().map(pod -> pod.getMetadata().getName()).toList();
    }

    private static Watcher<GenericKubernetesResource> recording(List<String> seen) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, GenericKubernetesResource object) {
                seen.add(action + " " + object.getMetadata().getName());
            }

            @Override
            public void onClose(WatcherException cause) {
                seen.add("CLOSED");
            }
        };
    }
}
