package io.velostream.engine.stats;

import io.micrometer.core.instrument.Meter;
import io.velostream.engine.breaker.BreakerState;
import io.velostream.engine.breaker.BreakerView;
import io.velostream.engine.breaker.CircuitBreaker;
import io.velostream.engine.breaker.CircuitBreakers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The series of the circuit breakers, which come and go with the jobs; {@code main} is there from the start. */
final class BreakerMeters {

    private final MeterFactory factory;
    private final InstantSource clock;
    private final Map<CircuitBreaker, List<Meter>> meters = new HashMap<>();

    BreakerMeters(MeterFactory factory, InstantSource clock, CircuitBreakers breakers) {
        this.factory = factory;
        this.clock = clock;
        update(breakers);
    }

    void update(CircuitBreakers breakers) {
        List<CircuitBreaker> now = breakers.all();
        meters.entrySet().removeIf(entry -> {
            boolean gone = !now.contains(entry.getKey());
            if (gone) {
                entry.getValue().forEach(factory::remove);
            }
            return gone;
        });
        now.forEach(breaker -> meters.computeIfAbsent(breaker, this::register));
    }

    private List<Meter> register(CircuitBreaker breaker) {
        String name = breaker.name();
        return List.of(
                factory.register(
                        EngineMetric.CIRCUIT_BREAKER_STATE,
                        () -> breaker.state().code(),
                        name),
                factory.register(EngineMetric.CIRCUIT_BREAKER_FAILURES, breaker::failures, name),
                factory.register(EngineMetric.CIRCUIT_BREAKER_SUCCESSES, breaker::successes, name),
                factory.register(EngineMetric.CIRCUIT_BREAKER_OPEN_SECONDS, () -> openSeconds(breaker.view()), name));
    }

    private double openSeconds(BreakerView view) {
        return view.state() == BreakerState.CLOSED
                ? 0
                : Math.max(0, Duration.between(view.since(), clock.instant()).toMillis()) / 1000.0;
    }
}
