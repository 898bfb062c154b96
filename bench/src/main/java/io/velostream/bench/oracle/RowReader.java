package io.velostream.bench.oracle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.velostream.bench.query.Column;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one output value strictly: a JSON object with exactly the columns, each once and of its kind or null. */
final class RowReader {
    private final JsonFactory factory = new JsonFactory();
    private final List<Column> columns;
    private final Map<String, Integer> positions = new HashMap<>();
    private final long[] integers;
    private final double[] numbers;
    private final @Nullable String[] texts;
    private final boolean[] present;
    private final boolean[] isNull;

    RowReader(List<Column> columns) {
        this.columns = columns;
        for (int i = 0; i < columns.size(); i++) {
            positions.put(columns.get(i).name(), i);
        }
        integers = new long[columns.size()];
        numbers = new double[columns.size()];
        texts = new @Nullable String[columns.size()];
        present = new boolean[columns.size()];
        isNull = new boolean[columns.size()];
    }

    /**
     * Passes the row on in the columns' order.
     *
     * @throws RowException when the value is no such row; nothing is passed on then
     */
    void read(byte @Nullable [] json, RowSink sink) throws RowException {
        if (json == null) {
            throw new RowException("a null value (a tombstone), which the query never writes");
        }
        Arrays.fill(present, false);
        try (JsonParser parser = factory.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new RowException("no JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                member(parser);
            }
            if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
                throw new RowException("text after the JSON object");
            }
        } catch (IOException e) {
            throw new RowException("no valid JSON: " + e.getMessage());
        }
        for (int i = 0; i < present.length; i++) {
            if (!present[i]) {
                throw new RowException("no column " + columns.get(i).name());
            }
        }
        pass(sink);
    }

    private void member(JsonParser parser) throws IOException, RowException {
        String name = parser.currentName();
        Integer position = positions.get(name);
        if (position == null) {
            throw new RowException("an unexpected column " + name);
        }
        if (present[position]) {
            throw new RowException("the column " + name + " twice");
        }
        present[position] = true;
        JsonToken token = parser.nextToken();
        isNull[position] = token == JsonToken.VALUE_NULL;
        if (isNull[position]) {
            return;
        }
        switch (columns.get(position).kind()) {
            case INTEGER -> {
                require(token.isNumeric(), name, "a whole number", parser);
                double value = parser.getDoubleValue();
                require(value == Math.rint(value), name, "a whole number", parser);
                integers[position] = parser.getLongValue();
            }
            case NUMBER -> {
                require(token.isNumeric(), name, "a number", parser);
                numbers[position] = parser.getDoubleValue();
            }
            case TEXT -> {
                require(token == JsonToken.VALUE_STRING, name, "a string", parser);
                texts[position] = parser.getText();
            }
        }
    }

    private static void require(boolean holds, String column, String kind, JsonParser parser)
            throws IOException, RowException {
        if (!holds) {
            throw new RowException("the column " + column + " with " + parser.getText() + " instead of " + kind);
        }
    }

    private void pass(RowSink sink) {
        sink.begin();
        for (int i = 0; i < present.length; i++) {
            if (isNull[i]) {
                sink.nothing();
            } else {
                switch (columns.get(i).kind()) {
                    case INTEGER -> sink.integer(integers[i]);
                    case NUMBER -> sink.number(numbers[i]);
                    case TEXT -> sink.textOrNothing(texts[i]);
                }
            }
        }
        sink.end();
    }

    /** A value that is no row of the query; the message says what it has. */
    static final class RowException extends Exception {
        private static final long serialVersionUID = 1L;

        RowException(String message) {
            super(message);
        }
    }
}
