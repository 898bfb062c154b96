package io.velostream.operator.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.velostream.crd.v1alpha1.ActionPhase;
import io.velostream.crd.v1alpha1.ActionStatus;
import io.velostream.crd.v1alpha1.ClusterRef;
import io.velostream.crd.v1alpha1.KubeDuration;
import io.velostream.crd.v1alpha1.Upgrade;
import io.velostream.crd.v1alpha1.VeloStreamJobSpecBuilder;
import io.velostream.operator.engine.EngineJobDocument.DesiredState;
import io.velostream.operator.engine.EngineJobStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each procedure of the runbook that needs no more than pods: the patch, what is done to the pods, and the condition at the end. */
class RunbookApiServerTest extends OperatorOnApiServer {

    /** Running, and with its configuration known as a good one. */
    private void settledCluster(int replicas) {
        runningCluster(replicas);
        soon().untilAsserted(() ->
                assertThat(resources.clusterCondition("ConfigApplied")).isEqualTo("True/AsExpected"));
    }

    private List<Pod> podList() {
        return cluster.client().pods().inNamespace(namespace).list().getItems();
    }

    /** Hashes of the configurations that the pods started with. */
    private Set<String> configs() {
        return podList().stream()
                .map(pod -> pod.getMetadata().getAnnotations().get("velostream.io/config-hash"))
                .collect(Collectors.toSet());
    }

    private Map<String, String> configFiles() {
        return cluster.client()
                .configMaps()
                .inNamespace(namespace)
                .withName("primary-config")
                .get()
                .getData();
    }

    private List<ActionStatus> actions(String type) {
        return resources.cluster().getStatus().actions().stream()
                .filter(action -> action.type().equals(type))
                .toList();
    }

    private String message(String type) {
        return resources.cluster().getStatus().conditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .map(condition -> condition.getMessage())
                .findFirst()
                .orElse("");
    }

    @Test
    void deploysAConfigurationInMaintenanceAndKeepsIt() {
        settledCluster(2);
        Set<String> before = configs();

        resources.patchCluster("{'config':{'processing':{'batchSize':500}}}");

        soon().untilAsserted(() -> {
            assertThat(resources.clusterCondition("ConfigApplied")).isEqualTo("True/AsExpected");
            assertThat(resources.clusterCondition("Ready")).isEqualTo("True/Running");
        });
        assertThat(actions("configDeployment"))
                .singleElement()
                .extracting(ActionStatus::phase)
                .isEqualTo(ActionPhase.SUCCEEDED);
        assertThat(pods.callsWith("validate config")).hasSize(1);
        assertThat(pods.callsWith("maintenance on")).hasSize(2);
        assertThat(configs()).hasSize(1).doesNotContainAnyElementsOf(before);
        soon().untilAsserted(
                        () -> assertThat(configFiles().get("velostream.yaml")).contains("batch_size: 500"));
        assertThat(resources.cluster().getStatus().lastGoodConfigRevision())
                .isEqualTo(configs().iterator().next());
        soon().untilAsserted(() -> {
            assertThat(pods.inMaintenance("primary-0")).isFalse();
            assertThat(pods.inMaintenance("primary-1")).isFalse();
        });
    }

    @Test
    void changesNothingWhenAPodRefusesAConfiguration() {
        settledCluster(2);
        Set<String> before = configs();
        pods.configJudge(
                yaml -> yaml.contains("batch_size: 7") ? List.of("processing.batch_size: too small") : List.of());

        resources.patchCluster("{'config':{'processing':{'batchSize':7}}}");

        soon().untilAsserted(() ->
                assertThat(resources.clusterCondition("ConfigApplied")).isEqualTo("False/InvalidConfig"));
        assertThat(resources.clusterCondition("Stalled")).isEqualTo("True/InvalidConfig");
        assertThat(message("ConfigApplied")).contains("processing.batch_size: too small");
        assertThat(configs()).isEqualTo(before);
        assertThat(pods.callsWith("maintenance")).isEmpty();

        resources.patchCluster("{'config':{'processing':{'batchSize':8}}}");
        soon().untilAsserted(() ->
                assertThat(resources.clusterCondition("ConfigApplied")).isEqualTo("True/AsExpected"));
    }

