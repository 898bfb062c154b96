package io.velostream.engine.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;

/**
 * What is said about one event. The context holds what applies of {@code job}, {@code query}, {@code error_type},
 * {@code processing_time_ms} and {@code trace_id}, and comes from the logging thread's MDC.
 *
 * @param timestamp UTC with milliseconds always, so that timestamps compare as text
 * @param stackTrace of the exception that was logged
 */
record LogEvent(
        String timestamp,
        String level,
        String logger,
        String thread,
        String message,
        Map<String, String> context,
        Optional<String> stackTrace) {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    static LogEvent of(ExtLogRecord logged) {
        Map<String, String> context = new TreeMap<>(logged.getMdcCopy());
        Throwable thrown = logged.getThrown();
        if (thrown != null) {
            context.putIfAbsent("error_type", thrown.getClass().getSimpleName());
        }
        return new LogEvent(
                TIMESTAMP.format(Instant.ofEpochMilli(logged.getMillis())),
                levelName(logged.getLevel()),
                logged.getLoggerName() == null ? "" : logged.getLoggerName(),
                logged.getThreadName() == null ? "" : logged.getThreadName(),
                logged.getFormattedMessage() == null ? "" : logged.getFormattedMessage(),
                context,
                Optional.ofNullable(thrown).map(LogEvent::stackTrace));
    }

    private static String levelName(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (value >= Level.WARNING.intValue()) {
            return "WARN";
        }
        if (value >= Level.INFO.intValue()) {
            return "INFO";
        }
        return value >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
    }

    private static String stackTrace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString().stripTrailing();
    }
}
