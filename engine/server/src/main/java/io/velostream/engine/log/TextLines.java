package io.velostream.engine.log;

import java.util.stream.Collectors;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/** One line an event for people, followed by the stack trace if there is one. */
final class TextLines extends ExtFormatter {

    @Override
    public String format(ExtLogRecord logged) {
        LogEvent event = LogEvent.of(logged);
        String context = event.context().isEmpty()
                ? ""
                : event.context().entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(" ", " {", "}"));
        String logger = event.logger().substring(event.logger().lastIndexOf('.') + 1);
        return "%s %-5s [%s] %s%s%s%n"
                .formatted(
                        event.timestamp(),
                        event.level(),
                        logger,
                        event.message(),
                        context,
                        event.stackTrace().map(trace -> "\n" + trace).orElse(""));
    }
}
