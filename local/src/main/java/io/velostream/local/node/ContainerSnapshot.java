package io.velostream.local.node;

import java.util.Optional;

/**
 * A container at one instant.
 *
 * @param started whether its startup probe, if any, has succeeded in this run
 * @param ready whether it is started and its readiness probe, if any, succeeds
 * @param last how the run before this one ended
 */
record ContainerSnapshot(
        String name,
        String image,
        ContainerState state,
        Optional<ContainerState.Terminated> last,
        int restartCount,
        boolean started,
        boolean ready,
        boolean finished) {}
