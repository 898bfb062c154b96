package io.velostream.operator.cluster;

import io.velostream.crd.v1alpha1.VeloCluster;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Names, labels and annotations of a cluster's objects, as the pod contract has them. */
public final class ClusterNames {

    /** Which cluster an object belongs to. */
    public static final String CLUSTER_LABEL = "velostream.io/cluster";
    /** Whether a pod takes requests of clients; the client Service selects {@code true}. */
    public static final String IN_SERVICE_LABEL = "velostream.io/in-service";
    /** Selects every object that the operator makes. */
    public static final String MANAGED_SELECTOR = "app.kubernetes.io/managed-by=velostream-operator";
    /** Selects the pods of all clusters. */
    public static final String POD_SELECTOR = "app.kubernetes.io/name=velostream,app.kubernetes.io/component=engine";
    /** When the operator began to drain a pod (RFC 3339); there as long as the drain is the operator's. */
    public static final String DRAIN_STARTED = "velostream.io/drain-started";
    /** By how many pods the jobs' parallelism is spread. */
    public static final String SERVING_REPLICAS = "velostream.io/serving-replicas";
    /** Pods that must not run jobs, by number. */
    public static final String DRAINING_ORDINALS = "velostream.io/draining-ordinals";
    /** Hash of the wanted pod template. */
    public static final String TEMPLATE_HASH = "velostream.io/template-hash";
    /** Hash of the configuration that a pod started with. */
    public static final String CONFIG_HASH = "velostream.io/config-hash";
    /** The requestId of the restart that a pod came from. */
    public static final String RESTART_REQUEST = "velostream.io/restart-request";

    /** The engine's container. */
    public static final String CONTAINER = "engine";
    /** The claim of each pod. */
    public static final String STATE_CLAIM = "state";
    /** How many ConfigMaps the jobs are spread over. */
    public static final int JOB_MAPS = 8;

    private ClusterNames() {}

    /** Labels of every object of the cluster. */
    public static SortedMap<String, String> labels(VeloCluster cluster) {
        SortedMap<String, String> labels = podSelector(cluster.getMetadata().getName());
        labels.put("app.kubernetes.io/component", "engine");
        labels.put("app.kubernetes.io/instance", cluster.getMetadata().getName());
        labels.put("app.kubernetes.io/managed-by", "velostream-operator");
        return labels;
    }

    /** Labels of a pod that takes requests. */
    static SortedMap<String, String> podLabels(VeloCluster cluster) {
        SortedMap<String, String> labels = labels(cluster);
        labels.put(IN_SERVICE_LABEL, "true");
        return labels;
    }

    /** What selects all pods of a cluster, in service or not. */
    static SortedMap<String, String> podSelector(String cluster) {
        return new TreeMap<>(Map.of("app.kubernetes.io/name", "velostream", CLUSTER_LABEL, cluster));
    }

    /** {@link #podSelector} as text, for the scale subresource. */
    static String podSelectorText(String cluster) {
        return "app.kubernetes.io/name=velostream," + CLUSTER_LABEL + "=" + cluster;
    }

    static String config(String cluster) {
        return cluster + "-config";
    }

    /** The ConfigMap of jobs with this number, below {@link #JOB_MAPS}. */
    public static String jobs(String cluster, int number) {
        return cluster + "-jobs-" + number;
    }

    /** The Secret with the tokens of the admin API. */
    public static String adminToken(String cluster) {
        return cluster + "-admin-token";
    }

    static String headlessService(String cluster) {
        return cluster + "-pods";
    }

    static String pod(String cluster, int ordinal) {
        return cluster + "-" + ordinal;
    }
}
