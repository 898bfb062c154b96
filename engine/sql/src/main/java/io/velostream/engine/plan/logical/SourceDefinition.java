package io.velostream.engine.plan.logical;

import io.velostream.engine.plan.physical.SourceSpec.Format;
import io.velostream.engine.plan.physical.SourceSpec.LateData;
import io.velostream.engine.plan.physical.SourceSpec.Watermark;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A source as its declaration and WITH entries say.
 *
 * @param keyColumns the declared key columns, in their order
 * @param eventTimeFormat how the event time's field is written
 * @param properties pass-through Kafka consumer options
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
        Map<String, String> properties) {
    public SourceDefinition {
        keyColumns = List.copyOf(keyColumns);
        properties = Map.copyOf(properties);
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
                properties);
    }
}
