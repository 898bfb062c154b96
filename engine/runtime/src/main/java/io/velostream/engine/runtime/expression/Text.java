package io.velostream.engine.runtime.expression;

import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Slice;

/** {@code ||}. */
final class Text {

    private Text() {}

    static TextEvaluator concat(TextEvaluator left, TextEvaluator right) {
        return new TextEvaluator() {
            private final Slice a = new Slice();
            private final Slice b = new Slice();
            private byte[] buffer = new byte[64];

            @Override
            public boolean eval(Row row, Slice into) {
                if (!left.eval(row, a) || !right.eval(row, b)) {
                    return false;
                }
                int length = a.length() + b.length();
                if (buffer.length < length) {
                    buffer = new byte[length * 2];
                }
                System.arraycopy(a.array, a.start, buffer, 0, a.length());
                System.arraycopy(b.array, b.start, buffer, a.length(), b.length());
                into.set(buffer, 0, length);
                return true;
            }
        };
    }
}
