package io.velostream.engine.sql.function;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What a text argument must be for a function to understand it. */
public enum LiteralKind {
    JSON_PATH(JsonPath::of),
    REGEXP(LiteralKind::regexp),
    DATE_UNIT(DateUnit::of),
    DATE_PART(DatePart::of),
    JAVA_TIME(TimeFormats::java),
    STRFTIME(TimeFormats::strftime),
    TIME_ZONE(LiteralKind::zone);

    private final Consumer<String> reader;

    LiteralKind(Consumer<String> reader) {
        this.reader = reader;
    }

    /**
     * Checks a text.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public void check(String text) {
        reader.accept(text);
    }

    private static void regexp(String text) {
        try {
            Pattern.compile(text);
        } catch (PatternSyntaxException wrong) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no regular expression: " + wrong.getDescription(), wrong);
        }
    }

    private static void zone(String text) {
        try {
            ZoneId.of(text);
        } catch (DateTimeException unknown) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no time zone; one is Europe/Berlin, UTC or +02:00", unknown);
        }
    }
}
