package io.velostream.engine.format;

/**
 * What a reader does with one member of a record: which slots take its value. Slots of fields with exactly the member's
 * name take it always, those that match only when case is ignored take it unless the record had the exact name.
 */
final class Target {

    /** Nobody wants the member. */
    static final Target SKIP = new Target(new int[0], new int[0]);

    /** Slots of the fields of exactly this name. */
    final int[] exact;

    /** Slots of the unquoted fields of this name in another case. */
    final int[] folded;

    /** Whether exactly one field of this very name takes the value: the ordinary case. */
    final boolean isSimple;

    Target(int[] exact, int[] folded) {
        this.exact = exact;
        this.folded = folded;
        this.isSimple = exact.length == 1 && folded.length == 0;
    }

    boolean isSkip() {
        return exact.length + folded.length == 0;
    }
}
