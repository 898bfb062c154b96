package io.velostream.engine.runtime.operator;

/**
 * Why one record cannot be processed: undecodable bytes, a failed conversion, an overflow. It carries no stack trace,
 * since it says something about the record, not about the code, and may be thrown for every record of a bad topic.
 */
public final class RecordFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * @param code stable, such as {@code MALFORMED_JSON} or {@code DIVISION_BY_ZERO}
     * @param message a sentence for people, without the record's content
     */
    public RecordFailure(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** The stable code, as it is written into the dead letter's headers. */
    public String code() {
        return code;
    }
}
