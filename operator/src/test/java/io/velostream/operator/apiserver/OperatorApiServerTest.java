package io.velostream.operator.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.velostream.crd.v1alpha1.ActionPhase;
import io.velostream.crd.v1alpha1.ActionRequest;
import io.velostream.crd.v1alpha1.ActionStatus;
import io.velostream.crd.v1alpha1.ClusterActions;
import io.velostream.crd.v1alpha1.ClusterRef;
import io.velostream.crd.v1alpha1.ConfigMapKeyRef;
import io.velostream.crd.v1alpha1.Drain;
import io.velostream.crd.v1alpha1.DrainTimeoutPolicy;
import io.velostream.crd.v1alpha1.KubeDuration;
import io.velostream.crd.v1alpha1.SqlSource;
import io.velostream.crd.v1alpha1.VeloStreamJobSpecBuilder;
import io.velostream.operator.engine.EngineException;
import io.velostream.operator.engine.EngineJobDocument.DesiredState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The operator against a real API server, with pods that are only pretended. */
class OperatorApiServerTest extends OperatorOnApiServer {

    private int replicas() {
        return cluster.client()
                .apps()
                .statefulSets()
                .inNamespace(namespace)
                .withName("primary")
                .get()
                .getSpec()
                .getReplicas();
    }

    @Test
    void writesNothingOnceClusterAndJobAreAsTheyShouldBe() {
        runningCluster(2);
        runningJob();
        // Passes come every second; a few settle what the last events brought.
        AtomicInteger before = new AtomicInteger(-1);
        soon().pollInterval(Duration.ofSeconds(3))
                .until(() -> before.getAndSet(writes.writes().size())
                        == writes.writes().size());
        int settled = writes.writes().size();

        await().during(Duration.ofSeconds(5))
                .atMost(Duration.ofSeconds(7))
                .untilAsserted(() -> assertThat(
                                writes.writes().subList(settled, writes.writes().size()))
                        .isEmpty());
    }

    @Test
    void givesAJobToEveryPodAndToThoseThatComeLater() {
        runningCluster(1);
        runningJob();
        assertThat(pods.document("primary-0", "orders").orElseThrow().replicas())
                .isEqualTo(1);

        resources.patchCluster("{'replicas':3}");

        soon().untilAsserted(() -> {
            assertThat(resources.clusterCondition("Ready")).isEqualTo("True/Running");
            assertThat(pods.document("primary-2", "orders")).isPresent();
            assertThat(pods.document("primary-0", "orders").orElseThrow().replicas())
                    .isEqualTo(3);
        });
    }

    @Test
    void drainsBeforeScalingIn() {
        runningCluster(3);
        runningJob();
        pods.holdDrains();
        resources.patchCluster("{'replicas':2}");

        soon().untilAsserted(() -> assertThat(pods.callsWith("primary-2 drain")).isNotEmpty());
        Pod leaving = cluster.client()
                .pods()
                .inNamespace(namespace)
                .withName("primary-2")
                .get();
        assertThat(leaving.getMetadata().getLabels()).containsEntry("velostream.io/in-service", "false");
        assertThat(pods.inMaintenance("primary-2")).isTrue();
        assertThat(pods.calls.indexOf("primary-2 maintenance on")).isLessThan(pods.calls.indexOf("primary-2 drain"));
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(4)).until(() -> replicas() == 3);

