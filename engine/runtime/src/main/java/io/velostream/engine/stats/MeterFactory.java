package io.velostream.engine.stats;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Registers meters of the catalogue, so that a name, its type and its description are said once. */
final class MeterFactory {

    private final MeterRegistry registry;

    /** Micrometer refers to what a counter reads only weakly; a forgotten supplier would leave the counter standing. */
    private final Map<Meter.Id, Supplier<Number>> held = new ConcurrentHashMap<>();

    MeterFactory(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Registers one series.
     *
     * @param value read at each scrape; of a counter it never falls
     * @param labelValues in the order of the metric's labels
     */
    Meter register(EngineMetric metric, Supplier<Number> value, String... labelValues) {
        if (labelValues.length != metric.labels().size()) {
            throw new IllegalArgumentException(metric.series() + " has the labels " + metric.labels());
        }
        Tags tags = Tags.empty();
        for (int i = 0; i < labelValues.length; i++) {
            tags = tags.and(metric.labels().get(i), labelValues[i]);
        }
        Meter meter = switch (metric.kind()) {
            case GAUGE ->
                Gauge.builder(metric.series(), value)
                        .description(metric.description())
                        .tags(tags)
                        .register(registry);
            case COUNTER ->
                FunctionCounter.builder(
                                metric.series(),
                                value,
                                supplier -> supplier.get().doubleValue())
                        .description(metric.description())
                        .tags(tags)
                        .register(registry);
        };
        held.put(meter.getId(), value);
        return meter;
    }

    void remove(Meter meter) {
        registry.remove(meter);
        held.remove(meter.getId());
    }
}
