package io.velostream.bench.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The members of an output row that tell which input caused it. */
final class LatencyRow {
    private static final JsonFactory FACTORY = new JsonFactory();

    long id = -1;
    long count = -1;
    long windowStart = -1;
    long payment = -1;

    @Nullable String group;

    static LatencyRow of(byte[] json) throws IOException {
        LatencyRow row = new LatencyRow();
        try (JsonParser parser = FACTORY.createParser(json)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value == JsonToken.VALUE_NULL) {
                    continue;
                }
                switch (name) {
                    case "id" -> row.id = parser.getLongValue();
                    case "payment" -> row.payment = parser.getLongValue();
                    case "n" -> row.count = parser.getLongValue();
                    case "window_start" -> row.windowStart = parser.getLongValue();
                    case "customer", "merchant" -> row.group = parser.getText();
                    default -> {}
                }
            }
        }
        return row;
    }
}
