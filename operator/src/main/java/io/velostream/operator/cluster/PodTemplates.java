package io.velostream.operator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.velostream.crd.v1alpha1.ContainerResources;
import io.velostream.crd.v1alpha1.VeloCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The pod template of a cluster, as the pod contract has it, within the Pod Security Standard "restricted". */
final class PodTemplates {

    private static final long ENGINE_USER = 10001L;
    private static final long TERMINATION_GRACE_SECONDS = 60L;
    private static final int STARTUP_PERIOD_SECONDS = 2;
    /** Read and write for the owner, read for the group: the token's file is nobody else's business. */
    private static final int TOKEN_MODE = 0440;

    private PodTemplates() {}

    /**
     * The template for this cluster.
     *
     * @param configHash changes when the configuration does, and rolls the pods
     * @param restartRequest the requestId of the last restart of the pods
     */
    static PodTemplateSpec template(
            VeloCluster cluster,
            EngineDefaults defaults,
            String image,
            String configHash,
            Optional<String> restartRequest) {
        PodTemplateSpec own = ownTemplate(cluster, defaults, image, configHash);
        JsonNode userTemplate = cluster.getSpec().podTemplate();
        PodTemplateSpec merged = userTemplate == null || userTemplate.isNull()
                ? own
                : PodTemplateMerge.merge(own, userTemplate, defaults.unsafePodTemplates());
        Map<String, String> annotations = new TreeMap<>();
        if (merged.getMetadata().getAnnotations() != null) {
            annotations.putAll(merged.getMetadata().getAnnotations());
        }
        annotations.put(ClusterNames.CONFIG_HASH, configHash);
        restartRequest.ifPresent(request -> annotations.put(ClusterNames.RESTART_REQUEST, request));
        Map<String, String> labels = new TreeMap<>();
        if (merged.getMetadata().getLabels() != null) {
            labels.putAll(merged.getMetadata().getLabels());
        }
        labels.putAll(ClusterNames.podLabels(cluster));
        merged.getMetadata().setAnnotations(annotations);
        merged.getMetadata().setLabels(labels);
        return merged;
    }

    private static PodTemplateSpec ownTemplate(
            VeloCluster cluster, EngineDefaults defaults, String image, String configHash) {
        String name = cluster.getMetadata().getName();
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(ClusterNames.podLabels(cluster))
                .endMetadata()
                .withNewSpec()
                .withServiceAccountName(name)
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(TERMINATION_GRACE_SECONDS)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(ENGINE_USER)
                .withRunAsGroup(ENGINE_USER)
                .withFsGroup(ENGINE_USER)
                .withFsGroupChangePolicy("OnRootMismatch")
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withTopologySpreadConstraints(
                        spread(name, "topology.kubernetes.io/zone"), spread(name, "kubernetes.io/hostname"))
                .withContainers(container(cluster, defaults, image))
                .withVolumes(volumes(name, configHash))
                .endSpec()
                .build();
    }

    private static Container container(VeloCluster cluster, EngineDefaults defaults, String image) {
        ResourceRequirements resources = resources(cluster.getSpec().resources(), defaults);
        return new ContainerBuilder()
                .withName(ClusterNames.CONTAINER)
                .withImage(image)
                .withImagePullPolicy("IfNotPresent")
                .withArgs("--config", "/etc/velostream/config.yaml")
                .addNewPort()
                .withName("http")
                .withContainerPort(ClusterObjects.HTTP_PORT)
                .withProtocol("TCP")
                .endPort()
                .withEnv(environment(cluster, defaults, resources))
                .withResources(resources)
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .withStartupProbe(startup(cluster.getSpec().startTimeout().toDuration()))
                .withLivenessProbe(probe("/health", 10, 3))
                .withReadinessProbe(probe("/ready?scope=pod", 5, 2))
                .withVolumeMounts(mounts())
                .withTerminationMessagePolicy("FallbackToLogsOnError")
                .build();
    }

    private static List<EnvVar> environment(
            VeloCluster cluster, EngineDefaults defaults, ResourceRequirements resources) {
        return List.of(
                field("POD_NAME", "metadata.name"),
                field("POD_NAMESPACE", "metadata.namespace"),
                value("VELO_CONFIG", "/etc/velostream/config.yaml"),
                value("VELO_JOBS_DIR", "/etc/velostream/jobs"),
                value("VELO_ADMIN_TOKEN_FILE", "/etc/velostream/admin/token"),
                value("VELO_STATE_DIR", "/var/lib/velostream/state"),
                value("VELO_LOG_FORMAT", cluster.getSpec().logging().format().value()),
                value("JAVA_TOOL_OPTIONS", javaOptions(defaults, resources)));
    }

