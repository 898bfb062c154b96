package io.velostream.engine.runtime.topology;

/**
 * Whether rows may be forwarded by reference: only when that is wanted and a producer that can fan them out has announced
 * itself. A TopologyTestDriver brings a producer of its own, which never does, and then each row goes alone.
 */
final class FanOut {

    private final boolean wanted;
    private volatile boolean announced;

    /**
     * @param wanted false switches the vectorised way off
     */
    FanOut(boolean wanted) {
        this.wanted = wanted;
    }

    /** The producer of the thread that calls, or of any thread of the unit, can fan out. */
    void announce() {
        announced = true;
    }

    boolean inForce() {
        return wanted && announced;
    }
}
