package io.velostream.engine.format;

import io.velostream.engine.runtime.operator.RecordFailure;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Slice;
import io.velostream.engine.runtime.row.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a plan out of JSON objects, in one pass over the bytes that also checks the structure of the
 * whole text: what is no valid JSON object is a {@link RecordFailure} {@code MALFORMED_JSON}.
 *
 * <p>Records of one topic mostly have the same members in the same order. The reader remembers for each ordinal the
 * text from the end of the last value to the start of this one, such as {@code ,"amount":}, and what it means; where
 * the next record has the same bytes there is nothing to parse or to look up. A record of another shape takes the
 * general way.
 *
 * <p>The slots point into a copy of the record that lasts until the next call. One reader belongs to one thread.
 */
public final class JsonReader implements RecordText {

    private static final int REMEMBERED = 64;
    private static final int MOST_PATIENCE = 1 << 20;

    private final JsonScanner scanner = new JsonScanner();
    private final @Nullable FieldDecoder[] decoders;
    private final int fields;
    private final FieldNames names;
    /** For each slot the record that filled it last: by a member of exactly its name, and by one of another case. */
    private final long[] exactAt;

    private final long[] foldedAt;
    private final EscapeBuffer unescaped = new EscapeBuffer();
    private final EscapeBuffer nameBuffer = new EscapeBuffer();
    private final Slice text = new Slice();
    private final Slice name = new Slice();

    private final KnownMember[] known = new KnownMember[REMEMBERED];
    private final int[] patience = new int[REMEMBERED];

    private long record;
    private int filled;
    private int membersFrom;
    private int membersTo;

    /**
     * @param fields what to read; each slot of the row at most once
     */
    public JsonReader(List<FieldDecoder> fields) {
        int slots = fields.stream().mapToInt(FieldDecoder::slot).max().orElse(-1) + 1;
        this.decoders = new FieldDecoder[slots];
        fields.forEach(field -> decoders[field.slot()] = field);
        this.fields = fields.size();
        this.names = new FieldNames(fields);
        this.exactAt = new long[slots];
        this.foldedAt = new long[slots];
        Arrays.setAll(known, ordinal -> KnownMember.none());
    }

    /**
     * Fills the slots of the fields; those that the text lacks become NULL.
     *
     * @throws RecordFailure when the text is not a valid JSON object, or a value does not fit its declared type
     */
    public void read(byte[] text, Row row) {
        record++;
        filled = 0;
        unescaped.clear();
        scanner.load(text);
        int end = members(row);
        if (filled < fields) {
            clearUnfilled(row);
        }
        if (end != scanner.length) {
            end = scanner.space(end);
            if (end != scanner.length) {
                throw scanner.malformed(end, "nothing is expected after the object");
            }
        }
    }

    private void clearUnfilled(Row row) {
        for (int slot = 0; slot < decoders.length; slot++) {
            if (decoders[slot] != null && exactAt[slot] != record && foldedAt[slot] != record) {
                row.tags[slot] = Tag.NULL;
            }
        }
    }

    private void filledExactly(int slot) {
        if (exactAt[slot] != record) {
            exactAt[slot] = record;
            filled++;
        }
    }

    /**
     * Fills the slots from a record key: an object as {@link #read} takes it, or a lone value for a lone field.
     *
     * @throws RecordFailure as {@link #read} does
     */
    void readKey(byte[] text, Row row) {
        scanner.load(text);
        int from = scanner.space(0);
        if (scanner.buffer[from] == '{' || fields != 1) {
            read(text, row);
            return;
        }
        unescaped.clear();
        int end = scanner.space(value(from, row, decoder(decoders.length - 1)));
        if (end != scanner.length) {
            throw scanner.malformed(end, "nothing is expected after the value");
        }
    }

    /** The buffer that holds the record read last; see {@link #membersFrom()}. */
    @Override
    public byte[] buffer() {
        return scanner.buffer;
    }

    /** Where the text between the braces of the record read last begins. */
    @Override
    public int membersFrom() {
        return membersFrom;
    }

    /** Where the text between the braces of the record read last ends; the same as its begin if there is none. */
    @Override
    public int membersTo() {
        return membersTo;
    }

