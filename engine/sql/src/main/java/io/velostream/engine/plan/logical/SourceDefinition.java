package io.velostream.engine.plan.logical;

import io.velostream.engine.plan.physical.FormatOptions;
import io.velostream.engine.plan.physical.SourceSpec.Format;
import io.velostream.engine.plan.physical.SourceSpec.LateData;
import io.velostream.engine.plan.physical.SourceSpec.Watermark;
import io.velostream.engine.sql.tree.Dialect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A source as its declaration and WITH entries say.
 *
 * @param keyColumns the declared key columns, in their order
 * @param eventTimeFormat how the event time's field is written
 * @param properties pass-through Kafka consumer options
 * @param options what the format needs to know beyond its name
 * @param dialect how the text is read that reads the source
 * @param narrowColumns the columns that are declared as INT in ksqlDB's dialect, which have four bytes in a key
 */
public record SourceDefinition(
        String name,
        String topic,
        Format format,
        Format keyFormat,
        boolean declared,
        List<String> keyColumns,
        Optional<String> eventTimeFormat,
        Watermark watermark,
        LateData lateData,
        Map<String, String> properties,
        FormatOptions options,
        Dialect dialect,
        Set<String> narrowColumns) {
    /** No source at all, for a schema that nothing is read by. */
    public static final SourceDefinition NONE = new SourceDefinition(
            "",
            "",
            Format.JSON,
            Format.TEXT,
            true,
            List.of(),
            Optional.empty(),
            new Watermark(Duration.ZERO, Duration.ZERO),
            LateData.DROP,
            Map.of(),
            FormatOptions.NONE,
            Dialect.VELOSTREAM,
            Set.of());

    public SourceDefinition {
        keyColumns = List.copyOf(keyColumns);
        properties = Map.copyOf(properties);
        narrowColumns = Set.copyOf(narrowColumns);
    }

    /** Whether its records come to an end, as those of files do that nobody watches. */
    public boolean isBounded() {
        return options.file().filter(file -> !file.watching()).isPresent();
    }

    /** The same source with other settings of time. */
    public SourceDefinition withTime(Watermark otherWatermark, LateData otherLateData, Optional<String> otherFormat) {
        return new SourceDefinition(
                name,
                topic,
                format,
                keyFormat,
                declared,
                keyColumns,
                otherFormat,
                otherWatermark,
                otherLateData,
                properties,
                options,
                dialect,
                narrowColumns);
    }
}
