package io.velostream.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImageCommandsTest {
    private static final ImageCommand APP = new ImageCommand(
                    List.of("java", "-jar", "app.jar"), List.of("--help"), Map.of(), Map.of())
            .withProgram("app-tool", List.of("java", "-cp", "app.jar", "Tool"));

    @Test
    void followsTheRulesForCommandAndArgs() {
        assertThat(APP.commandLine(List.of(), List.of())).containsExactly("java", "-jar", "app.jar", "--help");
        assertThat(APP.commandLine(List.of(), List.of("run"))).containsExactly("java", "-jar", "app.jar", "run");
        assertThat(APP.commandLine(List.of("other", "x"), List.of())).containsExactly("other", "x");
        assertThat(APP.commandLine(List.of("app-tool", "x"), List.of("y")))
                .containsExactly("java", "-cp", "app.jar", "Tool", "x", "y");
    }

    @Test
    void findsAnImageByItsExactNameAndElseByItsRepository() {
        ImageCommand exact = ImageCommand.of(List.of("exact"));
        ImageCommands images =
                ImageCommands.none().with("registry:5000/team/app", APP).with("registry:5000/team/app:2", exact);

        assertThat(images.find("registry:5000/team/app:2")).contains(exact);
        assertThat(images.find("registry:5000/team/app:1")).contains(APP);
        assertThat(images.find("registry:5000/team/app")).contains(APP);
        assertThat(images.find("registry:5000/team/app@sha256:abc")).contains(APP);
        assertThat(images.find("registry:5000/team/other:1")).isEmpty();
    }

    @Test
    void doublesTheWaitBeforeEachFurtherRestart() {
        NodeTiming timing = NodeTiming.defaults();

        assertThat(List.of(1, 2, 3, 4, 20).stream().map(timing::backOffBefore).toList())
                .containsExactly(
                        Duration.ZERO,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(30));
    }

    @Test
    void expandsVariablesAsKubernetesDoes() {
        Map<String, String> values = Map.of("A", "1");

        assertThat(ContainerEnvironment.expand("$(A)-$(B)-$$(A)-$A-${A}-$", values))
                .isEqualTo("1-$(B)-$(A)-$A-${A}-$");
    }

    @Test
    void givesEveryNodeAndEveryPodAnAddressOfItsOwn() throws Exception {
        try (PodAddresses one = PodAddresses.reserve();
                PodAddresses two = PodAddresses.reserve()) {
            assertThat(one.range())
                    .isNotEqualTo(two.range())
                    .startsWith("127.1.")
                    .endsWith(".0/24");
            String first = one.take();
            String second = one.take();
            assertThat(second).isNotEqualTo(first).isNotEqualTo(one.node());

            one.release(first);
            assertThat(one.take()).isNotEqualTo(first).isNotEqualTo(second);
        }
    }
}
