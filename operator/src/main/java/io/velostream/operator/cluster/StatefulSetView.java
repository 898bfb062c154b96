package io.velostream.operator.cluster;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the planner looks at of the StatefulSet.
 *
 * @param observed whether its controller has seen the newest spec, so that the revisions can be trusted
 * @param templateHash of the template that the operator wrote last
 * @param updateRevision of the newest template
 */
public record StatefulSetView(
        int replicas,
        int partition,
        int servingReplicas,
        List<Integer> drainingOrdinals,
        boolean observed,
        String templateHash,
        String currentRevision,
        String updateRevision) {

    public StatefulSetView {
        drainingOrdinals = List.copyOf(drainingOrdinals);
    }

    /** Whether the operator wrote it with this template and shape. */
    boolean isWrittenAs(String hash, StatefulSetShape shape) {
        return templateHash.equals(hash)
                && shape.equals(new StatefulSetShape(replicas, partition, servingReplicas, drainingOrdinals));
    }

    /** The view of a StatefulSet. */
    public static StatefulSetView of(StatefulSet set) {
        Map<String, String> annotations =
                Objects.requireNonNullElse(set.getMetadata().getAnnotations(), Map.of());
        int replicas = Objects.requireNonNullElse(set.getSpec().getReplicas(), 1);
        var strategy = set.getSpec().getUpdateStrategy();
        Integer partition = strategy == null || strategy.getRollingUpdate() == null
                ? null
                : strategy.getRollingUpdate().getPartition();
        var status = set.getStatus();
        Long generation = set.getMetadata().getGeneration();
        boolean observed = status != null
                && (generation == null
                        || (status.getObservedGeneration() != null && status.getObservedGeneration() >= generation));
        return new StatefulSetView(
                replicas,
                Objects.requireNonNullElse(partition, 0),
                number(annotations.get(ClusterNames.SERVING_REPLICAS), replicas),
                numbers(annotations.get(ClusterNames.DRAINING_ORDINALS)),
                observed,
                annotations.getOrDefault(ClusterNames.TEMPLATE_HASH, ""),
                status == null ? "" : Objects.requireNonNullElse(status.getCurrentRevision(), ""),
                status == null ? "" : Objects.requireNonNullElse(status.getUpdateRevision(), ""));
    }

    private static int number(@org.jspecify.annotations.Nullable String text, int otherwise) {
        List<Integer> numbers = numbers(text);
        return numbers.isEmpty() ? otherwise : numbers.get(0);
    }

    private static List<Integer> numbers(@org.jspecify.annotations.Nullable String text) {
        if (text == null || text.isEmpty()) {
            return List.of();
        }
        try {
            return Arrays.stream(text.split(",", -1))
                    .map(String::strip)
                    .map(Integer::valueOf)
                    .toList();
        } catch (NumberFormatException e) {
            return List.of();
        }
    }
}
