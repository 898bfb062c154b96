package io.velostream.cli.kubectl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.velostream.crd.v1alpha1.ClusterRef;
import io.velostream.crd.v1alpha1.DesiredState;
import io.velostream.crd.v1alpha1.KafkaSettingsBuilder;
import io.velostream.crd.v1alpha1.VeloCluster;
import io.velostream.crd.v1alpha1.VeloClusterSpecBuilder;
import io.velostream.crd.v1alpha1.VeloStreamJob;
import io.velostream.crd.v1alpha1.VeloStreamJobSpecBuilder;
import io.velostream.local.apiserver.ApiServerChoice;
import io.velostream.local.apiserver.LocalApiServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The verbs against an API server in memory; the test is the operator. */
class KubectlVeloTest {

    @TempDir
    static Path directory;

    private static LocalApiServer server;
    private final PrintStream standardOutput = System.out;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final StringWriter errors = new StringWriter();

    @BeforeAll
    static void startApiServer() {
        server = LocalApiServer.start(ApiServerChoice.MEMORY, directory);
        Path crds = Path.of("..", "crds");
        server.applyCrds(
                crds.resolve("veloclusters.velostream.io-v1.yml"), crds.resolve("velostreamjobs.velostream.io-v1.yml"));
    }

    @AfterAll
    static void stopApiServer() {
        server.close();
    }

    @BeforeEach
    void createResources() {
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        for (String name : List.of("primary", "both")) {
            server.client()
                    .resource(VeloCluster.of(
                            "default",
                            name,
                            VeloClusterSpecBuilder.builder()
                                    .kafka(KafkaSettingsBuilder.builder()
                                            .bootstrapServers("kafka:9092")
                                            .build())
                                    .build()))
                    .create();
        }
        for (String name : List.of("orders", "both")) {
            server.client()
                    .resource(VeloStreamJob.of(
                            "default",
                            name,
                            VeloStreamJobSpecBuilder.builder()
                                    .clusterRef(new ClusterRef("primary"))
                                    .sql("CREATE STREAM big AS SELECT * FROM orders;")
                                    .build()))
                    .create();
        }
    }

    @AfterEach
    void removeResources() {
        System.setOut(standardOutput);
        server.client().resources(VeloCluster.class).inNamespace("default").delete();
        server.client().resources(VeloStreamJob.class).inNamespace("default").delete();
    }

    private int run(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--kubeconfig", server.kubeconfig().toString(), "-n", "default"));
        return new CommandLine(new KubectlVelo())
                .setErr(new PrintWriter(errors, true))
                .setExecutionExceptionHandler((failure, commandLine, parsed) -> {
                    commandLine.getErr().println(failure.getMessage());
                    return 1;
                })
                .execute(all.toArray(String[]::new));
    }

    private static VeloCluster cluster() {
        return server.client()
                .resources(VeloCluster.class)
                .inNamespace("default")
                .withName("primary")
                .get();
    }

