package io.velostream.engine.stats;

import io.velostream.engine.reference.CheckedInPage;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Writes the reference page of the metrics from their catalogue. */
class MetricsReferenceTest {

    @Test
    void pageIsCurrent() throws IOException {
        CheckedInPage.isCurrent("metrics.md", page());
    }

    private static String page() {
        return """
                # Metrics

                Generated from the engine; change it there.

                `GET /metrics` on port 8080 answers in Prometheus' text format, without a token. Names, labels and types of the first table
                are the runbook's; they are there, at zero, from the start, except those by topic and by circuit breaker, of which only
                `main` is. Those of the second table come and go with the jobs. A pod also exports its JVM and process: `jvm_…`, `process_…`, `system_…`. Figures are those of the pod alone
                and at most a second old.

                ## The runbook's

                %s
                ## By job and query

                %s""".formatted(table(false), table(true));
    }

    private static String table(boolean byJob) {
        return Arrays.stream(EngineMetric.values())
                .filter(metric -> metric.labels().contains("job") == byJob)
                .map(metric -> "| `%s` | %s | %s | %s |\n"
                        .formatted(
                                metric.series(),
                                metric.kind().name().toLowerCase(Locale.ROOT),
                                metric.labels().stream()
                                        .map(label -> "`" + label + "`")
                                        .collect(Collectors.joining(", ")),
                                metric.description()))
                .collect(Collectors.joining(
                        "", "| series | type | labels | what it says |\n| --- | --- | --- | --- |\n", ""));
    }
}
