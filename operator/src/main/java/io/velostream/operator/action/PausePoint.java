package io.velostream.operator.action;

/**
 * A place beside an effect, where a test may hold the operator and kill it. Does nothing unless a test switched it on; see
 * {@link PausePlace}.
 */
@FunctionalInterface
public interface PausePoint {

    /** No place is held. */
    PausePoint NONE = name -> {};

    /** Returns when the place of this name may be passed. */
    void reach(String name);

    /** Carries out an effect between the two places around it. */
    default void around(PausePlace place, Runnable effect) {
        reach(place.before());
        effect.run();
        reach(place.after());
    }
}
