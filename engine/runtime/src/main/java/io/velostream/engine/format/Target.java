package io.velostream.engine.format;

/**
 * What a reader does with one member of a record: which slots take its value. Slots of fields with exactly the member's
 * name take it always, those that match only when case is ignored take it unless the record had the exact name.
 */
record Target(int[] exact, int[] folded) {

    static final Target SKIP = new Target(new int[0], new int[0]);

    boolean isSkip() {
        return exact.length + folded.length == 0;
    }

    /** Whether exactly one field of this very name takes the value: the ordinary case. */
    boolean isSimple() {
        return exact.length == 1 && folded.length == 0;
    }
}
