package io.velostream.engine.runtime.operator;

/** A state has reached its limit of memory, and the policy is that the unit fails. */
public final class ResourceExhaustedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message a sentence with what to do
     */
    public ResourceExhaustedException(String message) {
        super(message);
    }
}
