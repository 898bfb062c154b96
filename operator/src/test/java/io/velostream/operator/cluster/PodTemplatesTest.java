package io.velostream.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.velostream.crd.v1alpha1.KubeDuration;
import io.velostream.crd.v1alpha1.VeloCluster;
import io.velostream.crd.v1alpha1.VeloClusterSpec;
import io.velostream.crd.v1alpha1.VeloClusterSpecBuilder;
import io.velostream.operator.resource.InvalidSpecException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodTemplatesTest {

    private static final EngineDefaults DEFAULTS = new EngineDefaults(
            "velostream/engine:1",
            Map.of("cpu", new Quantity("500m")),
            Map.of("memory", new Quantity("2Gi")),
            60,
            false);

    private static PodTemplateSpec template(VeloClusterSpecBuilder spec) {
        return template(spec, DEFAULTS);
    }

    private static PodTemplateSpec template(VeloClusterSpecBuilder spec, EngineDefaults defaults) {
        VeloClusterSpec built = spec.kafka(Clusters.KAFKA).build();
        VeloCluster cluster = Clusters.resource("default", "primary", built);
        return PodTemplates.template(cluster, defaults, "velostream/engine:1", "hash", Optional.of("r-1"));
    }

    private static VeloClusterSpecBuilder spec() {
        return VeloClusterSpecBuilder.builder();
    }

    private static VeloClusterSpecBuilder podTemplate(String json) throws JsonProcessingException {
        return spec().podTemplate(new ObjectMapper().readTree(json.replace('\'', '"')));
    }

    private static Container engine(PodTemplateSpec template) {
        return template.getSpec().getContainers().stream()
                .filter(container -> container.getName().equals("engine"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void meetsTheRestrictedPodSecurityStandard() {
        PodTemplateSpec template = template(spec());

        assertThat(template.getSpec().getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(template.getSpec().getSecurityContext().getSeccompProfile().getType())
                .isEqualTo("RuntimeDefault");
        assertThat(engine(template).getSecurityContext().getAllowPrivilegeEscalation())
                .isFalse();
        assertThat(engine(template).getSecurityContext().getReadOnlyRootFilesystem())
                .isTrue();
        assertThat(engine(template).getSecurityContext().getCapabilities().getDrop())
                .containsExactly("ALL");
    }

    @Test
    void coversTheStartTimeoutWithTheStartupProbe() {
        Container engine = engine(template(spec().startTimeout(KubeDuration.of("3m"))));

        int seconds = engine.getStartupProbe().getPeriodSeconds()
                * engine.getStartupProbe().getFailureThreshold();
        assertThat(seconds).isGreaterThanOrEqualTo(180);
    }

    @Test
    void boundsTheHeapByTheMemoryLimit() {
        assertThat(engine(template(spec())).getEnv())
                .filteredOn(variable -> variable.getName().equals("JAVA_TOOL_OPTIONS"))
                .extracting(EnvVar::getValue)
                .singleElement()
                .asString()
                .contains("-XX:MaxRAM=2147483648")
                .contains("-XX:MaxRAMPercentage=60");
    }

    @Test
    void marksConfigurationAndRestartsSoThatTheyRollThePods() {
        assertThat(template(spec()).getMetadata().getAnnotations())
                .containsEntry(ClusterNames.CONFIG_HASH, "hash")
                .containsEntry(ClusterNames.RESTART_REQUEST, "r-1");
    }

    @Test
    void mergesTheUsersTemplateOverItsOwn() throws JsonProcessingException {
        PodTemplateSpec template =
                template(podTemplate("{'metadata':{'annotations':{'a':'b'}},'spec':{'priorityClassName':'high',"
                        + "'containers':[{'name':'engine','env':[{'name':'X','value':'1'}]}]}}"));

        assertThat(template.getSpec().getPriorityClassName()).isEqualTo("high");
        assertThat(template.getMetadata().getAnnotations()).containsEntry("a", "b");
        assertThat(engine(template).getEnv()).extracting(EnvVar::getName).contains("X", "POD_NAME");
    }

    @Test
    void keepsItsLabelsWhateverTheUsersTemplateSays() throws JsonProcessingException {
        PodTemplateSpec template =
                template(podTemplate("{'metadata':{'labels':{'velostream.io/cluster':'other','team':'x'}}}"));

        assertThat(template.getMetadata().getLabels())
                .containsEntry("velostream.io/cluster", "primary")
                .containsEntry("team", "x");
    }

    @Test
    void refusesAnUnknownFieldWithItsPlace() {
        assertThatThrownBy(() -> template(podTemplate("{'spec':{'containers':[{'name':'engine','imagge':'x'}]}}")))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("imagge")
                .hasMessageContaining("containers");
    }

    @Test
    void refusesWhatGivesMoreRights() {
        assertThatThrownBy(
                        () -> template(
                                podTemplate(
                                        "{'spec':{'hostNetwork':true,'serviceAccountName':'admin','volumes':[{'name':'h','hostPath':"
                                                + "{'path':'/'}}],'containers':[{'name':'engine','securityContext':{'privileged':true}}]}}")))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("hostNetwork")
                .hasMessageContaining("serviceAccountName")
                .hasMessageContaining("hostPath")
                .hasMessageContaining("privileged");
    }

    @Test
    void allowsThemWhereTheInstallationDoes() throws JsonProcessingException {
        EngineDefaults unsafe = new EngineDefaults("x", Map.of(), Map.of(), 60, true);

        assertThat(template(podTemplate("{'spec':{'hostNetwork':true}}"), unsafe)
                        .getSpec()
                        .getHostNetwork())
                .isTrue();
    }
}
