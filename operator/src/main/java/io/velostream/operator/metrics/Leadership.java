package io.velostream.operator.metrics;

import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import java.util.concurrent.atomic.AtomicBoolean;

/** What this process knows of the lease: whether somebody leads at all. Safe for use by several threads. */
public final class Leadership {

    private final boolean required;
    private final AtomicBoolean leaderKnown = new AtomicBoolean();

    /** @param required false: leader election is off and nobody needs to lead */
    public Leadership(boolean required) {
        this.required = required;
    }

    /** To be told by the election. */
    public LeaderCallbacks callbacks() {
        return new LeaderCallbacks(
                () -> leaderKnown.set(true),
                () -> leaderKnown.set(false),
                leader -> leaderKnown.set(leader != null && !leader.isEmpty()));
    }

    /** Whether this operator or another one leads; a standby is ready too, else it could never be rolled out. */
    public boolean isSettled() {
        return !required || leaderKnown.get();
    }
}
