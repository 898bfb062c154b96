package io.velostream.engine.runtime.expression;

import io.velostream.engine.runtime.operator.RecordFailure;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * {@code LIKE}: {@code %} stands for any text, {@code _} for one character, and the escape character takes the meaning
 * from the next. Matched over UTF-8 bytes; a constant pattern is prepared once.
 */
final class Like {

    private static final byte LITERAL = 0;
    private static final byte ONE = 1;
    private static final byte MANY = 2;

    private byte[] kinds = new byte[16];
    private byte[] bytes = new byte[16];
    private int length;

    private Like() {}

    static BooleanEvaluator of(TextEvaluator operand, TextEvaluator pattern, Optional<Character> escape) {
        Like like = new Like();
        boolean constant = pattern instanceof Constants.TextConstant;
        if (pattern instanceof Constants.TextConstant text) {
            like.prepare(text.value, escape);
        }
        return new BooleanEvaluator() {
            private final Slice text = new Slice();
            private final Slice wanted = new Slice();

            @Override
            public int eval(Row row) {
                if (!operand.eval(row, text)) {
                    return UNKNOWN;
                }
                if (!constant) {
                    if (!pattern.eval(row, wanted)) {
                        return UNKNOWN;
                    }
                    like.prepare(wanted, escape);
                }
                return of(like.matches(text.array, text.start, text.end));
            }
        };
    }

    private void prepare(Slice pattern, Optional<Character> escape) {
        int capacity = pattern.length();
        if (kinds.length < capacity) {
            kinds = new byte[capacity];
            bytes = new byte[capacity];
        }
        byte[] mark =
                escape.map(c -> c.toString().getBytes(StandardCharsets.UTF_8)).orElse(new byte[0]);
        length = 0;
        int p = pattern.start;
        while (p < pattern.end) {
            boolean literal = isMark(pattern, p, mark);
            if (literal) {
                p += mark.length;
                if (p == pattern.end) {
                    throw new RecordFailure(
                            "INVALID_PATTERN", "A LIKE pattern ends with its escape character; double it or drop it.");
                }
            }
            byte c = pattern.array[p++];
            kinds[length] = literal || (c != '%' && c != '_') ? LITERAL : c == '%' ? MANY : ONE;
            bytes[length++] = c;
        }
    }

    private static boolean isMark(Slice pattern, int p, byte[] mark) {
        return mark.length > 0
                && p + mark.length <= pattern.end
                && Arrays.equals(pattern.array, p, p + mark.length, mark, 0, mark.length);
    }

    /** The usual greedy match that goes back to the last {@code %} only. */
    private boolean matches(byte[] text, int from, int to) {
        int t = from;
        int p = 0;
        int backPattern = -1;
        int backText = -1;
        while (t < to) {
            if (p < length && kinds[p] == MANY) {
                backPattern = ++p;
                backText = t;
            } else if (p < length && kinds[p] == ONE) {
                t = next(text, t, to);
                p++;
            } else if (p < length && bytes[p] == text[t]) {
                t++;
                p++;
            } else if (backPattern >= 0) {
                backText = next(text, backText, to);
                t = backText;
                p = backPattern;
            } else {
                return false;
            }
        }
        while (p < length && kinds[p] == MANY) {
            p++;
        }
        return p == length;
    }

    private static int next(byte[] text, int from, int to) {
        int p = from + 1;
        while (p < to && (text[p] & 0xc0) == 0x80) {
            p++;
        }
        return p;
    }
}
