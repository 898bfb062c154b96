package io.velostream.engine.format;

import io.velostream.engine.plan.physical.StageOutput.KeySpec;
import io.velostream.engine.runtime.expression.Columns;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.row.Slice;
import io.velostream.engine.runtime.row.Tag;
import java.nio.charset.StandardCharsets;

/** Writes record keys as {@link KeySpec} says. */
public abstract class KeyWriter {

    private static final byte[] NULL_TEXT = "\\N".getBytes(StandardCharsets.US_ASCII);

    KeyWriter() {}

    /** The writer of a key. */
    public static KeyWriter of(KeySpec key, Origin origin) {
        return switch (key) {
            case KeySpec.None() -> new Absent();
            case KeySpec.Passthrough() -> new Passthrough();
            case KeySpec.Columns spec
            when spec.encoding().isPresent() ->
                new EncodedKeyWriter(spec, spec.encoding().get(), origin);
            case KeySpec.Columns spec
            when spec.values().size() == 1 -> new Lone(new Columns(spec.values(), origin), spec.nullAsText());
            case KeySpec.Columns spec -> new Joined(new Columns(spec.values(), origin));
        };
    }

    /** Appends the key of a row; false when the record has none. */
    public abstract boolean write(Row row, GrowingBuffer out);

    private static final class Absent extends KeyWriter {
        @Override
        public boolean write(Row row, GrowingBuffer out) {
            return false;
        }
    }

    private static final class Passthrough extends KeyWriter {
        @Override
        public boolean write(Row row, GrowingBuffer out) {
            byte[] key = row.origin.key;
            if (key == null) {
                return false;
            }
            out.put(key, 0, key.length);
            return true;
        }
    }

    private static final class Lone extends KeyWriter {
        private final Columns columns;
        private final ValueWriter writer;
        private final boolean nullAsText;

        Lone(Columns columns, boolean nullAsText) {
            this.columns = columns;
            this.writer = new ValueWriter(columns.type(0));
            this.nullAsText = nullAsText;
        }

        @Override
        public boolean write(Row row, GrowingBuffer out) {
            columns.evaluate(row);
            Row source = columns.row(0, row);
            int slot = columns.slot(0);
            if (source.tags[slot] == Tag.NULL) {
                if (nullAsText) {
                    out.put(NULL_TEXT, 0, NULL_TEXT.length);
                }
                return nullAsText;
            }
            writer.text(source, slot, out);
            return true;
        }
    }

    private static final class Joined extends KeyWriter {
        private final Columns columns;
        private final ValueWriter[] writers;
        private final GrowingBuffer scratch = new GrowingBuffer(64);
        private final Slice text = new Slice();

        Joined(Columns columns) {
            this.columns = columns;
            this.writers = new ValueWriter[columns.size()];
            for (int column = 0; column < writers.length; column++) {
                writers[column] = new ValueWriter(columns.type(column));
            }
        }

        @Override
        public boolean write(Row row, GrowingBuffer out) {
            columns.evaluate(row);
            for (int column = 0; column < writers.length; column++) {
                if (column > 0) {
                    out.put('|');
                }
                Row source = columns.row(column, row);
                int slot = columns.slot(column);
                if (source.tags[slot] == Tag.NULL) {
                    out.put(NULL_TEXT, 0, NULL_TEXT.length);
                } else {
                    scratch.clear();
                    writers[column].text(source, slot, scratch);
                    text.set(scratch.buffer(), 0, scratch.position());
                    escape(out);
                }
            }
            return true;
        }

        private void escape(GrowingBuffer out) {
            byte[] buffer = out.ensure(text.length() * 2);
            int at = out.position();
            for (int p = text.start; p < text.end; p++) {
                byte c = text.array[p];
                if (c == '|' || c == '\\') {
                    buffer[at++] = '\\';
                }
                buffer[at++] = c;
            }
            out.position(at);
        }
    }
}
