package io.velostream.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.velostream.local.apiserver.ApiServerChoice;
import io.velostream.local.apiserver.Binaries;
import io.velostream.local.apiserver.Crds;
import io.velostream.local.apiserver.TestPods;
import io.velostream.local.controllers.ControllerChoice;
import io.velostream.local.node.ImageCommand;
import io.velostream.local.node.ImageCommands;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalClusterProcessTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @ParameterizedTest
    @CsvSource({"MEMORY, OWN", "REAL, REAL"})
    void runsAStatefulSetFromItsSpecToItsEnd(
            ApiServerChoice apiServer, ControllerChoice controllers, @TempDir Path directory) {
        if (apiServer == ApiServerChoice.REAL) {
            Binaries.assumeControllerManager();
        }
        try (LocalCluster cluster = LocalCluster.builder()
                .apiServer(apiServer)
                .controllers(controllers)
                .crds(Crds.widget(directory))
                .images(ImageCommands.none().with("app", ImageCommand.of(List.of("/bin/sh", "-c", "exec sleep 600"))))
                .start()) {
            var sets = cluster.client().apps().statefulSets().inNamespace("default");
            var set = TestPods.statefulSet("web", 2);
            set.getSpec().getTemplate().getSpec().setTerminationGracePeriodSeconds(2L);
            sets.resource(set).create();
            await().atMost(SOON).until(() -> ready(cluster) == 2);

            sets.withName("web").scale(1);
            await().atMost(SOON)
                    .until(() -> cluster.client()
                                    .pods()
                                    .inNamespace("default")
                                    .list()
                                    .getItems()
                                    .size()
                            == 1);
            ProcessHandle process =
                    cluster.node().process("default", "web-0", "main").orElseThrow();
            sets.withName("web").delete();
            await().atMost(SOON)
                    .until(() -> cluster.client()
                            .pods()
                            .inNamespace("default")
                            .list()
                            .getItems()
                            .isEmpty());

            assertThat(process.isAlive()).isFalse();
            assertThat(cluster.controllers().isReal()).isEqualTo(controllers == ControllerChoice.REAL);
            assertThat(cluster.apiServer().isReal()).isEqualTo(apiServer == ApiServerChoice.REAL);
        }
    }

    private static int ready(LocalCluster cluster) {
        return Optional.ofNullable(cluster.client()
                        .apps()
                        .statefulSets()
                        .inNamespace("default")
                        .withName("web")
                        .get()
                        .getStatus())
                .map(status -> status.getReadyReplicas())
                .orElse(0);
    }
}
