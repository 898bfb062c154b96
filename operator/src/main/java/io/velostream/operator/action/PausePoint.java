package io.velostream.operator.action;

/**
 * A place between an intent and its effect, where a test may hold the operator and kill it. Does nothing unless a test switched it
 * on.
 */
@FunctionalInterface
public interface PausePoint {

    /** No place is held. */
    PausePoint NONE = name -> {};

    /** Returns when the place of this name may be passed. */
    void reach(String name);
}
