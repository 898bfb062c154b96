package io.velostream.local.node;

import java.time.Instant;

/** What a container does now, in the terms of a pod's {@code containerStatuses}. */
sealed interface ContainerState {
    /** Not started, or to be started again; the reason is one of the kubelet's. */
    record Waiting(String reason, String message) implements ContainerState {}

    record Running(Instant startedAt) implements ContainerState {}

    /** Ended; 128 plus the signal's number when a signal ended it. */
    record Terminated(int exitCode, Instant startedAt, Instant finishedAt) implements ContainerState {
        String reason() {
            return exitCode == 0 ? "Completed" : "Error";
        }
    }
}
