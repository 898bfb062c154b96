package io.velostream.cli.demo;

import io.velostream.cli.environment.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The resources that the demo applies, as a user would write them. */
final class DemoResources {

    static final String CLUSTER = "demo";
    static final String JOB = "orders";
    static final String INPUT_TOPIC = "orders";
    static final String BIG_ORDERS_TOPIC = "big-orders";
    static final String TOTALS_TOPIC = "customer-minutes";
    static final int PARTITIONS = 6;
    static final String BROKEN_LINE = "WHERE amuont > 900";
    static final String RIGHT_LINE = "WHERE amount > 900";

    private DemoResources() {}

    static Map<String, Object> cluster(Environment environment) {
        return Map.of(
                "apiVersion",
                "velostream.io/v1alpha1",
                "kind",
                "VeloCluster",
                "metadata",
                Map.of("name", CLUSTER),
                "spec",
                Map.of(
                        "replicas", 2,
                        "kafka",
                                Map.of(
                                        "bootstrapServers", environment.bootstrapServers(),
                                        "topicDefaults", Map.of("partitions", PARTITIONS, "replicas", 1)),
                        "config", Map.of("processing", Map.of("maxParallelism", 2)),
                        "storage", Map.of("size", "1Gi"),
                        "drain", Map.of("timeout", "1m")));
    }

    static Map<String, Object> job() {
        return Map.of(
                "apiVersion",
                "velostream.io/v1alpha1",
                "kind",
                "VeloStreamJob",
                "metadata",
                Map.of("name", JOB),
                "spec",
                Map.of(
                        "clusterRef", Map.of("name", CLUSTER),
                        "sql", sql(),
                        "startFrom", Map.of("type", "Earliest")));
    }

    /** The demo's script. */
    static String sql() {
        try (InputStream in = DemoResources.class.getResourceAsStream("/demo/orders.sql")) {
            if (in == null) {
                throw new IllegalStateException("The jar holds no /demo/orders.sql.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> topics() {
        return List.of(INPUT_TOPIC, BIG_ORDERS_TOPIC, TOTALS_TOPIC);
    }
}
