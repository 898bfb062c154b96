package io.velostream.operator.engine;

/**
 * A call to a pod that did not come off. The kind says what to do next; the message can be shown to the user and holds
 * neither a token nor a stack trace.
 */
public final class EngineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    public EngineException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public EngineException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }

    /** What a failed call means for its caller. */
    public enum Kind {
        /** No connection came about: the pod has surely not seen the request. */
        NOT_CONNECTED(true),
        /** The connection broke or time ran out: the pod may have acted on the request. */
        NO_ANSWER(true),
        /** The pod answered that it cannot now (5xx). */
        UNAVAILABLE(true),
        /** The pod's breaker is open after repeated failures: nothing was sent. */
        CIRCUIT_OPEN(true),
        /** The token was refused (401, 403). */
        UNAUTHORIZED(false),
        /** The pod refused the request (other 4xx): it would refuse it again. */
        REFUSED(false),
        /** The answer is not what this operator understands. */
        NOT_UNDERSTOOD(false);

        private final boolean transientFailure;

        Kind(boolean transientFailure) {
            this.transientFailure = transientFailure;
        }

        /** Whether the same request may succeed later without anybody changing anything. */
        public boolean isTransient() {
            return transientFailure;
        }
    }
}
