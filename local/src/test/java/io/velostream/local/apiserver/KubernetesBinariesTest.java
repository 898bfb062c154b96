package io.velostream.local.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesBinariesTest {
    @TempDir
    private Path home;

    @Test
    void takesTheNewestCompleteVersionOfTheUsualPlace() throws Exception {
        program(versioned("1.9.0"), "kube-apiserver", "etcd");
        Path newest = program(versioned("1.36.3"), "kube-apiserver", "etcd", "kubectl");
        program(versioned("1.40.0"), "etcd");

        KubernetesBinaries found = find(Map.of()).orElseThrow();

        assertThat(found.directory()).isEqualTo(newest);
        assertThat(found.kubectl()).contains(newest.resolve("kubectl"));
        assertThat(found.controllerManager()).isEmpty();
    }

    @Test
    void prefersTheDirectoryThatIsNamed() throws Exception {
        program(versioned("1.36.3"), "kube-apiserver", "etcd");
        Path named = program(home.resolve("mine"), "kube-apiserver", "etcd");

        assertThat(find(Map.of("VELO_KUBE_BINARIES", named.toString()))
                        .orElseThrow()
                        .directory())
                .isEqualTo(named);
        assertThatThrownBy(() -> find(Map.of("VELO_KUBE_BINARIES", home.toString())))
                .isInstanceOf(LocalApiServerException.class)
                .hasMessageContaining("VELO_KUBE_BINARIES is " + home);
    }

    @Test
    void findsTheControllerManagerBesideWhatTheApiServerLinksTo() throws Exception {
        Path real = program(home.resolve("real"), "kube-apiserver", "etcd", "kube-controller-manager");
        Path linked = Files.createDirectories(versioned("1.36.3"));
        Files.createSymbolicLink(linked.resolve("kube-apiserver"), real.resolve("kube-apiserver"));
        Files.createSymbolicLink(linked.resolve("etcd"), real.resolve("etcd"));

        Path expected = real.toRealPath().resolve("kube-controller-manager");
        assertThat(find(Map.of()).orElseThrow().controllerManager()).contains(expected);
    }

    @Test
    void findsNothingOnABareMachine() {
        assertThat(find(Map.of())).isEmpty();
    }

    @Test
    void readsTheChoiceOfAnApiServer() {
        assertThat(ApiServerChoice.parse("Memory")).isEqualTo(ApiServerChoice.MEMORY);
        assertThat(ApiServerChoice.parse(" real ")).isEqualTo(ApiServerChoice.REAL);
        assertThatThrownBy(() -> ApiServerChoice.parse("remote"))
                .hasMessage("VELO_LOCAL_APISERVER is 'remote'; allowed are memory, real and auto");
    }

    private Optional<KubernetesBinaries> find(Map<String, String> environment) {
        return KubernetesBinaries.find(name -> Optional.ofNullable(environment.get(name)), home);
    }

    private Path versioned(String version) {
        return home.resolve(".kubeapitest/k8s/" + version + "-" + KubernetesBinaries.platform());
    }

    private static Path program(Path directory, String... names) throws Exception {
        Files.createDirectories(directory);
        for (String name : names) {
            assertThat(Files.createFile(directory.resolve(name)).toFile().setExecutable(true))
                    .isTrue();
        }
        return directory;
    }
}