        pods.finishDrains();
        soon().untilAsserted(() -> {
            assertThat(replicas()).isEqualTo(2);
            assertThat(resources.clusterCondition("Ready")).isEqualTo("True/Running");
        });
        assertThat(resources.cluster().getStatus().actions())
                .filteredOn(action -> action.type().equals("scaleIn"))
                .extracting(ActionStatus::phase)
                .containsExactly(ActionPhase.SUCCEEDED);
    }

    @Test
    void keepsThePodWhenItsDrainTimesOut() {
        resources.create(resources.clusterSpec(2).drain(new Drain(KubeDuration.of("1s"), DrainTimeoutPolicy.STOP)));
        soon().untilAsserted(
                        () -> assertThat(resources.clusterCondition("Ready")).isEqualTo("True/Running"));
        pods.holdDrains();
        resources.patchCluster("{'replicas':1}");

        soon().untilAsserted(
                        () -> assertThat(resources.clusterCondition("Stalled")).isEqualTo("True/DrainTimedOut"));
        assertThat(replicas()).isEqualTo(2);

        resources.patchCluster("{'replicas':2}");
        soon().untilAsserted(() -> {
            assertThat(resources.clusterCondition("Ready")).isEqualTo("True/Running");
            assertThat(pods.callsWith("primary-1 restart")).hasSize(1);
            assertThat(pods.inMaintenance("primary-1")).isFalse();
        });
    }

    @Test
    void keepsTheLastGoodSqlRunningWhenTheNewOneIsBad() {
        runningCluster(2);
        runningJob();
        String good = pods.document("primary-0", "orders").orElseThrow().sql();

        resources.patchJob("orders", "{'sql':'CREATE STREAM big AS SELEKT * FROM orders;'}");

        soon().untilAsserted(() ->
                assertThat(resources.jobCondition("orders", "Valid")).isEqualTo("False/InvalidSql"));
        assertThat(resources.jobMessage("orders", "Valid")).contains("1:22");
        assertThat(resources.jobCondition("orders", "Stalled")).isEqualTo("True/InvalidSql");
        assertThat(resources.jobCondition("orders", "Available")).isEqualTo("True/Running");
        assertThat(pods.document("primary-0", "orders").orElseThrow().sql()).isEqualTo(good);

        resources.patchJob("orders", "{'desiredState':'Drained'}");
        soon().untilAsserted(() -> assertThat(
                        pods.document("primary-1", "orders").orElseThrow().desiredState())
                .isEqualTo(DesiredState.DRAINED));
        assertThat(pods.document("primary-1", "orders").orElseThrow().sql()).isEqualTo(good);
    }

    @Test
    void drainsAndResumesAJob() {
        runningCluster(2);
        runningJob();

        resources.patchJob("orders", "{'desiredState':'Drained'}");
        soon().untilAsserted(() ->
                assertThat(resources.jobCondition("orders", "Ready")).isEqualTo("True/Drained"));
        assertThat(resources.job("orders").getStatus().phase()).isEqualTo("Drained");

        resources.patchJob("orders", "{'desiredState':'Running'}");
        soon().untilAsserted(() ->
                assertThat(resources.jobCondition("orders", "Ready")).isEqualTo("True/Running"));
    }

    @Test
    void stopsAClusterOnlyWhenItsJobsAreDrainedAndStartsItAgain() {
        runningCluster(2);
        runningJob();

        resources.patchCluster("{'desiredState':'Stopped'}");
        soon().untilAsserted(
                        () -> assertThat(resources.clusterCondition("Ready")).isEqualTo("True/Stopped"));
        assertThat(replicas()).isZero();
        assertThat(pods.calls).contains("primary-0 put orders STOPPED", "primary-1 put orders STOPPED");

        resources.patchCluster("{'desiredState':'Running'}");
        soon().untilAsserted(() -> {
            assertThat(resources.clusterCondition("Ready")).isEqualTo("True/Running");
            assertThat(resources.jobCondition("orders", "Ready")).isEqualTo("True/Running");
        });
    }

    @Test
    void adoptsRequestsThatAreThereAtCreationAndRunsLaterOnesOnce() {
        resources.create(resources.clusterSpec(2).actions(new ClusterActions(new ActionRequest("from-git"), null)));
        soon().untilAsserted(
                        () -> assertThat(resources.clusterCondition("Ready")).isEqualTo("True/Running"));
        assertThat(pods.callsWith("restart")).isEmpty();
        assertThat(resources.cluster().getStatus().actions())
                .extracting(ActionStatus::phase)
                .containsExactly(ActionPhase.ADOPTED);

        resources.patchCluster("{'actions':{'restartProcessing':{'requestId':'today-1'}}}");

        soon().untilAsserted(() -> assertThat(resources.cluster().getStatus().actions())
                .filteredOn(action -> action.requestId().equals("today-1"))
                .extracting(ActionStatus::phase)
                .containsExactly(ActionPhase.SUCCEEDED));
        assertThat(pods.callsWith("restart")).containsExactly("primary-0 restart today-1", "primary-1 restart today-1");

        resources.patchCluster("{'actions':{'restartProcessing':{'requestId':'from-git'}}}");
        await().during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(5))
                .until(() -> pods.callsWith("restart").size() == 2);
    }

    @Test
    void rollsThePodsOneByOneForARestart() {
        runningCluster(2);
        List<String> before = uids();

        resources.patchCluster("{'actions':{'restartPods':{'requestId':'p-1'}}}");

        soon().untilAsserted(() -> assertThat(resources.cluster().getStatus().actions())
                .filteredOn(action -> action.requestId().equals("p-1"))
                .extracting(ActionStatus::phase)
                .containsExactly(ActionPhase.SUCCEEDED));
        assertThat(uids()).doesNotContainAnyElementsOf(before);
    }

    @Test
    void stopsARolloutAtThePodThatCannotStartAndRepairsItWithTheNextTemplate() {
        runningCluster(2);
        cluster.holdBack("primary-1");
        resources.patchCluster("{'image':'velostream/engine:typo'}");
        soon().untilAsserted(
                        () -> assertThat(resources.clusterCondition("Stalled")).isEqualTo("True/PodStuck"));
        String untouched = uids().get(0);

        resources.patchCluster("{'image':'velostream/engine:mended'}");
        cluster.letRun(namespace, "none");
        soon().untilAsserted(() -> assertThat(image("primary-1")).isEqualTo("velostream/engine:mended"));
        assertThat(uids().get(0)).isEqualTo(untouched);

        cluster.letRun(namespace, "primary-1");
        soon().untilAsserted(() -> {
            assertThat(image("primary-0")).isEqualTo("velostream/engine:mended");
            assertThat(resources.clusterCondition("Ready")).isEqualTo("True/Running");
        });
    }

    @Test
    void refusesAForeignObjectOfANameThatItNeeds() {
        cluster.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("primary-config")
                        .endMetadata()
                        .withData(java.util.Map.of("mine", "yes"))
                        .build())
                .create();
        resources.create(resources.clusterSpec(1));

        soon().untilAsserted(
                        () -> assertThat(resources.clusterCondition("Stalled")).isEqualTo("True/ForeignObject"));
        assertThat(cluster.client()
                        .configMaps()
                        .inNamespace(namespace)
                        .withName("primary-config")
                        .get()
                        .getData())
                .containsOnlyKeys("mine");
    }

    @Test
    void putsBackWhatSomebodyDeletedOrEdited() {
        runningCluster(1);
        cluster.client().services().inNamespace(namespace).withName("primary").delete();
        cluster.client()
                .configMaps()
                .inNamespace(namespace)
                .withName("primary-config")
                .edit(map -> {
                    map.getData().put("velostream.yaml", "edited: true");
                    return map;
                });

        soon().untilAsserted(() -> {
            assertThat(cluster.client()
                            .services()
                            .inNamespace(namespace)
                            .withName("primary")
                            .get())
                    .isNotNull();
            assertThat(cluster.client()
                            .configMaps()
                            .inNamespace(namespace)
                            .withName("primary-config")
                            .get()
                            .getData()
                            .get("velostream.yaml"))
                    .contains("bootstrap_servers");
        });
    }

    @Test
    void waitsForAMissingClusterAndGoesOnByItself() {
        resources.createJob("orders", Resources.GOOD_SQL);
        soon().untilAsserted(() ->
                assertThat(resources.jobCondition("orders", "Ready")).isEqualTo("False/ClusterMissing"));
        assertThat(resources.job("orders").getStatus().phase()).isEqualTo("Pending");

        resources.create(resources.clusterSpec(1));

        soon().untilAsserted(() ->
                assertThat(resources.jobCondition("orders", "Ready")).isEqualTo("True/Running"));
    }

    @Test
    void followsTheConfigMapThatHoldsTheSql() {
        runningCluster(1);
        resources.createJob(
                "orders",
                VeloStreamJobSpecBuilder.builder()
                        .clusterRef(new ClusterRef("primary"))
                        .sqlFrom(new SqlSource(new ConfigMapKeyRef("queries", "orders.sql"))));
        soon().untilAsserted(() ->
                assertThat(resources.jobCondition("orders", "Ready")).isEqualTo("False/SqlNotFound"));

        queries(Resources.GOOD_SQL);
        soon().untilAsserted(() ->
                assertThat(resources.jobCondition("orders", "Ready")).isEqualTo("True/Running"));

        queries(Resources.GOOD_SQL.replace("> 100", "> 200"));
        soon().untilAsserted(() -> assertThat(
                        pods.document("primary-0", "orders").orElseThrow().sql())
                .contains("> 200"));

        cluster.client().configMaps().inNamespace(namespace).withName("queries").delete();
        soon().untilAsserted(() ->
                assertThat(resources.jobCondition("orders", "Ready")).isEqualTo("False/SqlNotFound"));
        assertThat(pods.document("primary-0", "orders").orElseThrow().sql()).contains("> 200");
    }

    private void queries(String sql) {
        cluster.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("queries")
                        .endMetadata()
                        .withData(java.util.Map.of("orders.sql", sql))
                        .build())
                .createOr(io.fabric8.kubernetes.client.dsl.NonDeletingOperation::update);
    }

    @Test
    void endsAJobThatCannotBeDrainedWhereTheSpecSaysForce() {
        runningCluster(2);
        resources.createJob(
                "orders",
                VeloStreamJobSpecBuilder.builder()
                        .clusterRef(new ClusterRef("primary"))
                        .drain(new Drain(KubeDuration.of("1s"), DrainTimeoutPolicy.FORCE))
                        .sql(Resources.GOOD_SQL));
        soon().untilAsserted(() ->
                assertThat(resources.jobCondition("orders", "Ready")).isEqualTo("True/Running"));
        pods.holdDrains();

        resources.patchJob("orders", "{'desiredState':'Stopped'}");

        soon().untilAsserted(() ->
                assertThat(resources.jobCondition("orders", "Ready")).isEqualTo("True/Stopped"));
        assertThat(resources.jobMessage("orders", "Ready")).contains("without being drained");
        assertThat(pods.callsWith("delete orders"))
                .containsExactlyInAnyOrder("primary-0 delete orders", "primary-1 delete orders");
        assertThat(resources.job("orders").getStatus().actions())
                .filteredOn(action -> action.type().equals("stop"))
                .singleElement()
                .satisfies(action -> {
                    assertThat(action.phase()).isEqualTo(ActionPhase.FAILED);
                    assertThat(action.message()).contains("drain.onTimeout: Force");
                });

        resources.patchJob("orders", "{'desiredState':'Running'}");
        soon().untilAsserted(() ->
                assertThat(resources.jobCondition("orders", "Ready")).isEqualTo("True/Running"));
    }

    @Test
    void saysWhichPodsHaveAnOpenBreakerOrAreBeyondTheirLimits() {
        runningCluster(2);
        runningJob();
        soon().untilAsserted(() -> {
            assertThat(resources.clusterCondition("CircuitBreakersClosed")).isEqualTo("True/AsExpected");
            assertThat(resources.clusterCondition("ResourcesWithinLimits")).isEqualTo("True/AsExpected");
            assertThat(resources.jobCondition("orders", "CircuitBreakersClosed"))
                    .isEqualTo("True/AsExpected");
        });

        pods.failsCheck("primary-1", "circuit_breakers").failsCheck("primary-0", "resources");

        soon().untilAsserted(() -> {
            assertThat(resources.clusterCondition("CircuitBreakersClosed")).isEqualTo("False/CircuitBreakerOpen");
            assertThat(resources.clusterCondition("ResourcesWithinLimits")).isEqualTo("False/LimitsExceeded");
            assertThat(resources.jobCondition("orders", "CircuitBreakersClosed"))
                    .isEqualTo("False/CircuitBreakerOpen");
        });
        assertThat(resources.jobMessage("orders", "CircuitBreakersClosed")).contains("primary-1");
    }

    @Test
    void removesADeletedJobFromEveryPod() {
        runningCluster(2);
        runningJob();

        cluster.client().resource(resources.job("orders")).delete();

        soon().until(() -> cluster.client()
                        .resources(io.velostream.crd.v1alpha1.VeloStreamJob.class)
                        .inNamespace(namespace)
                        .withName("orders")
                        .get()
                == null);
        assertThat(pods.document("primary-0", "orders")).isEmpty();
        assertThat(pods.document("primary-1", "orders")).isEmpty();
    }

    @Test
    void letsADeletedJobGoWhenAPodNeverAnswersAndRemovesItLater() {
        runningCluster(2);
        resources.createJob(
                "orders",
                VeloStreamJobSpecBuilder.builder()
                        .clusterRef(new ClusterRef("primary"))
                        .sql(Resources.GOOD_SQL)
                        .deletionTimeout(KubeDuration.of("2s")));
        soon().untilAsserted(() ->
                assertThat(resources.jobCondition("orders", "Ready")).isEqualTo("True/Running"));
        pods.fail("primary-1", EngineException.Kind.NO_ANSWER);

        cluster.client().resource(resources.job("orders")).delete();

        soon().until(() -> cluster.client()
                        .resources(io.velostream.crd.v1alpha1.VeloStreamJob.class)
                        .inNamespace(namespace)
                        .withName("orders")
                        .get()
                == null);
        pods.recover("primary-1");
        soon().untilAsserted(
                        () -> assertThat(pods.document("primary-1", "orders")).isEmpty());
    }

    @Test
    void givesAJobPodsOfItsOwn() {
        resources.createJob(
                "orders",
                VeloStreamJobSpecBuilder.builder()
                        .cluster(resources.clusterSpec(1).build())
                        .sql(Resources.GOOD_SQL));

        soon().untilAsserted(() ->
                assertThat(resources.jobCondition("orders", "Ready")).isEqualTo("True/Running"));
        assertThat(pods.document("orders-0", "orders")).isPresent();
    }

    private List<String> uids() {
        return cluster.client().pods().inNamespace(namespace).list().getItems().stream()
                .sorted(java.util.Comparator.comparing(pod -> pod.getMetadata().getName()))
                .map(pod -> pod.getMetadata().getUid())
                .toList();
    }

    private String image(String pod) {
        Pod found = cluster.client().pods().inNamespace(namespace).withName(pod).get();
        return found == null ? "" : found.getSpec().getContainers().get(0).getImage();
    }
}