    /** The limit is named outright, so that the heap is the same where no container enforces it. */
    private static String javaOptions(EngineDefaults defaults, ResourceRequirements resources) {
        Quantity limit =
                resources.getLimits() == null ? null : resources.getLimits().get("memory");
        String ram = limit == null
                ? ""
                : "-XX:MaxRAM=" + Quantity.getAmountInBytes(limit).toBigInteger() + " ";
        return ram + "-XX:MaxRAMPercentage=" + defaults.heapPercent() + " -XX:+ExitOnOutOfMemoryError";
    }

    private static ResourceRequirements resources(
            @org.jspecify.annotations.Nullable ContainerResources asked, EngineDefaults defaults) {
        if (asked == null) {
            return new ResourceRequirementsBuilder()
                    .withRequests(new TreeMap<>(defaults.requests()))
                    .withLimits(new TreeMap<>(defaults.limits()))
                    .build();
        }
        return new ResourceRequirementsBuilder()
                .withRequests(asked.requests())
                .withLimits(asked.limits())
                .build();
    }

    private static Probe startup(Duration startTimeout) {
        int attempts =
                (int) Math.max(1, (startTimeout.toSeconds() + STARTUP_PERIOD_SECONDS - 1) / STARTUP_PERIOD_SECONDS);
        return probe("/health", STARTUP_PERIOD_SECONDS, attempts);
    }

    private static Probe probe(String path, int periodSeconds, int failures) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withPort(new IntOrString("http"))
                .withScheme("HTTP")
                .endHttpGet()
                .withPeriodSeconds(periodSeconds)
                .withTimeoutSeconds(3)
                .withSuccessThreshold(1)
                .withFailureThreshold(failures)
                .build();
    }

    private static TopologySpreadConstraint spread(String cluster, String topologyKey) {
        return new TopologySpreadConstraintBuilder()
                .withMaxSkew(1)
                .withTopologyKey(topologyKey)
                .withWhenUnsatisfiable("ScheduleAnyway")
                .withNewLabelSelector()
                .withMatchLabels(ClusterNames.podSelector(cluster))
                .endLabelSelector()
                .build();
    }

    private static List<Volume> volumes(String cluster, String configHash) {
        List<Volume> volumes = new ArrayList<>();
        volumes.add(new VolumeBuilder()
                .withName("config")
                .withNewConfigMap()
                .withName(ClusterNames.config(cluster))
                .addNewItem()
                .withKey(EngineConfigFile.key(configHash))
                .withPath("config.yaml")
                .endItem()
                .endConfigMap()
                .build());
        volumes.add(new VolumeBuilder()
                .withName("admin-token")
                .withNewSecret()
                .withSecretName(ClusterNames.adminToken(cluster))
                .withDefaultMode(TOKEN_MODE)
                .endSecret()
                .build());
        volumes.add(new VolumeBuilder()
                .withName("tmp")
                .withNewEmptyDir()
                .endEmptyDir()
                .build());
        for (int i = 0; i < ClusterNames.JOB_MAPS; i++) {
            volumes.add(new VolumeBuilder()
                    .withName("jobs-" + i)
                    .withNewConfigMap()
                    .withName(ClusterNames.jobs(cluster, i))
                    .withOptional(true)
                    .endConfigMap()
                    .build());
        }
        return volumes;
    }

    private static List<VolumeMount> mounts() {
        List<VolumeMount> mounts = new ArrayList<>();
        // By subPath: a directory mount would hide the places where the jobs are mounted.
        mounts.add(new VolumeMountBuilder()
                .withName("config")
                .withMountPath("/etc/velostream/config.yaml")
                .withSubPath("config.yaml")
                .withReadOnly(true)
                .build());
        mounts.add(readOnly("admin-token", "/etc/velostream/admin"));
        for (int i = 0; i < ClusterNames.JOB_MAPS; i++) {
            mounts.add(readOnly("jobs-" + i, "/etc/velostream/jobs/" + i));
        }
        mounts.add(new VolumeMountBuilder()
                .withName(ClusterNames.STATE_CLAIM)
                .withMountPath("/var/lib/velostream/state")
                .build());
        mounts.add(
                new VolumeMountBuilder().withName("tmp").withMountPath("/tmp").build());
        return mounts;
    }

    private static VolumeMount readOnly(String volume, String path) {
        return new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(path)
                .withReadOnly(true)
                .build();
    }

    private static EnvVar value(String name, String value) {
        return new EnvVarBuilder().withName(name).withValue(value).build();
    }

    private static EnvVar field(String name, String path) {
        return new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewFieldRef()
                .withApiVersion("v1")
                .withFieldPath(path)
                .endFieldRef()
                .endValueFrom()
                .build();
    }
}