    private int members(Row row) {
        byte[] buffer = scanner.buffer;
        int p = 0;
        int ordinal = 0;
        while (true) {
            Target target;
            int valueFrom;
            KnownMember member = known[Math.min(ordinal, REMEMBERED - 1)];
            if (member.matches(buffer, p)) {
                target = member.target;
                valueFrom = scanner.space(p + member.length);
                member.misses = 0;
            } else {
                int nameFrom = begin(p, ordinal);
                if (nameFrom < 0) {
                    membersTo = ordinal == 0 ? membersFrom : p;
                    return ~nameFrom;
                }
                valueFrom = scanner.name(nameFrom);
                target = resolve(p, nameFrom, valueFrom, ordinal);
            }
            if (ordinal == 0) {
                membersFrom = scanner.space(0) + 1;
            }
            FieldDecoder only = target.only;
            if (only != null) {
                p = value(valueFrom, row, only);
                filledExactly(only.slot());
            } else if (target.isSkip()) {
                p = scanner.value(valueFrom, 1);
            } else {
                p = values(valueFrom, row, target);
            }
            ordinal++;
            if (buffer[p] == '}') {
                membersTo = p;
                return p + 1;
            }
        }
    }

    /** Steps over the brace or comma before a member; the complement of the object's end when there is no more. */
    private int begin(int from, int ordinal) {
        byte[] buffer = scanner.buffer;
        int p = scanner.space(from);
        if (ordinal == 0) {
            if (buffer[p] != '{') {
                throw scanner.malformed(p, "an object is expected");
            }
            membersFrom = p + 1;
            p = scanner.space(p + 1);
            return buffer[p] == '}' ? ~(p + 1) : p;
        }
        if (buffer[p] == '}') {
            return ~(p + 1);
        }
        if (buffer[p] != ',') {
            throw scanner.malformed(p, "',' or '}' is expected after a member");
        }
        return scanner.space(p + 1);
    }

    private Target resolve(int from, int nameFrom, int valueFrom, int ordinal) {
        int nameTo = scanner.string(nameFrom + 1) - 1;
        Target target;
        if (scanner.escaped) {
            nameBuffer.clear();
            nameBuffer.decode(scanner.buffer, nameFrom + 1, nameTo, name);
            target = names.find(name.array, name.start, name.end);
        } else {
            target = names.find(scanner.buffer, nameFrom + 1, nameTo);
        }
        int place = Math.min(ordinal, REMEMBERED - 1);
        if (known[place].misses++ >= patience[place]) {
            known[place] = new KnownMember(scanner.copy(from, valueFrom), target);
            patience[place] = Math.min(patience[place] * 2 + 1, MOST_PATIENCE);
        }
        return target;
    }

    private int values(int from, Row row, Target target) {
        int to = scanner.value(from, 1);
        for (int slot : target.exact) {
            value(from, row, decoder(slot));
            filledExactly(slot);
        }
        for (int slot : target.folded) {
            if (exactAt[slot] != record) {
                value(from, row, decoder(slot));
                foldedAt[slot] = record;
            }
        }
        return to;
    }

    private FieldDecoder decoder(int slot) {
        return Objects.requireNonNull(decoders[slot]);
    }

    private int value(int from, Row row, FieldDecoder decoder) {
        byte[] buffer = scanner.buffer;
        return switch (buffer[from]) {
            case '"' -> {
                int to = scanner.string(from + 1);
                if (!scanner.escaped) {
                    decoder.text(row, Tag.PLAIN, buffer, from + 1, to - 1);
                } else if (decoder.decodesEscapes()) {
                    unescaped.decode(buffer, from + 1, to - 1, text);
                    decoder.text(row, Tag.TEXT, text.array, text.start, text.end);
                } else {
                    decoder.text(row, Tag.ESCAPED, buffer, from + 1, to - 1);
                }
                yield to;
            }
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
                int to = scanner.number(from);
                decoder.number(row, scanner, from, to);
                yield to;
            }
            case 't' -> {
                int to = scanner.literalTrue(from);
                decoder.bool(row, true);
                yield to;
            }
            case 'f' -> {
                int to = scanner.literalFalse(from);
                decoder.bool(row, false);
                yield to;
            }
            case 'n' -> {
                int to = scanner.literalNull(from);
                row.setNull(decoder.slot());
                yield to;
            }
            default -> {
                int to = scanner.value(from, 1);
                decoder.structure(row, buffer, from, to);
                yield to;
            }
        };
    }
}
