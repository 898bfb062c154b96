package io.velostream.cli.sql;

/** A text that was not answered; the message is for people and says why. */
final class SqlRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SqlRefusedException(String message) {
        super(message, null, false, false);
    }
}
