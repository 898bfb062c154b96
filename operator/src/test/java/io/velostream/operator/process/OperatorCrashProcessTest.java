package io.velostream.operator.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.velostream.crd.v1alpha1.ActionPhase;
import io.velostream.crd.v1alpha1.ActionStatus;
import io.velostream.operator.action.PausePlace;
import io.velostream.operator.apiserver.Resources;
import io.velostream.operator.apiserver.TestCluster;
import io.velostream.operator.engine.FakeEnginePods;
import io.velostream.operator.engine.FakeEngineServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The operator's jar against a real API server and pods that are real HTTP servers. In each action it is killed with SIGKILL between
 * every intent and its effect, and between every effect and its record; then the action log must say what the pods counted: no step
 * done twice, none lost.
 */
class OperatorCrashProcessTest {

    private static final String RESTART = " POST /admin/processing/restart ";
    private static final String ENABLE = " POST /admin/maintenance/enable";
    private static final String DISABLE = " POST /admin/maintenance/disable";

    @TempDir
    static Path directory;

    private static final FakeEnginePods PODS = new FakeEnginePods();
    private static final List<String> REPLACED = new CopyOnWriteArrayList<>();
    private static final Set<String> KILLED_AT = new java.util.TreeSet<>();
    private static FakeEngineServers engines;
    private static TestCluster cluster;
    private static Resources resources;
    private static PauseFiles pauses;
    private static OperatorProgram operator;

