package io.velostream.bench.oracle;

import org.jspecify.annotations.Nullable;

/** Takes the one row {group, n, total} that was read last. */
final class GroupRow implements RowSink {
    @Nullable String group;

    long count;

    @Nullable Double total;

    private int column;

    @Override
    public void begin() {
        column = 0;
    }

    @Override
    public void integer(long value) {
        count = value;
        column++;
    }

    @Override
    public void number(double value) {
        total = value;
        column++;
    }

    @Override
    public void text(String value) {
        group = value;
        column++;
    }

    @Override
    public void nothing() {
        switch (column++) {
            case 0 -> group = null;
            case 1 -> count = -1;
            default -> total = null;
        }
    }

    @Override
    public void end() {}
}
