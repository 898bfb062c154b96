package io.velostream.operator.resource;

/** The spec asks for something that cannot be done, and nothing changes that but another spec. The message says what to write instead. */
public final class InvalidSpecException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidSpecException(String message) {
        super(message);
    }
}