    @BeforeAll
    static void start() throws IOException {
        cluster = TestCluster.start(
                directory,
                pod -> FakeEngineServers.address(ordinal(pod.getMetadata().getName())),
                pod -> {
                    PODS.restarted(pod);
                    REPLACED.add(pod);
                });
        engines = FakeEngineServers.start(PODS, 2);
        pauses = new PauseFiles(Files.createDirectories(directory.resolve("pauses")));
        cluster.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("crash")
                        .endMetadata()
                        .build())
                .create();
        resources = new Resources(cluster.client(), "crash");
        resources.create(resources.clusterSpec(2));
        resources.createJob("orders", Resources.GOOD_SQL);
        operator = startOperator();
    }

    @AfterAll
    static void stop() {
        if (operator != null) {
            pauses.releaseAll();
            operator.close();
        }
        if (engines != null) {
            engines.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @BeforeEach
    void settle() {
        soon().untilAsserted(() -> {
            assertThat(resources.clusterCondition("Ready")).isEqualTo("True/Running");
            assertThat(resources.clusterCondition("ConfigApplied")).isEqualTo("True/AsExpected");
            assertThat(resources.jobCondition("orders", "Ready")).isEqualTo("True/Running");
        });
        engines.forgetRequests();
        REPLACED.clear();
        KILLED_AT.clear();
    }

    private static OperatorProgram startOperator() {
        return OperatorProgram.start(
                cluster.kubeconfig(),
                directory,
                Map.of(
                        "velostream.engine.port", Integer.toString(engines.port()),
                        "velostream.engine.image", "velostream/engine:test",
                        "velostream.leader-election.enabled", "false",
                        "velostream.intervals.working", "200ms",
                        "velostream.intervals.steady", "1s",
                        "velostream.pause-points", directory.resolve("pauses").toString()));
    }

    private static int ordinal(String pod) {
        return Integer.parseInt(pod.substring(pod.lastIndexOf('-') + 1));
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(100));
    }

    /** Kills the operator once at each place around these effects that the action comes by, until the action is through. */
    private static void killAt(Set<PausePlace> places, Runnable action, Callable<Boolean> isThrough) {
        pauses.hold(places.toArray(PausePlace[]::new));
        action.run();
        List<String> held = new ArrayList<>();
        while (true) {
            held.clear();
            soon().until(() -> {
                held.addAll(pauses.reached());
                return !held.isEmpty() || isThrough.call();
            });
            if (held.isEmpty()) {
                pauses.releaseAll();
                return;
            }
            operator.kill();
            pauses.reached().forEach(name -> {
                KILLED_AT.add(name);
                pauses.release(name);
            });
            operator = startOperator();
        }
    }

    private static @Nullable Pod pod(String name) {
        return cluster.client().pods().inNamespace("crash").withName(name).get();
    }

    private static List<ActionStatus> actions(String type, long sinceGeneration) {
        return resources.cluster().getStatus().actions().stream()
                .filter(action -> action.type().equals(type))
                .filter(action -> !action.requestId().startsWith("generation-")
                        || Long.parseLong(action.requestId().split("-")[1]) > sinceGeneration)
                .toList();
    }

    private static long generation() {
        return resources.cluster().getMetadata().getGeneration();
    }

    private static boolean isReady(String reason) {
        return resources.clusterCondition("Ready").equals("True/" + reason);
    }

    @Test
    void restartsTheProcessingOfEachPodExactlyOnce() {
        killAt(
                EnumSet.of(PausePlace.RESTART_PROCESSING_CALL),
                () -> resources.patchCluster("{'actions':{'restartProcessing':{'requestId':'r-1'}}}"),
                () -> isReady("Running")
                        && actions("restartProcessing", 0).stream()
                                .anyMatch(action -> action.phase() == ActionPhase.SUCCEEDED));

        assertThat(KILLED_AT).containsExactly("restart-processing.call", "restart-processing.call.done");
        assertThat(engines.requestsWith(RESTART))
                .containsExactly("primary-0" + RESTART + "r-1", "primary-1" + RESTART + "r-1");
        assertThat(actions("restartProcessing", 0))
                .singleElement()
                .extracting(ActionStatus::phase)
                .isEqualTo(ActionPhase.SUCCEEDED);
    }

    @Test
    void setsMaintenanceOnEachPodExactlyOnce() {
        killAt(
                EnumSet.of(PausePlace.MAINTENANCE_CALL),
                () -> resources.patchCluster("{'maintenance':{'enabled':true}}"),
                () -> PODS.inMaintenance("primary-0") && PODS.inMaintenance("primary-1") && isReady("Running"));

        assertThat(KILLED_AT).containsExactly("maintenance.call", "maintenance.call.done");
        assertThat(engines.requestsWith(ENABLE)).containsExactly("primary-0" + ENABLE, "primary-1" + ENABLE);

        resources.patchCluster("{'maintenance':null}");
        soon().untilAsserted(() -> assertThat(engines.requestsWith(DISABLE))
                .containsExactly("primary-0" + DISABLE, "primary-1" + DISABLE));
    }

    @Test
    void drainsAndRemovesAPodExactlyOnceAndBringsItBack() {
        long before = generation();
        killAt(
                EnumSet.of(
                        PausePlace.SCALE_IN_LABEL,
                        PausePlace.MAINTENANCE_CALL,
                        PausePlace.DRAIN_CALL,
                        PausePlace.STATEFUL_SET_WRITE),
                () -> resources.patchCluster("{'replicas':1}"),
                () -> REPLACED.contains("primary-1") && isReady("Running"));

        assertThat(KILLED_AT)
                .containsExactlyInAnyOrder(
                        "scale-in.label", "scale-in.label.done",
                        "maintenance.call", "maintenance.call.done",
                        "drain.call", "drain.call.done",
                        "stateful-set.write", "stateful-set.write.done");
        assertThat(engines.requestsWith("primary-1" + ENABLE)).hasSize(1);
        assertThat(engines.requestsWith("primary-1 POST /admin/processing/drain"))
                .hasSize(1);
        assertThat(engines.requestsWith("primary-0 POST")).isEmpty();
        assertThat(REPLACED).containsExactly("primary-1");
        assertThat(actions("scaleIn", before))
                .singleElement()
                .extracting(ActionStatus::phase)
                .isEqualTo(ActionPhase.SUCCEEDED);

        KILLED_AT.clear();
        killAt(
                EnumSet.of(PausePlace.STATEFUL_SET_WRITE),
                () -> resources.patchCluster("{'replicas':2}"),
                () -> isReady("Running")
                        && actions("scaleOut", before).stream()
                                .anyMatch(action -> action.phase() == ActionPhase.SUCCEEDED));
        assertThat(KILLED_AT).containsExactly("stateful-set.write", "stateful-set.write.done");
        assertThat(actions("scaleOut", before)).hasSize(1);
    }

    @Test
    void bringsAPodBackExactlyOnceWhenItsScaleInIsTakenBack() {
        PODS.holdDrains();
        resources.patchCluster("{'replicas':1}");
        soon().until(() ->
                !engines.requestsWith("primary-1 POST /admin/processing/drain").isEmpty());
        engines.forgetRequests();

        killAt(
                EnumSet.of(PausePlace.RESUME_LABEL, PausePlace.MAINTENANCE_CALL, PausePlace.RESTART_PROCESSING_CALL),
                () -> resources.patchCluster("{'replicas':2}"),
                () -> isReady("Running") && !PODS.inMaintenance("primary-1"));
        PODS.finishDrains();

        assertThat(KILLED_AT)
                .containsExactlyInAnyOrder(
                        "resume.label", "resume.label.done",
                        "maintenance.call", "maintenance.call.done",
                        "restart-processing.call", "restart-processing.call.done");
        assertThat(engines.requestsWith(RESTART)).hasSize(1);
        assertThat(engines.requestsWith(DISABLE)).containsExactly("primary-1" + DISABLE);
        assertThat(REPLACED).isEmpty();
    }

    @Test
    void replacesEachPodExactlyOnceForARestart() {
        killAt(
                EnumSet.of(PausePlace.STATEFUL_SET_WRITE),
                () -> resources.patchCluster("{'actions':{'restartPods':{'requestId':'p-1'}}}"),
                () -> isReady("Running")
                        && actions("restartPods", 0).stream()
                                .anyMatch(action -> action.phase() == ActionPhase.SUCCEEDED));

        assertThat(KILLED_AT).containsExactly("stateful-set.write", "stateful-set.write.done");
        assertThat(REPLACED).containsExactly("primary-1", "primary-0");
        assertThat(actions("restartPods", 0))
                .singleElement()
                .extracting(ActionStatus::phase)
                .isEqualTo(ActionPhase.SUCCEEDED);
    }

    @Test
    void repairsAStuckPodExactlyOnceThatItsControllerLeaves() {
        String revision = pod("primary-0").getMetadata().getLabels().get("controller-revision-hash");
        cluster.holdBack("primary-1");
        resources.patchCluster("{'image':'velostream/engine:typo'}");
        soon().until(() -> REPLACED.contains("primary-1"));
        soon().until(() -> pod("primary-1") != null);
        cluster.blockController("crash", "primary", revision);
        REPLACED.clear();

        killAt(
                EnumSet.of(PausePlace.REPAIR_DELETE),
                () -> resources.patchCluster("{'image':'velostream/engine:test'}"),
                () -> {
                    if (REPLACED.contains("primary-1")) {
                        cluster.unblockController();
                        cluster.letRun("crash", "primary-1");
                    }
                    return isReady("Running") && pauses.reached().isEmpty() && REPLACED.contains("primary-1");
                });

        assertThat(KILLED_AT).containsExactly("repair.delete", "repair.delete.done");
        assertThat(REPLACED).containsExactly("primary-1");
    }

    @Test
    void stopsAndStartsAJobExactlyOnceInEachPod() {
        killAt(
                EnumSet.of(PausePlace.JOB_STORE, PausePlace.JOB_PUSH),
                () -> resources.patchJob("orders", "{'actions':{'restart':{'requestId':'j-1'}}}"),
                () -> resources.job("orders").getStatus().actions().stream()
                        .anyMatch(action -> action.phase() == ActionPhase.SUCCEEDED));

        assertThat(KILLED_AT).containsExactly("job.push", "job.push.done", "job.store", "job.store.done");
        assertThat(engines.requests())
                .containsExactlyInAnyOrder(
                        "primary-0 PUT /admin/jobs/orders",
                        "primary-1 PUT /admin/jobs/orders",
                        "primary-0 PUT /admin/jobs/orders",
                        "primary-1 PUT /admin/jobs/orders");
        assertThat(resources.job("orders").getStatus().actions())
                .filteredOn(action -> action.type().equals("restart"))
                .singleElement()
                .extracting(ActionStatus::phase)
                .isEqualTo(ActionPhase.SUCCEEDED);
    }

    @Test
    void deploysAConfigurationOnceAndNeverLeavesMaintenanceOn() {
        killAt(
                EnumSet.of(PausePlace.MAINTENANCE_CALL, PausePlace.STATEFUL_SET_WRITE),
                () -> resources.patchCluster("{'config':{'processing':{'batchSize':500}}}"),
                () -> resources.clusterCondition("ConfigApplied").equals("True/AsExpected")
                        && !PODS.inMaintenance("primary-0")
                        && !PODS.inMaintenance("primary-1")
                        && isReady("Running"));

        assertThat(KILLED_AT)
                .containsExactly(
                        "maintenance.call", "maintenance.call.done", "stateful-set.write", "stateful-set.write.done");
        assertThat(REPLACED).containsExactly("primary-1", "primary-0");
        assertThat(actions("configDeployment", 0))
                .singleElement()
                .extracting(ActionStatus::phase)
                .isEqualTo(ActionPhase.SUCCEEDED);
    }

    @Test
    void endsAJobThatCannotBeDrainedExactlyOnceInEachPod() {
        resources.patchJob("orders", "{'drain':{'timeout':'1s','onTimeout':'Force'}}");
        soon().until(() -> resources.jobCondition("orders", "Ready").equals("True/Running"));
        PODS.holdDrains();

        killAt(
                EnumSet.of(PausePlace.JOB_FORCE),
                () -> resources.patchJob("orders", "{'desiredState':'Stopped'}"),
                () -> resources.jobCondition("orders", "Ready").equals("True/Stopped"));
        PODS.finishDrains();

        assertThat(KILLED_AT).containsExactly("job.force", "job.force.done");
        assertThat(engines.requestsWith("DELETE"))
                .containsExactlyInAnyOrder(
                        "primary-0 DELETE /admin/jobs/orders", "primary-1 DELETE /admin/jobs/orders");
        resources.patchJob("orders", "{'desiredState':'Running','drain':null}");
    }
}
