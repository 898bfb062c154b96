package io.velostream.engine.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/** One JSON object a line; the names are in docs/reference/logs.md. */
final class JsonLines extends ExtFormatter {

    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public String format(ExtLogRecord logged) {
        LogEvent event = LogEvent.of(logged);
        StringWriter line = new StringWriter(256);
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("timestamp", event.timestamp());
            json.writeStringField("level", event.level());
            json.writeStringField("message", event.message());
            for (Map.Entry<String, String> entry : event.context().entrySet()) {
                writeContext(json, entry.getKey(), entry.getValue());
            }
            json.writeStringField("logger", event.logger());
            json.writeStringField("thread", event.thread());
            if (event.stackTrace().isPresent()) {
                json.writeStringField("stack_trace", event.stackTrace().get());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("A log line could not be written into memory", e);
        }
        return line.append('\n').toString();
    }

    /** Durations are numbers: in {@code jq} every text is larger than any number. */
    private static void writeContext(JsonGenerator json, String name, String value) throws IOException {
        if (name.endsWith("_ms") && value.matches("-?[0-9]{1,15}(\\.[0-9]{1,9})?")) {
            json.writeFieldName(name);
            json.writeNumber(value);
        } else {
            json.writeStringField(name, value);
        }
    }
}
