package io.velostream.cli.dlq;

import io.velostream.engine.guard.DeadLetter;
import io.velostream.engine.sql.tree.DurationText;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which letters are meant. */
final class LetterFilter {

    @Option(names = "--query", paramLabel = "NAME", description = "Only letters of this query.")
    @Nullable String query;

    @Option(
            names = "--error",
            paramLabel = "TEXT",
            description = "Only letters with this text in their error code or message.")
    @Nullable String error;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only letters since then: a duration before now, such as 90m or 7d, or 2026-01-31T10:00:00Z.")
    @Nullable String since;

    /** Whether nothing is left out. */
    boolean isEmpty() {
        return query == null && error == null && since == null;
    }

    /** Where reading begins. */
    Optional<Instant> since(InstantSource clock) {
        String text = since;
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(DurationText.withUnit(text)
                    .filter(duration -> !duration.isNegative())
                    .map(duration -> clock.instant().minus(duration))
                    .orElseGet(() -> Instant.parse(text)));
        } catch (DateTimeParseException e) {
            throw new TypeConversionException("--since " + text
                    + " is neither a duration, such as 90m or 7d, nor a time, such as 2026-01-31T10:00:00Z");
        }
    }

    boolean takes(DeadLetter letter) {
        return (query == null || letter.query().equals(query)) && (error == null || isOfError(letter, error));
    }

    private static boolean isOfError(DeadLetter letter, String wanted) {
        String text = (letter.code() + ": " + letter.message()).toLowerCase(Locale.ROOT);
        return text.contains(wanted.toLowerCase(Locale.ROOT));
    }
}
