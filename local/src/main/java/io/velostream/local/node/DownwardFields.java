package io.velostream.local.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectFieldSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The downward API: fields of a pod and resources of its containers, as text. */
record DownwardFields(Pod pod, String podIp, NodeInfo node) {
    private static final Pattern KEYED = Pattern.compile("metadata\\.(labels|annotations)\\['([^']+)'\\]");

    String field(ObjectFieldSelector selector) throws ContainerConfigException {
        String path = selector.getFieldPath();
        Matcher keyed = KEYED.matcher(path);
        if (keyed.matches()) {
            return (keyed.group(1).equals("labels") ? labels() : annotations()).getOrDefault(keyed.group(2), "");
        }
        return switch (path) {
            case "metadata.name" -> pod.getMetadata().getName();
            case "metadata.namespace" -> pod.getMetadata().getNamespace();
            case "metadata.uid" -> pod.getMetadata().getUid();
            case "metadata.labels" -> lines(labels());
            case "metadata.annotations" -> lines(annotations());
            case "spec.nodeName" -> node.name();
            case "spec.serviceAccountName" ->
                Optional.ofNullable(pod.getSpec().getServiceAccountName()).orElse("default");
            case "status.podIP", "status.podIPs" -> podIp;
            case "status.hostIP", "status.hostIPs" -> node.ip();
            default -> throw ContainerConfigException.config("field path '" + path + "' is not known to this node");
        };
    }

    /** In units of the divisor, rounded up; what a container does not limit is the node's. */
    String resource(ResourceFieldSelector selector, Container container) throws ContainerConfigException {
        String[] parts = selector.getResource().split("\\.", 2);
        if (parts.length != 2 || !(parts[0].equals("limits") || parts[0].equals("requests"))) {
            throw ContainerConfigException.config(
                    "resource '" + selector.getResource() + "' is neither limits.… nor requests.…");
        }
        BigDecimal amount = resource(container, parts[0], parts[1])
                .or(() -> node.allocatable(parts[1]))
                .map(Quantity::getNumericalAmount)
                .orElse(BigDecimal.ZERO);
        BigDecimal divisor = Optional.ofNullable(selector.getDivisor())
                .map(Quantity::getNumericalAmount)
                .filter(value -> value.signum() > 0)
                .orElse(BigDecimal.ONE);
        return amount.divide(divisor, 0, RoundingMode.CEILING).toPlainString();
    }

    static Optional<Quantity> resource(Container container, String kind, String name) {
        return Optional.ofNullable(container.getResources())
                .map(resources -> kind.equals("limits") ? resources.getLimits() : resources.getRequests())
                .map(amounts -> amounts.get(name));
    }

    private Map<String, String> labels() {
        return Optional.ofNullable(pod.getMetadata().getLabels()).orElse(Map.of());
    }

    private Map<String, String> annotations() {
        return Optional.ofNullable(pod.getMetadata().getAnnotations()).orElse(Map.of());
    }

    private static String lines(Map<String, String> map) {
        return new TreeMap<>(map)
                .entrySet().stream()
                        .map(e -> e.getKey() + "=\""
                                + e.getValue().replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                        .collect(Collectors.joining("\n"));
    }
}
