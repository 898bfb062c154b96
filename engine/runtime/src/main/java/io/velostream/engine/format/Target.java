package io.velostream.engine.format;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a reader does with one member of a record: which slots take its value. Slots of fields with exactly the member's
 * name take it always, those that match only when case is ignored take it unless the record had the exact name.
 */
final class Target {

    /** Nobody wants the member. */
    static final Target SKIP = new Target(new int[0], new int[0], null);

    /** Slots of the fields of exactly this name. */
    final int[] exact;

    /** Slots of the unquoted fields of this name in another case. */
    final int[] folded;

    /** What takes the value when that is exactly one field of this very name: the ordinary case. */
    final @Nullable FieldDecoder only;

    private Target(int[] exact, int[] folded, @Nullable FieldDecoder only) {
        this.exact = exact;
        this.folded = folded;
        this.only = only;
    }

    /** What takes the value of a member: fields of exactly its name, and of its name in another case. */
    static Target of(List<FieldDecoder> exact, List<FieldDecoder> folded) {
        if (exact.isEmpty() && folded.isEmpty()) {
            return SKIP;
        }
        return new Target(slots(exact), slots(folded), exact.size() == 1 && folded.isEmpty() ? exact.getFirst() : null);
    }

    private static int[] slots(List<FieldDecoder> fields) {
        return fields.stream().mapToInt(FieldDecoder::slot).toArray();
    }

    boolean isSkip() {
        return exact.length + folded.length == 0;
    }
}