    @Test
    void takesAConfigurationBackWithWhichPodsDoNotGetReady() {
        settledCluster(2);
        String before = configs().iterator().next();
        resources.patchCluster("{'configRollout':{'verifyTimeout':'1s'}}");
        pods.failsCheck("primary-0", "resources");

        resources.patchCluster("{'config':{'processing':{'batchSize':500}}}");

        soon().untilAsserted(() ->
                assertThat(resources.clusterCondition("ConfigApplied")).isEqualTo("False/ConfigRolledBack"));
        assertThat(message("ConfigApplied")).contains("primary-0 fails resources");
        soon().untilAsserted(() -> {
            assertThat(configs()).containsExactly(before);
            assertThat(pods.inMaintenance("primary-0")).isFalse();
            assertThat(pods.inMaintenance("primary-1")).isFalse();
        });
        assertThat(configFiles().get("velostream.yaml")).doesNotContain("batch_size");

        pods.passes("primary-0");
        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(configs()).containsExactly(before));
        assertThat(actions("configDeployment")).hasSize(1);
    }

    @Test
    void raisesLimitsAsOneConfigurationChange() {
        settledCluster(1);

        resources.patchCluster("{'config':{'resourceLimits':{'maxTotalMemory':'600Mi'}}}");

        soon().untilAsserted(() -> {
            assertThat(resources.clusterCondition("ConfigApplied")).isEqualTo("True/AsExpected");
            assertThat(configFiles().get("velostream.yaml")).contains("max_total_memory: 629145600");
        });
    }

    @Test
    void queuesWhatReplacesPodsUntilAMaintenanceWindowOpens() {
        settledCluster(2);
        List<String> before = podList().stream()
                .map(pod -> pod.getMetadata().getUid())
                .sorted()
                .toList();
        ZonedDateTime far = ZonedDateTime.now(ZoneOffset.UTC).plusHours(6);
        resources.patchCluster("{'maintenance':{'windows':[{'schedule':'0 " + far.getHour()
                + " * * *','duration':'1h'}]},'image':'velostream/engine:next',"
                + "'actions':{'restartProcessing':{'requestId':'w-1'}}}");

        soon().untilAsserted(() -> {
            assertThat(resources.clusterCondition("PendingMaintenance")).isEqualTo("True/OutsideWindow");
            assertThat(message("PendingMaintenance"))
                    .contains("2 pods")
                    .contains("restartProcessing w-1")
                    .contains("opens at");
        });
        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(podList().stream()
                                .map(pod -> pod.getMetadata().getUid())
                                .sorted())
                        .isEqualTo(before));
        assertThat(pods.callsWith("restart")).isEmpty();

        resources.patchCluster("{'maintenance':null}");

        soon().untilAsserted(() -> {
            assertThat(resources.clusterCondition("PendingMaintenance")).isEmpty();
            assertThat(podList().stream().map(pod -> pod.getMetadata().getUid()))
                    .doesNotContainAnyElementsOf(before);
            assertThat(actions("restartProcessing"))
                    .singleElement()
                    .extracting(ActionStatus::phase)
                    .isEqualTo(ActionPhase.SUCCEEDED);
            assertThat(resources.clusterCondition("Ready")).isEqualTo("True/Running");
        });
    }

    @Test
    void recoversWithTheSafeConfigurationAndGoesBackToTheOwn() {
        settledCluster(2);
        String own = configs().iterator().next();
        resources.patchCluster("{'desiredState':'Stopped','maintenance':{'enabled':true}}");
        soon().untilAsserted(
                        () -> assertThat(resources.clusterCondition("Ready")).isEqualTo("True/Stopped"));
        assertThat(podList()).isEmpty();

        resources.patchCluster("{'safeMode':true,'desiredState':'Running','maintenance':{'enabled':false}}");

        soon().untilAsserted(
                        () -> assertThat(resources.clusterCondition("Ready")).isEqualTo("True/SafeMode"));
        String safe = configs().iterator().next();
        assertThat(configFiles().get("velostream-" + safe + ".yaml"))
                .contains("max_parallelism: 1")
                .contains("bootstrap_servers");
        assertThat(actions("recovery"))
                .singleElement()
                .extracting(ActionStatus::phase)
                .isEqualTo(ActionPhase.SUCCEEDED);

        resources.patchCluster("{'safeMode':false}");
        soon().untilAsserted(() -> {
            assertThat(resources.clusterCondition("Ready")).isEqualTo("True/Running");
            assertThat(configs()).containsExactly(own);
        });
    }

    @Test
    void switchesMaintenanceOnAndOff() {
        settledCluster(2);

        resources.patchCluster("{'maintenance':{'enabled':true}}");
        soon().untilAsserted(() ->
                assertThat(resources.clusterCondition("Maintenance")).isEqualTo("True/MaintenanceEnabled"));
        assertThat(pods.inMaintenance("primary-0")).isTrue();
        assertThat(pods.inMaintenance("primary-1")).isTrue();

        resources.patchCluster("{'maintenance':{'enabled':false}}");
        soon().untilAsserted(() ->
                assertThat(resources.clusterCondition("Maintenance")).isEqualTo("False/AsExpected"));
        soon().untilAsserted(() -> assertThat(actions("maintenance"))
                .extracting(ActionStatus::phase)
                .containsOnly(ActionPhase.SUCCEEDED));
    }

    @Test
    void suspendsAndResumesAJobAndACluster() {
        settledCluster(2);
        runningJob();

        resources.patchJob("orders", "{'desiredState':'Suspended'}");
        soon().untilAsserted(() ->
                assertThat(resources.jobCondition("orders", "Ready")).isEqualTo("True/Suspended"));
        assertThat(resources.jobCondition("orders", "Reconciling")).isEmpty();
        resources.patchJob("orders", "{'desiredState':'Running'}");
        soon().untilAsserted(() ->
                assertThat(resources.jobCondition("orders", "Ready")).isEqualTo("True/Running"));

        resources.patchCluster("{'desiredState':'Suspended'}");
        soon().untilAsserted(() -> {
            assertThat(resources.clusterCondition("Ready")).isEqualTo("True/Suspended");
            assertThat(pods.document("primary-1", "orders").orElseThrow().desiredState())
                    .isEqualTo(DesiredState.SUSPENDED);
        });
    }

    @Test
    void leavesAResourceAloneWhilePausedAndTakesItUpByItself() {
        settledCluster(1);
        String until =
                Instant.now().plusSeconds(8).truncatedTo(ChronoUnit.SECONDS).toString();

        resources.patchCluster("{'pause':{'until':'" + until + "','reason':'looking'},'replicas':2}");
        soon().untilAsserted(
                        () -> assertThat(resources.clusterCondition("Paused")).isEqualTo("True/Paused"));
        assertThat(message("Paused")).contains("looking");
        assertThat(podList()).hasSize(1);

        soon().untilAsserted(() -> {
            assertThat(resources.clusterCondition("Paused")).isEmpty();
            assertThat(resources.clusterCondition("Ready")).isEqualTo("True/Running");
            assertThat(podList()).hasSize(2);
        });
        assertThat(Instant.now()).isAfter(Instant.parse(until));
    }

    @Test
    void bringsTheLastStableVersionOfAJobBack() {
        settledCluster(2);
        resources.createJob(
                "orders",
                VeloStreamJobSpecBuilder.builder()
                        .clusterRef(new ClusterRef("primary"))
                        .upgrade(new Upgrade(true, KubeDuration.of("3s"), KubeDuration.of("1s")))
                        .sql(Resources.GOOD_SQL));
        soon().untilAsserted(() -> {
            assertThat(resources.jobCondition("orders", "Ready")).isEqualTo("True/Running");
            assertThat(resources.job("orders").getStatus().lastStableRevision()).isNotNull();
        });
        pods.runsAs(document ->
                document.sql().contains("> 300") ? EngineJobStatus.State.FAILED : EngineJobStatus.State.RUNNING);

        resources.patchJob("orders", "{'sql':'" + sql("300") + "'}");

        soon().untilAsserted(() ->
                assertThat(resources.jobCondition("orders", "RolledBack")).isEqualTo("True/UpgradeRolledBack"));
        soon().untilAsserted(() -> assertThat(
                        pods.document("primary-1", "orders").orElseThrow().sql())
                .contains("> 100"));
        soon().untilAsserted(() ->
                assertThat(resources.jobCondition("orders", "Available")).isEqualTo("True/Running"));

        resources.patchJob("orders", "{'sql':'" + sql("400") + "'}");
        soon().untilAsserted(() -> {
            assertThat(resources.jobCondition("orders", "RolledBack")).isEmpty();
            assertThat(resources.job("orders").getStatus().actions())
                    .filteredOn(action -> action.type().equals("upgrade"))
                    .extracting(ActionStatus::phase)
                    .containsExactly(ActionPhase.FAILED, ActionPhase.SUCCEEDED);
        });
        assertThat(pods.document("primary-1", "orders").orElseThrow().sql()).contains("> 400");
    }

    /** In one line and without quotes, so that it stands in a patch. */
    private static String sql(String threshold) {
        return Resources.GOOD_SQL
                .replace("'orders'", "\\u0027orders\\u0027")
                .replace("'json'", "\\u0027json\\u0027")
                .replace("'big'", "\\u0027big\\u0027")
                .replace("\n", " ")
                .replace("> 100", "> " + threshold);
    }
}
