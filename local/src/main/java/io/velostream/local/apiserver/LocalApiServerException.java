package io.velostream.local.apiserver;

/** The API server could not do what was asked; the message says what happened and what to do. */
public final class LocalApiServerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LocalApiServerException(String message) {
        super(message);
    }

    LocalApiServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
