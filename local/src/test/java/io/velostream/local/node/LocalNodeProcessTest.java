package io.velostream.local.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.velostream.local.apiserver.ApiServerChoice;
import io.velostream.local.apiserver.LocalApiServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The node with real processes: a small Java server, and shell scripts where no server is needed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LocalNodeProcessTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private LocalApiServer server;
    private LocalNode node;
    private KubernetesClient client;
    private String namespace;

    @BeforeAll
    void start(@TempDir Path directory) {
        server = LocalApiServer.start(ApiServerChoice.MEMORY, directory.resolve("api"));
        client = server.client();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = Path.of(TestServer.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .toString();
        ImageCommand serverImage = ImageCommand.of(List.of(
                        java,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx32m",
                        "-cp",
                        classes,
                        TestServer.class.getName(),
                        "${POD_IP}"))
                .withEnvironment("FROM_IMAGE", "limit=${MEMORY_LIMIT}");
        node = LocalNode.builder(
                        client,
                        ImageCommands.none()
                                .with("server", serverImage)
                                .with("shell", ImageCommand.of(List.of("/bin/sh", "-c"))))
                .directory(directory.resolve("node"))
                .timing(NodeTiming.defaults().withBackOff(Duration.ofSeconds(5)))
                .start();
    }

    @AfterAll
    void stop() {
        node.close();
        server.close();
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
    void runsAPodWithItsEnvironmentFilesAndProbes() throws Exception {
        config("settings", "app.yaml", "first");
        create(serverPod("web", pod -> pod));

        awaitReady("web");
        Pod pod = get("web");
        String ip = pod.getStatus().getPodIP();
        assertThat(ip).startsWith("127.1.");
        assertThat(get(ip, "/env?POD_IP")).isEqualTo(ip);
        assertThat(get(ip, "/env?POD_NAME")).isEqualTo("web");
        assertThat(get(ip, "/env?TEAM")).isEqualTo("blue");
        assertThat(get(ip, "/env?MEMORY")).isEqualTo("64");
        assertThat(get(ip, "/env?GREETING")).isEqualTo("hello web");
        assertThat(get(ip, "/env?FROM_IMAGE")).isEqualTo("limit=" + 64 * 1024 * 1024);
        assertThat(get(ip, "/file")).isEqualTo("first");
        assertThat(get(ip, "/args")).startsWith("/").endsWith("/etc/app/app.yaml --literal=${HOME}");
        assertThat(pod.getStatus().getPhase()).isEqualTo("Running");
        assertThat(status("web").getState().getRunning().getStartedAt()).isNotBlank();
        assertThat(node.logs(namespace, "web", "main"))
                .hasValueSatisfying(log -> assertThat(log).contains("serving on " + ip));
    }

    @Test
    void followsTheReadinessProbe() throws Exception {
        config("settings", "app.yaml", "x");
        create(serverPod("web", pod -> pod));
        awaitReady("web");

        get(get("web").getStatus().getPodIP(), "/toggle");

        await().atMost(SOON).until(() -> !isReady("web"));
        assertThat(status("web").getReady()).isFalse();
        assertThat(status("web").getRestartCount()).isZero();
        get(get("web").getStatus().getPodIP(), "/toggle");
        awaitReady("web");
    }

    @Test
    void updatesMountedFilesWhileThePodRuns() throws Exception {
        config("settings", "app.yaml", "first");
        create(serverPod("web", pod -> pod));
        awaitReady("web");

        config("settings", "app.yaml", "second");

        await().atMost(SOON)
                .until(() -> get(get("web").getStatus().getPodIP(), "/file").equals("second"));
    }

    @Test
    void restartsWhatExitsAndKeepsHowItEnded() throws Exception {
        config("settings", "app.yaml", "x");
        create(serverPod("web", pod -> pod));
        awaitReady("web");

        String ip = get("web").getStatus().getPodIP();
        try {
            get(ip, "/exit");
        } catch (IOException theServerIsGone) {
            assertThat(theServerIsGone).isNotNull();
        }

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(status("web").getRestartCount()).isEqualTo(1);
            assertThat(status("web").getLastState().getTerminated().getExitCode())
                    .isEqualTo(3);
            assertThat(status("web").getLastState().getTerminated().getReason()).isEqualTo("Error");
        });
        awaitReady("web");
        assertThat(get("web").getStatus().getPodIP()).isEqualTo(ip);
    }

    @Test
    void recoversFromAKill() {
        create(shellPod("p", "exec sleep 600", pod -> pod));
        awaitReady("p");

        node.process(namespace, "p", "main").orElseThrow().destroyForcibly();

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(status("p").getRestartCount()).isEqualTo(1);
            assertThat(status("p").getLastState().getTerminated().getExitCode()).isEqualTo(137);
        });
        awaitReady("p");
    }

    @Test
    void backsOffFromAContainerThatKeepsFailing() {
        create(shellPod("p", "exit 7", pod -> pod));

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(status("p").getState().getWaiting().getReason()).isEqualTo("CrashLoopBackOff");
            assertThat(status("p").getLastState().getTerminated().getExitCode()).isEqualTo(7);
            assertThat(status("p").getRestartCount()).isEqualTo(1);
        });
        assertThat(get("p").getStatus().getPhase()).isEqualTo("Running");
        assertThat(isReady("p")).isFalse();
    }

    @Test
    void restartsAContainerWhoseLivenessProbeFails() {
        create(shellPod(
                "p",
                "sleep 600",
                pod -> new PodBuilder(pod)
                        .editSpec()
                        .editFirstContainer()
                        .withNewLivenessProbe()
                        .withNewExec()
                        .addToCommand("/bin/false")
                        .endExec()
                        .withPeriodSeconds(1)
                        .withFailureThreshold(2)
                        .endLivenessProbe()
                        .endContainer()
                        .endSpec()
                        .build()));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(status("p").getRestartCount()).isPositive());
    }

    @Test
    void holdsBackReadinessUntilTheStartupProbeSucceeds() {
        create(shellPod(
                "p",
                "sleep 2; touch $HOME/started; exec sleep 600",
                pod -> new PodBuilder(pod)
                        .editSpec()
                        .editFirstContainer()
                        .withNewStartupProbe()
                        .withNewExec()
                        .addToCommand("/bin/sh", "-c", "test -f $HOME/started")
                        .endExec()
                        .withPeriodSeconds(1)
                        .withFailureThreshold(30)
                        .endStartupProbe()
                        .endContainer()
                        .endSpec()
                        .build()));

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(status("p").getState().getRunning()).isNotNull());
        assertThat(status("p").getStarted()).isFalse();
        assertThat(isReady("p")).isFalse();
        awaitReady("p");
        assertThat(status("p").getStarted()).isTrue();
    }

    @Test
    void waitsForASecretThatIsMissing() {
        create(shellPod(
                "p",
                "exec sleep 600",
                pod -> new PodBuilder(pod)
                        .editSpec()
                        .editFirstContainer()
                        .addNewEnv()
                        .withName("TOKEN")
                        .withNewValueFrom()
                        .withNewSecretKeyRef("token", "access", false)
                        .endValueFrom()
                        .endEnv()
                        .endContainer()
                        .endSpec()
                        .build()));
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(status("p").getState().getWaiting().getReason()).isEqualTo("CreateContainerConfigError");
            assertThat(status("p").getState().getWaiting().getMessage())
                    .contains("token")
                    .contains("access");
        });

        client.secrets()
                .inNamespace(namespace)
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("access")
                        .endMetadata()
                        .addToStringData("token", "t")
                        .build())
                .create();

        awaitReady("p");
    }

    @Test
    void waitsForAConfigMapThatIsMissing() {
        create(serverPod("web", pod -> pod));

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(status("web").getState().getWaiting().getReason()).isEqualTo("ContainerCreating");
            assertThat(status("web").getState().getWaiting().getMessage()).contains("settings");
        });
        config("settings", "app.yaml", "late");

        awaitReady("web");
    }

    @Test
    void tellsAnImageThatItDoesNotHave() {
        create(shellPod(
                "p",
                "true",
                pod -> new PodBuilder(pod)
                        .editSpec()
                        .editFirstContainer()
                        .withImage("unheard/of:1")
                        .endContainer()
                        .endSpec()
                        .build()));

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(status("p").getState().getWaiting().getReason()).isEqualTo("ErrImagePull");
            assertThat(status("p").getState().getWaiting().getMessage())
                    .contains("unheard/of:1")
                    .contains("server")
                    .contains("shell");
        });
        assertThat(get("p").getStatus().getPhase()).isEqualTo("Pending");
    }

    @Test
    void letsAProcessFinishBeforeThePodGoes() {
        create(shellPod(
                "p", "trap 'sleep 1; echo finished; exit 0' TERM; echo begun; while :; do sleep 0.1; done", p -> p));
        awaitReady("p");
        await().atMost(SOON)
                .until(() -> node.logs(namespace, "p", "main").orElse("").contains("begun"));
        Path log = node.logFile(namespace, "p", "main").orElseThrow();

        client.pods().inNamespace(namespace).withName("p").delete();

        await().atMost(SOON).until(() -> get("p") == null);
        assertThat(log).content().contains("begun\nfinished");
    }

    @Test
    void killsAProcessThatDoesNotEndWithinItsGrace() {
        create(shellPod(
                "p",
                "trap '' TERM; while :; do sleep 0.2; done",
                pod -> new PodBuilder(pod)
                        .editSpec()
                        .withTerminationGracePeriodSeconds(1L)
                        .endSpec()
                        .build()));
        awaitReady("p");
        ProcessHandle process = node.process(namespace, "p", "main").orElseThrow();

        client.pods().inNamespace(namespace).withName("p").delete();

        await().atMost(SOON).until(() -> get("p") == null);
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void endsTheProcessOfAPodThatIsRemovedByForce() {
        create(shellPod("p", "trap '' TERM; while :; do sleep 0.2; done", pod -> pod));
        awaitReady("p");
        ProcessHandle process = node.process(namespace, "p", "main").orElseThrow();

        client.pods().inNamespace(namespace).withName("p").withGracePeriod(0).delete();

        await().atMost(SOON).until(() -> !process.isAlive());
    }

    @Test
    void keepsAClaimOverPodsAndDeletesItsDataWithIt() {
        client.persistentVolumeClaims()
                .inNamespace(namespace)
                .resource(new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withName("data")
                        .endMetadata()
                        .withNewSpec()
                        .withAccessModes("ReadWriteOnce")
                        .withNewResources()
                        .addToRequests("storage", new Quantity("1Gi"))
                        .endResources()
                        .endSpec()
                        .build())
                .create();
        String script =
                "test -f $DATA/kept && echo found; touch $DATA/kept; echo \"at $(readlink -f $DATA)\"; exec sleep 600";
        create(shellPod("one", script, LocalNodeProcessTest::withClaim));
        awaitReady("one");
        client.pods().inNamespace(namespace).withName("one").withGracePeriod(1).delete();
        await().atMost(SOON).until(() -> get("one") == null);

        create(shellPod("two", script, LocalNodeProcessTest::withClaim));

        await().atMost(SOON)
                .until(() -> node.logs(namespace, "two", "main").orElse("").contains("found\nat "));
        var claim = client.persistentVolumeClaims().inNamespace(namespace).withName("data");
        assertThat(claim.get().getStatus().getPhase()).isEqualTo("Bound");
        assertThat(claim.get().getStatus().getCapacity()).containsEntry("storage", new Quantity("1Gi"));

        String log = node.logs(namespace, "two", "main").orElseThrow();
        Path data = Path.of(log.substring(log.indexOf("at ") + 3).strip());
        assertThat(data).isDirectory();
        claim.delete();
        await().atMost(SOON).until(() -> !data.toFile().exists());
    }

    @Test
    void runsInitContainersFirstAndInOrder() {
        create(shellPod(
                "p",
                "cat $OUT/log; exec sleep 600",
                pod -> new PodBuilder(pod)
                        .editSpec()
                        .addNewVolume()
                        .withName("out")
                        .withNewEmptyDir()
                        .endEmptyDir()
                        .endVolume()
                        .addNewInitContainer()
                        .withName("first")
                        .withImage("shell")
                        .withArgs("echo 1 >> $OUT/log")
                        .addNewEnv()
                        .withName("OUT")
                        .withValue("/out")
                        .endEnv()
                        .addNewVolumeMount()
                        .withName("out")
                        .withMountPath("/out")
                        .endVolumeMount()
                        .endInitContainer()
                        .addNewInitContainer()
                        .withName("second")
                        .withImage("shell")
                        .withArgs("echo 2 >> $OUT/log")
                        .addNewEnv()
                        .withName("OUT")
                        .withValue("/out")
                        .endEnv()
                        .addNewVolumeMount()
                        .withName("out")
                        .withMountPath("/out")
                        .endVolumeMount()
                        .endInitContainer()
                        .editFirstContainer()
                        .addNewEnv()
                        .withName("OUT")
                        .withValue("/out")
                        .endEnv()
                        .addNewVolumeMount()
                        .withName("out")
                        .withMountPath("/out")
                        .endVolumeMount()
                        .endContainer()
                        .endSpec()
                        .build()));

        awaitReady("p");
        await().atMost(SOON)
                .until(() -> node.logs(namespace, "p", "main").orElse("").equals("1\n2\n"));
    }

    @Test
    void reportsAPodThatRunsOnceAsSucceededOrFailed() {
        create(shellPod("good", "true", LocalNodeProcessTest::once));
        create(shellPod("bad", "exit 5", LocalNodeProcessTest::once));

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(get("good").getStatus().getPhase()).isEqualTo("Succeeded");
            assertThat(get("bad").getStatus().getPhase()).isEqualTo("Failed");
            assertThat(status("bad").getState().getTerminated().getExitCode()).isEqualTo(5);
        });
    }

    @Test
    void registersItself() {
        var registered = client.nodes().withName("local").get();

        assertThat(registered.getStatus().getConditions()).anySatisfy(condition -> {
            assertThat(condition.getType()).isEqualTo("Ready");
            assertThat(condition.getStatus()).isEqualTo("True");
        });
        assertThat(registered.getStatus().getAllocatable()).containsKeys("cpu", "memory", "pods");
    }

    @Test
    void endsEveryProcessWhenItCloses(@TempDir Path directory) {
        LocalNode second = LocalNode.builder(
                        client, ImageCommands.none().with("shell", ImageCommand.of(List.of("/bin/sh", "-c"))))
                .name("second")
                .directory(directory)
                .start();
        Pod pod = shellPod("p", "trap '' TERM; while :; do sleep 0.2; done", p -> p);
        pod.getSpec().setNodeName("second");
        create(pod);
        await().atMost(SOON).until(() -> second.process(namespace, "p", "main").isPresent());
        ProcessHandle process = second.process(namespace, "p", "main").orElseThrow();

        second.close();

        assertThat(process.isAlive()).isFalse();
        client.pods().inNamespace(namespace).withName("p").withGracePeriod(0).delete();
    }

    private static Pod withClaim(Pod pod) {
        return new PodBuilder(pod)
                .editSpec()
                .addNewVolume()
                .withName("data")
                .withNewPersistentVolumeClaim("data", false)
                .endVolume()
                .editFirstContainer()
                .addNewEnv()
                .withName("DATA")
                .withValue("/var/lib/app")
                .endEnv()
                .addNewVolumeMount()
                .withName("data")
                .withMountPath("/var/lib/app")
                .endVolumeMount()
                .endContainer()
                .endSpec()
                .build();
    }

    private static Pod once(Pod pod) {
        return new PodBuilder(pod)
                .editSpec()
                .withRestartPolicy("Never")
                .endSpec()
                .build();
    }

    private Pod shellPod(String name, String script, UnaryOperator<Pod> edit) {
        return edit.apply(new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("shell")
                .withArgs(script)
                .endContainer()
                .endSpec()
                .build());
    }

    private Pod serverPod(String name, UnaryOperator<Pod> edit) {
        return edit.apply(new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("team", "blue")
                .endMetadata()
                .withNewSpec()
                .addNewVolume()
                .withName("config")
                .withNewConfigMap()
                .withName("settings")
                .endConfigMap()
                .endVolume()
                .addNewContainer()
                .withName("main")
                .withImage("server:1.2.3")
                .withArgs("/etc/app/app.yaml", "--literal=${HOME}")
                .addNewPort()
                .withName("http")
                .withContainerPort(8080)
                .endPort()
                .withNewResources()
                .addToLimits("memory", new Quantity("64Mi"))
                .endResources()
                .addNewEnv()
                .withName("POD_IP")
                .withNewValueFrom()
                .withNewFieldRef("v1", "status.podIP")
                .endValueFrom()
                .endEnv()
                .addNewEnv()
                .withName("POD_NAME")
                .withNewValueFrom()
                .withNewFieldRef("v1", "metadata.name")
                .endValueFrom()
                .endEnv()
                .addNewEnv()
                .withName("TEAM")
                .withNewValueFrom()
                .withNewFieldRef("v1", "metadata.labels['team']")
                .endValueFrom()
                .endEnv()
                .addNewEnv()
                .withName("MEMORY")
                .withNewValueFrom()
                .withNewResourceFieldRef()
                .withResource("limits.memory")
                .withDivisor(new Quantity("1Mi"))
                .endResourceFieldRef()
                .endValueFrom()
                .endEnv()
                .addNewEnv()
                .withName("GREETING")
                .withValue("hello $(POD_NAME)")
                .endEnv()
                .addNewVolumeMount()
                .withName("config")
                .withMountPath("/etc/app")
                .endVolumeMount()
                .withNewReadinessProbe()
                .withPeriodSeconds(1)
                .withFailureThreshold(1)
                .withNewHttpGet()
                .withPath("/ready")
                .withNewPort("http")
                .addNewHttpHeader("X-Probe", "yes")
                .endHttpGet()
                .endReadinessProbe()
                .endContainer()
                .endSpec()
                .build());
    }

    private void config(String name, String key, String value) {
        client.configMaps()
                .inNamespace(namespace)
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .addToData(key, value)
                        .build())
                .forceConflicts()
                .serverSideApply();
    }

    private void create(Pod pod) {
        client.pods().inNamespace(namespace).resource(pod).create();
    }

    private Pod get(String name) {
        return client.pods().inNamespace(namespace).withName(name).get();
    }

    private ContainerStatus status(String name) {
        return Optional.ofNullable(get(name))
                .map(pod -> pod.getStatus().getContainerStatuses())
                .filter(statuses -> !statuses.isEmpty())
                .map(List::getFirst)
                .orElseThrow(() -> new AssertionError("pod " + name + " has no container status yet"));
    }

    private boolean isReady(String name) {
        try {
            return get(name).getStatus().getConditions().stream()
                    .anyMatch(condition -> condition.getType().equals("Ready")
                            && condition.getStatus().equals("True"));
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    private void awaitReady(String name) {
        await().atMost(SOON).until(() -> isReady(name));
    }

    private static String get(String ip, String path) throws IOException, InterruptedException {
        return HTTP.send(
                        HttpRequest.newBuilder(URI.create("http://" + ip + ":8080" + path))
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
