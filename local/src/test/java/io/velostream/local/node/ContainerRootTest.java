package io.velostream.local.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerRootTest {
    @TempDir
    private Path directory;

    private final Map<String, ConfigMap> configMaps = new HashMap<>();

    @Test
    void showsMountsUnderItsOwnDirectory() throws Exception {
        config("settings", Map.of("a.yaml", "a"));
        PodVolumes volumes = volumes(configVolume("config", "settings"), emptyDir("work"));
        ContainerRoot root = mounted(volumes, mount("config", "/etc/app"), mount("work", "/work"));

        assertThat(root.path().resolve("etc/app/a.yaml")).hasContent("a");
        Files.writeString(root.path().resolve("work/f"), "written");
        assertThat(volumes.path("work").resolve("f")).hasContent("written");
    }

    @Test
    void changesAllFilesOfAVolumeAtOnce() throws Exception {
        config("settings", Map.of("a", "1", "b", "1"));
        PodVolumes volumes = volumes(configVolume("config", "settings"));
        ContainerRoot root = mounted(volumes, mount("config", "/etc/app"));
        Path data = root.path().resolve("etc/app/..data");
        Path before = data.toRealPath();

        config("settings", Map.of("a", "2", "c", "2"));
        assertThat(refresh(volumes)).isTrue();

        assertThat(data.toRealPath()).isNotEqualTo(before);
        assertThat(before).doesNotExist();
        assertThat(root.path().resolve("etc/app/a")).hasContent("2");
        assertThat(root.path().resolve("etc/app/b")).doesNotExist();
        assertThat(root.path().resolve("etc/app/c")).hasContent("2");
        assertThat(refresh(volumes)).isFalse();
    }

    @Test
    void mountsInsideAVolumeOfTheApi() throws Exception {
        config("settings", Map.of("app.yaml", "1"));
        config("more", Map.of("x", "1"));
        PodVolumes volumes = volumes(configVolume("config", "settings"), configVolume("more", "more"));
        ContainerRoot root = mounted(volumes, mount("more", "/etc/app/more"), mount("config", "/etc/app"));

        assertThat(root.path().resolve("etc/app/app.yaml")).hasContent("1");
        assertThat(root.path().resolve("etc/app/more/x")).hasContent("1");

        config("settings", Map.of("other.yaml", "2"));
        refresh(volumes);
        root.refreshMirrors();
        assertThat(root.path().resolve("etc/app/app.yaml")).doesNotExist();
        assertThat(root.path().resolve("etc/app/other.yaml")).hasContent("2");
        assertThat(root.path().resolve("etc/app/more/x")).hasContent("1");
    }

    @Test
    void mountsInsideAWritableVolume() throws Exception {
        config("settings", Map.of("x", "1"));
        PodVolumes volumes = volumes(emptyDir("work"), configVolume("config", "settings"));
        ContainerRoot root = mounted(volumes, mount("work", "/work"), mount("config", "/work/conf"));

        assertThat(root.path().resolve("work/conf/x")).hasContent("1");
    }

    @Test
    void mountsOneFileOrDirectoryOfAVolume() throws Exception {
        config("settings", Map.of("a.yaml", "a", "b.yaml", "b"));
        PodVolumes volumes = volumes(configVolume("config", "settings"), emptyDir("work"));
        ContainerRoot root = mounted(
                volumes,
                new VolumeMountBuilder(mount("config", "/etc/app/app.yaml"))
                        .withSubPath("b.yaml")
                        .build(),
                new VolumeMountBuilder(mount("work", "/var/lib/app"))
                        .withSubPath("state")
                        .build());

        assertThat(root.path().resolve("etc/app/app.yaml")).hasContent("b");
        assertThat(root.path().resolve("etc/app/a.yaml")).doesNotExist();
        Files.writeString(root.path().resolve("var/lib/app/f"), "x");
        assertThat(volumes.path("work").resolve("state/f")).hasContent("x");
    }

    @Test
    void picksAndRenamesKeys() throws Exception {
        config("settings", Map.of("a.yaml", "a", "b.yaml", "b"));
        Volume volume = new VolumeBuilder()
                .withName("config")
                .withNewConfigMap()
                .withName("settings")
                .withItems(new KeyToPath("a.yaml", null, "deep/down.yaml"))
                .endConfigMap()
                .build();
        ContainerRoot root = mounted(volumes(volume), mount("config", "/etc/app"));

        assertThat(root.path().resolve("etc/app/deep/down.yaml")).hasContent("a");
        assertThat(root.path().resolve("etc/app/b.yaml")).doesNotExist();
    }

    @Test
    void leavesAnOptionalVolumeEmptyUntilItsObjectComes() throws Exception {
        Volume volume = new VolumeBuilder()
                .withName("config")
                .withNewConfigMap()
                .withName("settings")
                .withOptional(true)
                .endConfigMap()
                .build();
        PodVolumes volumes = volumes(volume);
        ContainerRoot root = mounted(volumes, mount("config", "/etc/app"));
        assertThat(root.path().resolve("etc/app")).isDirectory();
        assertThat(root.path().resolve("etc/app/a")).doesNotExist();

        config("settings", Map.of("a", "late"));
        refresh(volumes);

        assertThat(root.path().resolve("etc/app/a")).hasContent("late");
    }

    @Test
    void tellsWhatIsMissing() {
        assertThatThrownBy(() -> volumes(configVolume("config", "settings")))
                .isInstanceOfSatisfying(ContainerConfigException.class, e -> {
                    assertThat(e.reason()).isEqualTo("FailedMount");
                    assertThat(e).hasMessage("configmap \"settings\" not found");
                });
        assertThatThrownBy(() -> volumes(new VolumeBuilder()
                        .withName("host")
                        .withNewHostPath("/etc", "Directory")
                        .build()))
                .hasMessageContaining("\"host\"")
                .hasMessageContaining("persistentVolumeClaim");
    }

    @Test
    void neverWritesOutsideOfAVolume() {
        config("settings", Map.of("a", "a"));
        Volume volume = new VolumeBuilder()
                .withName("config")
                .withNewConfigMap()
                .withName("settings")
                .withItems(new KeyToPath("a", null, "../../a"))
                .endConfigMap()
                .build();

        assertThatThrownBy(() -> volumes(volume)).hasMessageContaining("leaves its volume");
    }

    @Test
    void rewritesPathsOfMountsAndNothingElse() throws Exception {
        PodVolumes volumes = volumes(emptyDir("a"), emptyDir("b"));
        ContainerRoot root = mounted(volumes, mount("a", "/etc/app"), mount("b", "/var/lib/app/"));
        String at = root.path().toString();

        assertThat(root.rewrite("/etc/app")).isEqualTo(at + "/etc/app");
        assertThat(root.rewrite("/etc/app/x.yaml")).isEqualTo(at + "/etc/app/x.yaml");
        assertThat(root.rewrite("--config=/etc/app/x.yaml")).isEqualTo("--config=" + at + "/etc/app/x.yaml");
        assertThat(root.rewrite("/etc/app:/var/lib/app/x")).isEqualTo(at + "/etc/app:" + at + "/var/lib/app/x");
        assertThat(root.rewrite("/etc/application")).isEqualTo("/etc/application");
        assertThat(root.rewrite("http://host/etc/app")).isEqualTo("http://host/etc/app");
        assertThat(root.rewrite("/usr/etc/app")).isEqualTo("/usr/etc/app");
    }

    private PodVolumes volumes(Volume... declared) throws Exception {
        PodVolumes volumes = new PodVolumes(directory.resolve("volumes"), List.of(declared), (namespace, claim) -> {
            throw ContainerConfigException.mount("no claims here");
        });
        refresh(volumes);
        return volumes;
    }

    private boolean refresh(PodVolumes volumes) throws Exception {
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName("p")
                .withNamespace("n")
                .endMetadata()
                .build();
        NodeInfo info = new NodeInfo("node", "127.1.0.1", Map.of());
        return volumes.refresh(new DownwardFields(pod, "127.1.0.2", info), new ConfigObjects() {
            @Override
            public Optional<ConfigMap> configMap(String namespace, String name) {
                return Optional.ofNullable(configMaps.get(name));
            }

            @Override
            public Optional<Secret> secret(String namespace, String name) {
                return Optional.empty();
            }
        });
    }

    private ContainerRoot mounted(PodVolumes volumes, VolumeMount... mounts) throws Exception {
        ContainerRoot root = new ContainerRoot(directory.resolve("root"), List.of(mounts), volumes);
        root.mount();
        return root;
    }

    private void config(String name, Map<String, String> data) {
        configMaps.put(name, new ConfigMapBuilder().withData(data).build());
    }

    private static Volume configVolume(String name, String configMap) {
        return new VolumeBuilder()
                .withName(name)
                .withNewConfigMap()
                .withName(configMap)
                .endConfigMap()
                .build();
    }

    private static Volume emptyDir(String name) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .endEmptyDir()
                .build();
    }

    private static VolumeMount mount(String volume, String path) {
        return new VolumeMountBuilder().withName(volume).withMountPath(path).build();
    }
}
