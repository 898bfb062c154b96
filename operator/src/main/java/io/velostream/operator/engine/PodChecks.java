package io.velostream.operator.engine;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The checks of {@code /ready} over several pods: which pods fail them. */
public record PodChecks(List<PodReport.Reached> pods) {

    /** Whether a pod reaches Kafka. */
    public static final String KAFKA = "kafka";
    /** Whether no circuit breaker of a pod is open. */
    public static final String CIRCUIT_BREAKERS = "circuit_breakers";
    /** Whether a pod is within its limits. */
    public static final String RESOURCES = "resources";

    public PodChecks {
        pods = List.copyOf(pods);
    }

    /** The checks of those pods that answered. */
    public static PodChecks of(Collection<PodReport> reports) {
        return new PodChecks(
                reports.stream().flatMap(report -> report.reached().stream()).toList());
    }

    /** Names of the pods that fail a check, in order; empty where no pod answered. */
    public Optional<List<String>> verdict(String check) {
        return pods.isEmpty()
                ? Optional.empty()
                : Optional.of(pods.stream()
                        .filter(report -> !report.readiness().passes(check))
                        .map(PodReport.Reached::pod)
                        .sorted()
                        .toList());
    }
}
