package io.velostream.bench.oracle;

import io.velostream.bench.query.Column;
import java.util.List;
import java.util.function.Consumer;

/** Writes rows as readable text for messages. */
final class RowText implements RowSink {
    private final List<Column> columns;
    private final Consumer<String> rows;
    private final StringBuilder text = new StringBuilder();
    private int column;

    RowText(List<Column> columns, Consumer<String> rows) {
        this.columns = columns;
        this.rows = rows;
    }

    @Override
    public void begin() {
        text.setLength(0);
        text.append('{');
        column = 0;
    }

    @Override
    public void integer(long value) {
        add(Long.toString(value));
    }

    @Override
    public void number(double value) {
        add(Double.toString(value));
    }

    @Override
    public void text(String value) {
        add('"' + value + '"');
    }

    @Override
    public void nothing() {
        add("null");
    }

    @Override
    public void end() {
        rows.accept(text.append('}').toString());
    }

    private void add(String value) {
        text.append(column == 0 ? "" : ", ")
                .append(columns.get(column).name())
                .append(": ")
                .append(value);
        column++;
    }
}
