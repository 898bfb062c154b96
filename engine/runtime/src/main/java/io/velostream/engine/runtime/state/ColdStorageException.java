package io.velostream.engine.runtime.state;

/** The scratch space on disk does not work: the disk is full or the directory may not be written to. */
public final class ColdStorageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message a sentence with what to do
     */
    public ColdStorageException(String message, Throwable cause) {
        super(message, cause);
    }
}
