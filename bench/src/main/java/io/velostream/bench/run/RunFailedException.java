package io.velostream.bench.run;

/** A run that came to no result; the message says why. */
final class RunFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    RunFailedException(String message) {
        super(message);
    }
}
