package io.velostream.engine.sql.analysis;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the annotations before a statement say about how it runs. */
final class JobSettings {

    static final String DEFAULT_MODE = "simple";
    static final int DEFAULT_BATCH_SIZE = 100;

    private final Map<Integer, List<Annotation>> annotations;

    JobSettings(List<Annotation> annotations) {
        this.annotations = annotations.stream().collect(Collectors.groupingBy(Annotation::ordinal));
    }

    /** The annotations of one statement, in the order of the text. */
    List<Annotation> annotations(int ordinal) {
        return annotations.getOrDefault(ordinal, List.of());
    }

    /** Settings of one statement. */
    record Settings(String mode, int batchSize) {}

    Settings of(int ordinal) {
        return new Settings(
                text("job_mode", ordinal)
                        .map(mode -> mode.toLowerCase(Locale.ROOT))
                        .orElse(DEFAULT_MODE),
                text("batch_size", ordinal).map(Integer::parseInt).orElse(DEFAULT_BATCH_SIZE));
    }

    /** The last value that was given for the statement. */
    Optional<String> text(String name, int ordinal) {
        return annotations(ordinal).stream()
                .filter(each -> each.name().equals(name))
                .map(Annotation::value)
                .reduce((earlier, later) -> later);
    }
}
