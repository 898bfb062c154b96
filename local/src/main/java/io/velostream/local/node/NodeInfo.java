package io.velostream.local.node;

import io.fabric8.kubernetes.api.model.Quantity;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Optional;

/**
 * What a node says of itself.
 *
 * @param resources its capacity by resource name
 */
record NodeInfo(String name, String ip, Map<String, Quantity> resources) {
    static NodeInfo ofThisMachine(String name, String ip) {
        long memory =
                ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean os
                        ? os.getTotalMemorySize()
                        : Runtime.getRuntime().maxMemory();
        return new NodeInfo(
                name,
                ip,
                Map.of(
                        "cpu",
                                new Quantity(
                                        Integer.toString(Runtime.getRuntime().availableProcessors())),
                        "memory", new Quantity(memory / 1024 + "Ki"),
                        "pods", new Quantity("250")));
    }

    Optional<Quantity> allocatable(String resource) {
        return Optional.ofNullable(resources.get(resource));
    }
}
