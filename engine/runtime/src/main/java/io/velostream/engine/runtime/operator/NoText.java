package io.velostream.engine.runtime.operator;

import io.velostream.engine.format.RecordText;

/** Where no record has a text: behind a repartition topic. */
enum NoText implements RecordText {
    INSTANCE;

    @Override
    public byte[] buffer() {
        throw new IllegalStateException("SELECT * of an undeclared source stands behind a repartition topic.");
    }

    @Override
    public int membersFrom() {
        return 0;
    }

    @Override
    public int membersTo() {
        return 0;
    }
}
