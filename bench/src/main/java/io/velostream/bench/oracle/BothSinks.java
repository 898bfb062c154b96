package io.velostream.bench.oracle;

/** Passes each row to two sinks, to the first one first. */
record BothSinks(RowSink first, RowSink second) implements RowSink {
    @Override
    public void begin() {
        first.begin();
        second.begin();
    }

    @Override
    public void integer(long value) {
        first.integer(value);
        second.integer(value);
    }

    @Override
    public void number(double value) {
        first.number(value);
        second.number(value);
    }

    @Override
    public void text(String value) {
        first.text(value);
        second.text(value);
    }

    @Override
    public void nothing() {
        first.nothing();
        second.nothing();
    }

    @Override
    public void end() {
        first.end();
        second.end();
    }
}
