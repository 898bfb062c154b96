package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.logical.SourceDefinition;
import io.velostream.engine.plan.physical.SourceSpec.Format;
import io.velostream.engine.plan.physical.SourceSpec.LateData;
import io.velostream.engine.plan.physical.SourceSpec.Watermark;
import io.velostream.engine.sql.tree.Dialect;
import io.velostream.engine.sql.tree.Location;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** WITH entries → what the engine must know about a source. */
final class SourceReader {

    private static final List<String> SOURCE_TYPES =
            List.of("kafka_source", "file_source", "file_source_mmap", "s3_source", "http_source");
    private static final List<String> FILE_TYPES = List.of("file_source", "file_source_mmap");
    private static final List<String> LATE_DATA =
            List.of("drop", "dead_letter", "include_in_next_window", "update_previous");
    private static final List<String> STRATEGIES = List.of("bounded_out_of_orderness", "ascending", "punctuated");
    private static final List<String> RESETS = List.of("earliest", "latest", "none");

    /** Wall-clock time after which a silent partition no longer holds windows back, unless the source says other. */
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);

    private final Problems problems;
    private final Dialect dialect;

    SourceReader(Problems problems, Dialect dialect) {
        this.problems = problems;
        this.dialect = dialect;
    }

    /**
     * Reads a source.
     *
     * @param columns the declared columns; none where they are ANY
     * @param keyColumns those of them that the record key holds
     * @param narrowColumns those of them that are INT
     */
    SourceDefinition read(
            String name,
            List<RelationSchema.Column> columns,
            List<String> keyColumns,
            Set<String> narrowColumns,
            String topic,
            PropertySet properties) {
        Optional<String> type = properties.word(PropertyKey.TYPE, SOURCE_TYPES);
        boolean file = type.filter(FILE_TYPES::contains).isPresent();
        type.filter(each -> !each.equals("kafka_source") && !file)
                .ifPresent(each -> unsupported(properties, PropertyKey.TYPE, "a source of type " + each));
        Map<String, String> clientOptions = new HashMap<>(properties.clientOptions(true));
        properties
                .word(PropertyKey.OFFSET_RESET, RESETS)
                .ifPresent(reset -> clientOptions.put(PropertyKey.OFFSET_RESET.spelling(), reset));
        FormatReader formats = new FormatReader(problems);
        return new SourceDefinition(
                name,
                topic,
                file ? Format.JSON : formats.format(properties, PropertyKey.FORMAT, Format.JSON),
                formats.keyFormat(properties, Format.TEXT),
                !columns.isEmpty(),
                keyColumns,
                properties.text(PropertyKey.EVENT_TIME_FORMAT),
                watermark(properties),
                properties
                        .word(PropertyKey.LATE_DATA, LATE_DATA)
                        .map(word -> LateData.valueOf(word.toUpperCase(Locale.ROOT)))
                        .orElse(LateData.DROP),
                clientOptions,
                file ? formats.ofFile(name, columns, properties) : formats.ofTopic(name, columns, properties),
                dialect,
                dialect == Dialect.KSQLDB ? narrowColumns : Set.of());
    }

    private Watermark watermark(PropertySet properties) {
        Optional<String> strategy = properties.word(PropertyKey.WATERMARK_STRATEGY, STRATEGIES);
        Duration disorder = properties.duration(PropertyKey.WATERMARK_DISORDER).orElse(Duration.ZERO);
        Duration idle = properties.duration(PropertyKey.WATERMARK_IDLE).orElse(IDLE_TIMEOUT);
        Duration inForce = strategy.filter("ascending"::equals).isPresent() ? Duration.ZERO : disorder;
        return new Watermark(
                inForce, idle, punctuation(properties, strategy), properties.duration(PropertyKey.ALLOWED_LATENESS));
    }

    private Optional<String> punctuation(PropertySet properties, Optional<String> strategy) {
        Optional<String> field = properties.text(PropertyKey.WATERMARK_PUNCTUATION);
        boolean punctuated = strategy.filter("punctuated"::equals).isPresent();
        if (punctuated && field.isEmpty()) {
            problems.add(
                    ProblemCode.MISSING_PROPERTY,
                    properties
                            .entry(PropertyKey.WATERMARK_STRATEGY)
                            .orElseThrow()
                            .location(),
                    "the strategy punctuated needs to know which records move time",
                    "name the field that marks them: 'watermark.punctuation.field' = 'is_marker'");
        } else if (!punctuated && field.isPresent()) {
            problems.add(
                    ProblemCode.BAD_PROPERTY_VALUE,
                    properties
                            .entry(PropertyKey.WATERMARK_PUNCTUATION)
                            .orElseThrow()
                            .location(),
                    "`watermark.punctuation.field` belongs to the strategy punctuated",
                    "add 'watermark.strategy' = 'punctuated', or remove the field");
        }
        return punctuated ? field : Optional.empty();
    }

    private void unsupported(PropertySet properties, PropertyKey key, String what) {
        Location location =
                properties.entry(key).map(PropertySet.Entry::location).orElse(Location.START);
        problems.add(ProblemCode.NOT_SUPPORTED, location, what + " is not supported yet in this version");
    }
}
