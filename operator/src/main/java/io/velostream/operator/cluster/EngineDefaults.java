package io.velostream.operator.cluster;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/**
 * What a cluster gets where its spec says nothing.
 *
 * @param image of clusters that name none, resolved once when a cluster is created
 * @param requests of the engine container
 * @param limits of the engine container
 * @param heapPercent share of the memory limit that the heap may use; the rest is for state, buffers and threads
 * @param unsafePodTemplates whether podTemplate may ask for the host's file system, network, privileges or another
 *     ServiceAccount
 */
public record EngineDefaults(
        String image,
        Map<String, Quantity> requests,
        Map<String, Quantity> limits,
        int heapPercent,
        boolean unsafePodTemplates) {

    public EngineDefaults {
        requests = Map.copyOf(requests);
        limits = Map.copyOf(limits);
    }
}
