package io.velostream.local.node;

import java.nio.file.Path;

/** Where the output of containers goes; it stays after a pod is deleted, to find out why. */
final class NodeLogs {
    private NodeLogs() {}

    static Path directory(NodeContext context, PodIdentity pod) {
        return context.directory().resolve("logs").resolve(pod.directoryName());
    }
}
