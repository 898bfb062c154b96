package io.velostream.engine.admin.access;

/** What a token allows. */
public enum Access {
    /** Everything. */
    FULL,
    /** Reading. */
    READ_ONLY,
    /** Nothing: no token of ours. */
    NONE
}
