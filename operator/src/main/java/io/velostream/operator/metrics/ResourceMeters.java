package io.velostream.operator.metrics;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.velostream.operator.status.ConditionType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Meters of the resources as the operator's caches have them: {@code velo_operator_resource_condition} (1 when True, else 0) for
 * Ready, Reconciling and Stalled of each resource, and {@code velo_operator_resource_lag_generations}, by which a status is behind
 * its spec. They are made anew from the caches every few seconds, so that the series of a deleted resource go with it.
 *
 * <p>{@code velo_operator_actions_total} counts actions by kind, type and phase.
 */
public final class ResourceMeters implements AutoCloseable {

    private static final int REFRESH_SECONDS = 5;
    private static final List<ConditionType> SHOWN =
            List.of(ConditionType.READY, ConditionType.RECONCILING, ConditionType.STALLED);

    private final MeterRegistry registry;
    private final MultiGauge conditions;
    private final MultiGauge lag;
    private final Map<String, Supplier<Stream<Row>>> kinds = new ConcurrentHashMap<>();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("resource-meters").factory());

    public ResourceMeters(MeterRegistry registry) {
        this.registry = registry;
        this.conditions = MultiGauge.builder("velo.operator.resource.condition")
                .description("1 when the condition of the resource is True, else 0")
                .register(registry);
        this.lag = MultiGauge.builder("velo.operator.resource.lag.generations")
                .description("Generations by which the status of the resource is behind its spec")
                .register(registry);
        executor.scheduleWithFixedDelay(this::refresh, REFRESH_SECONDS, REFRESH_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Shows the resources of a kind from now on.
     *
     * @param resources those that exist, looked up at every refresh
     * @param view the state of one of them
     */
    public <R extends HasMetadata> void show(String kind, Supplier<Stream<R>> resources, Function<R, State> view) {
        kinds.put(kind, () -> resources.get().map(resource -> new Row(resource, view.apply(resource))));
    }

    /** Counts an action that began or ended. */
    public void countAction(String kind, String type, String phase) {
        registry.counter("velo.operator.actions", "kind", kind, "type", type, "phase", phase)
                .increment();
    }

    /** Makes the meters anew from the caches. */
    void refresh() {
        List<MultiGauge.Row<?>> conditionRows = new ArrayList<>();
        List<MultiGauge.Row<?>> lagRows = new ArrayList<>();
        kinds.forEach((kind, rows) -> rows.get().forEach(row -> {
            var metadata = row.resource.getMetadata();
            Tags tags = Tags.of("kind", kind, "namespace", metadata.getNamespace(), "name", metadata.getName());
            for (ConditionType type : SHOWN) {
                conditionRows.add(MultiGauge.Row.of(
                        tags.and("condition", type.text()), isTrue(row.state.conditions(), type) ? 1 : 0));
            }
            lagRows.add(
                    MultiGauge.Row.of(tags, Math.max(0, metadata.getGeneration() - row.state.observedGeneration())));
        }));
        conditions.register(conditionRows, true);
        lag.register(lagRows, true);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private static boolean isTrue(List<Condition> conditions, ConditionType type) {
        return conditions.stream()
                .anyMatch(condition -> type.text().equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    /**
     * What is shown of a resource.
     *
     * @param observedGeneration 0 where it has no status yet
     */
    public record State(long observedGeneration, List<Condition> conditions) {
        public State {
            conditions = List.copyOf(conditions);
        }
    }

    private record Row(HasMetadata resource, State state) {}
}
