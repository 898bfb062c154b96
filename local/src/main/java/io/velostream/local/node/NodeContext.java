package io.velostream.local.node;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What all pods of a node share.
 *
 * @param objects asks the API for what it does not know
 * @param cached answers from memory alone, for what is looked at all the time
 */
record NodeContext(
        KubernetesClient client,
        NodeInfo node,
        ImageCommands images,
        NodeTiming timing,
        Clock clock,
        Path directory,
        PodAddresses addresses,
        ConfigObjects objects,
        ConfigObjects cached,
        PodClaims claims,
        NodeEvents events) {}
