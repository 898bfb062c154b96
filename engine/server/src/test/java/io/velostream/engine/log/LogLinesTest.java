package io.velostream.engine.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLinesTest {

    private static ExtLogRecord event(Level level, String message) {
        ExtLogRecord event = new ExtLogRecord(level, message, LogLinesTest.class.getName());
        event.setLoggerName("io.velostream.engine.job.UnitControl");
        event.setThreadName("main");
        event.setInstant(java.time.Instant.parse("2026-01-01T10:00:00Z"));
        return event;
    }

    private static JsonNode json(ExtLogRecord event) throws JsonProcessingException {
        String line = new JsonLines().format(event);
        assertThat(line).endsWith("\n");
        assertThat(line.strip()).doesNotContain("\n");
        return JsonMapper.builder().build().readTree(line);
    }

    @Test
    void writesOneObjectALineWithComparableTimestamps() throws JsonProcessingException {
        JsonNode line = json(event(org.jboss.logmanager.Level.INFO, "Unit \"a\" starts\nwith two lines"));

        assertThat(line.get("timestamp").asText()).isEqualTo("2026-01-01T10:00:00.000Z");
        assertThat(line.get("level").asText()).isEqualTo("INFO");
        assertThat(line.get("message").asText()).isEqualTo("Unit \"a\" starts\nwith two lines");
        assertThat(line.get("logger").asText()).isEqualTo("io.velostream.engine.job.UnitControl");
    }

    @Test
    void addsTheContextWithDurationsAsNumbers() throws JsonProcessingException {
        ExtLogRecord event = event(org.jboss.logmanager.Level.WARN, "processing_time of 1500 ms exceeded 1000 ms");
        Map.of(
                        "job",
                        "sales",
                        "query",
                        "totals",
                        "processing_time_ms",
                        "1500.5",
                        "error_type",
                        "Slow",
                        "queue_ms",
                        "soon")
                .forEach(event::putMdc);

        JsonNode line = json(event);

        assertThat(line.get("job").asText()).isEqualTo("sales");
        assertThat(line.get("query").asText()).isEqualTo("totals");
        assertThat(line.get("error_type").asText()).isEqualTo("Slow");
        assertThat(line.get("processing_time_ms").isNumber()).isTrue();
        assertThat(line.get("processing_time_ms").asDouble()).isEqualTo(1500.5);
        assertThat(line.get("queue_ms").isTextual()).isTrue();
    }

    @Test
    void namesTheExceptionWhenTheContextDoesNot() throws JsonProcessingException {
        ExtLogRecord event = event(org.jboss.logmanager.Level.ERROR, "failed");
        event.setThrown(new IllegalStateException("no", new RuntimeException("root")));

        JsonNode line = json(event);

        assertThat(line.get("error_type").asText()).isEqualTo("IllegalStateException");
        assertThat(line.get("stack_trace").asText()).contains("Caused by: java.lang.RuntimeException: root");
    }

    @ParameterizedTest
    @CsvSource({"SEVERE, ERROR", "WARNING, WARN", "INFO, INFO", "CONFIG, DEBUG", "FINE, DEBUG", "FINEST, TRACE"})
    void usesTheFiveUsualLevels(String julLevel, String level) throws JsonProcessingException {
        assertThat(json(event(Level.parse(julLevel), "x")).get("level").asText())
                .isEqualTo(level);
    }

    @Test
    void writesTextThatGrepUnderstands() {
        ExtLogRecord event = event(org.jboss.logmanager.Level.ERROR, "ProcessingError in record");
        event.putMdc("job", "sales");

        assertThat(new TextLines().format(event))
                .isEqualTo("2026-01-01T10:00:00.000Z ERROR [UnitControl] ProcessingError in record {job=sales}"
                        + System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource({"json, JSON", "JSON, JSON", "text, TEXT", "other, TEXT"})
    void choosesTheFormatByName(String name, LogOutput.Format format) {
        assertThat(LogOutput.Format.named(Optional.of(name))).isEqualTo(format);
        assertThat(LogOutput.Format.named(Optional.empty())).isEqualTo(LogOutput.Format.TEXT);
    }
}
