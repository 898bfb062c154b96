package io.velostream.local.apiserver.memory;

import io.velostream.local.apiserver.memory.ResourceType.ScalePaths;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds of Kubernetes that are served without a definition. Those without a controller here are stored, and no more. */
final class BuiltInTypes {
    private BuiltInTypes() {}

    static Stream<ResourceType> all() {
        return Stream.of(
                        type("", "v1", "pods", "Pod").status().shortNames("po").categories("all"),
                        type("", "v1", "services", "Service")
                                .status()
                                .shortNames("svc")
                                .categories("all"),
                        type("", "v1", "configmaps", "ConfigMap").shortNames("cm"),
                        type("", "v1", "secrets", "Secret"),
                        type("", "v1", "serviceaccounts", "ServiceAccount").shortNames("sa"),
                        type("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim")
                                .status()
                                .shortNames("pvc"),
                        type("", "v1", "persistentvolumes", "PersistentVolume")
                                .status()
                                .cluster()
                                .shortNames("pv"),
                        type("", "v1", "endpoints", "Endpoints").shortNames("ep"),
                        type("", "v1", "events", "Event").shortNames("ev"),
                        type("", "v1", "nodes", "Node").status().cluster().shortNames("no"),
                        type("", "v1", "namespaces", "Namespace")
                                .status()
                                .cluster()
                                .shortNames("ns"),
                        type("", "v1", "resourcequotas", "ResourceQuota")
                                .status()
                                .shortNames("quota"),
                        type("", "v1", "limitranges", "LimitRange").shortNames("limits"),
                        type("apps", "v1", "statefulsets", "StatefulSet")
                                .status()
                                .scalable()
                                .shortNames("sts")
                                .categories("all"),
                        type("apps", "v1", "deployments", "Deployment")
                                .status()
                                .scalable()
                                .shortNames("deploy")
                                .categories("all"),
                        type("apps", "v1", "replicasets", "ReplicaSet")
                                .status()
                                .scalable()
                                .shortNames("rs")
                                .categories("all"),
                        type("apps", "v1", "daemonsets", "DaemonSet")
                                .status()
                                .shortNames("ds")
                                .categories("all"),
                        type("apps", "v1", "controllerrevisions", "ControllerRevision"),
                        type("batch", "v1", "jobs", "Job").status().categories("all"),
                        type("batch", "v1", "cronjobs", "CronJob")
                                .status()
                                .shortNames("cj")
                                .categories("all"),
                        type("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget")
                                .status()
                                .shortNames("pdb"),
                        type("coordination.k8s.io", "v1", "leases", "Lease"),
                        type("events.k8s.io", "v1", "events", "Event").shortNames("ev"),
                        type("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice"),
                        type("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy")
                                .shortNames("netpol"),
                        type("networking.k8s.io", "v1", "ingresses", "Ingress")
                                .status()
                                .shortNames("ing"),
                        type("autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler")
                                .status()
                                .shortNames("hpa"),
                        type("rbac.authorization.k8s.io", "v1", "roles", "Role"),
                        type("rbac.authorization.k8s.io", "v1", "rolebindings", "RoleBinding"),
                        type("rbac.authorization.k8s.io", "v1", "clusterroles", "ClusterRole")
                                .cluster(),
                        type("rbac.authorization.k8s.io", "v1", "clusterrolebindings", "ClusterRoleBinding")
                                .cluster(),
                        type("storage.k8s.io", "v1", "storageclasses", "StorageClass")
                                .cluster()
                                .shortNames("sc"),
                        type("scheduling.k8s.io", "v1", "priorityclasses", "PriorityClass")
                                .cluster()
                                .shortNames("pc"),
                        type("apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition")
                                .status()
                                .cluster()
                                .shortNames("crd", "crds"))
                .map(Draft::build);
    }

    private static Draft type(String group, String version, String plural, String kind) {
        return new Draft(group, version, plural, kind);
    }

    private static final class Draft {
        private final String group;
        private final String version;
        private final String plural;
        private final String kind;
        private boolean namespaced = true;
        private boolean status;
        private boolean scalable;
        private List<String> shortNames = List.of();
        private List<String> categories = List.of();

        Draft(String group, String version, String plural, String kind) {
            this.group = group;
            this.version = version;
            this.plural = plural;
            this.kind = kind;
        }

        Draft status() {
            status = true;
            return this;
        }

        Draft cluster() {
            namespaced = false;
            return this;
        }

        Draft scalable() {
            scalable = true;
            return this;
        }

        Draft shortNames(String... names) {
            shortNames = List.of(names);
            return this;
        }

        Draft categories(String... names) {
            categories = List.of(names);
            return this;
        }

        ResourceType build() {
            return new ResourceType(
                    group,
                    version,
                    plural,
                    kind.toLowerCase(Locale.ROOT),
                    kind,
                    namespaced,
                    status,
                    scalable
                            ? Optional.of(new ScalePaths("spec.replicas", "status.replicas", Optional.empty()))
                            : Optional.empty(),
                    BuiltInSchema.ROOT,
                    shortNames,
                    categories);
        }
    }
}