    /** What the operator would write. */
    private static void status(String status) {
        server.client()
                .resources(VeloCluster.class)
                .inNamespace("default")
                .withName("primary")
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":" + status.replace('\'', '"') + "}");
    }

    private static String condition(String type, String value, String reason, long generation) {
        return "{'conditions':[{'type':'" + type + "','status':'" + value + "','reason':'" + reason
                + "','message':'as it is','observedGeneration':" + generation
                + ",'lastTransitionTime':'2026-11-24T12:00:00Z'}]}";
    }

    private String output() {
        return output.toString(StandardCharsets.UTF_8);
    }

    @Test
    void patchesFollowsAndEndsWithWhatTheStatusSays() {
        CompletableFuture<Integer> stop =
                CompletableFuture.supplyAsync(() -> run("stop", "vc/primary", "--force", "--timeout", "60s"));
        await().atMost(Duration.ofSeconds(30)).until(() -> cluster().getSpec().desiredState() == DesiredState.STOPPED);
        assertThat(cluster().getSpec().drain().onTimeout().value()).isEqualTo("Force");
        long generation = cluster().getMetadata().getGeneration();

        status(condition("Ready", "False", "Stopping", generation));
        status(condition("Ready", "True", "Stopped", generation));

        assertThat(stop.join()).isZero();
        assertThat(output()).contains("vc/primary Stopped: as it is");
    }

    @Test
    void endsWithOneWhenTheResourceIsStalled() {
        CompletableFuture<Integer> scale =
                CompletableFuture.supplyAsync(() -> run("scale", "vc/primary", "--replicas", "3", "--timeout", "60s"));
        await().atMost(Duration.ofSeconds(30)).until(() -> cluster().getSpec().replicas() == 3);

        status(condition("Stalled", "True", "PodStuck", cluster().getMetadata().getGeneration()));

        assertThat(scale.join()).isEqualTo(1);
        assertThat(output()).contains("PodStuck: as it is");
    }

    @Test
    void followsItsOwnRequestOfAnAction() {
        CompletableFuture<Integer> restart = CompletableFuture.supplyAsync(
                () -> run("restart", "primary", "--pods", "--request-id", "r-1", "--timeout", "60s"));
        await().atMost(Duration.ofSeconds(30)).until(() -> cluster().getSpec().actions() != null);
        assertThat(cluster().getSpec().actions().restartPods().requestId()).isEqualTo("r-1");

        status("{'actions':[{'type':'restartPods','requestId':'r-1','phase':'Succeeded','message':'all replaced'}]}");

        assertThat(restart.join()).isZero();
        assertThat(output()).contains("Succeeded: all replaced");
    }

    @Test
    void endsWithOneAtTheDeadline() {
        assertThat(run("wait", "vc/primary", "--timeout", "1s")).isEqualTo(1);
        assertThat(output()).contains("not there after 1 s").contains("kubectl velo wait vc/primary");
    }

    @Test
    void onlyPatchesWhereAskedNotToWait() {
        assertThat(run("maintenance", "vc/primary", "on", "--no-wait")).isZero();
        assertThat(cluster().getSpec().maintenance().enabled()).isTrue();
    }

    @Test
    void asksWhichResourceIsMeantWhereBothKindsHaveTheName() {
        assertThat(run("drain", "both", "--no-wait")).isEqualTo(1);
        assertThat(errors.toString()).contains("vc/both or vsj/both");

        assertThat(run("drain", "vsj/both", "--no-wait")).isZero();
    }

    @Test
    void saysWhatAVerbIsFor() {
        assertThat(run("scale", "vsj/orders", "--replicas", "2")).isEqualTo(1);
        assertThat(errors.toString()).contains("this verb takes a VeloCluster");
        assertThat(run("scale", "vc/nothing", "--replicas", "2")).isEqualTo(1);
        assertThat(errors.toString()).contains("There is no vc/nothing");
        assertThat(run("pause", "vc/primary")).isEqualTo(1);
        assertThat(errors.toString()).contains("--for");
        assertThat(run("stop")).isEqualTo(2);
    }

    @Test
    void pausesForAWhileAndEndsIt() {
        assertThat(run("pause", "vc/primary", "--for", "1h", "--reason", "a \"quoted\" reason", "--no-wait"))
                .isZero();
        assertThat(cluster().getSpec().pause().reason()).isEqualTo("a \"quoted\" reason");

        assertThat(run("pause", "vc/primary", "--end", "--no-wait")).isZero();
        assertThat(cluster().getSpec().pause()).isNull();
    }

    @Test
    void recoversOutOfMaintenanceWithTheSafeConfiguration() {
        assertThat(run("recover", "vc/primary", "--no-wait")).isZero();
        assertThat(cluster().getSpec().safeMode()).isTrue();
        assertThat(cluster().getSpec().desiredState()).isEqualTo(DesiredState.RUNNING);
    }

    @Test
    void healthNamesWhatIsWrong() {
        status(condition("KafkaReachable", "False", "KafkaUnreachable", 1));

        assertThat(run("health", "vc/primary")).isEqualTo(1);
        assertThat(output()).contains("KafkaUnreachable").contains("is not healthy");
    }
}
