package io.velostream.engine.breaker;

import io.velostream.engine.breaker.BreakerChange.Cause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The breakers of one pod: {@code main} for processing as a whole, always, and those of the jobs while their units run.
 * Safe for use by several threads.
 */
public final class CircuitBreakers {

    private static final class Held {
        private final CircuitBreaker breaker;
        private final Optional<BreakerSettings> own;
        private int holders;

        Held(CircuitBreaker breaker, Optional<BreakerSettings> own) {
            this.breaker = breaker;
            this.own = own;
        }
    }

    private final InstantSource clock;
    private final BreakerHistory history;
    private final CircuitBreaker main;
    private final Map<String, Held> held = new HashMap<>();
    private BreakerSettings defaults;
    private volatile List<CircuitBreaker> all;

    /** Only {@code main}, closed; nothing of the history outlives the process. */
    public CircuitBreakers(BreakerSettings defaults, InstantSource clock) {
        this(defaults, clock, BreakerHistory.inMemory(clock));
    }

    /**
     * Only {@code main}, closed.
     *
     * @param defaults for breakers whose job says nothing
     */
    public CircuitBreakers(BreakerSettings defaults, InstantSource clock, BreakerHistory history) {
        this.defaults = defaults;
        this.clock = clock;
        this.history = history;
        this.main = new CircuitBreaker(Dependency.MAIN, defaults, clock, history::add);
        this.all = List.of(main);
    }

    /** That of processing as a whole. */
    public CircuitBreaker main() {
        return main;
    }

    /** All, {@code main} first, then by name. */
    public List<CircuitBreaker> all() {
        return all;
    }

    /** All at this moment. */
    public List<BreakerView> views() {
        return all.stream().map(CircuitBreaker::view).toList();
    }

    /** The one of that name. */
    public Optional<CircuitBreaker> named(String name) {
        return all.stream().filter(breaker -> breaker.name().equals(name)).findFirst();
    }

    /** Whether any is open; a trial is not. */
    public boolean anyOpen() {
        return all.stream().anyMatch(CircuitBreaker::isOpen);
    }

    /**
     * The breaker of a dependency of a job; made, closed, for its first holder. Each call is answered by one of
     * {@link #release}.
     *
     * @param own the job's settings; empty for the pod's
     */
    public synchronized CircuitBreaker acquire(Dependency dependency, Optional<BreakerSettings> own) {
        Held known = held.get(dependency.name());
        if (known == null || !known.own.equals(own)) {
            CircuitBreaker breaker = known == null
                    ? new CircuitBreaker(dependency, own.orElse(defaults), clock, history::add)
                    : known.breaker;
            Held next = new Held(breaker, own);
            next.holders = known == null ? 0 : known.holders;
            held.put(dependency.name(), next);
            breaker.adopt(own.orElse(defaults));
            known = next;
        }
        known.holders++;
        list();
        return known.breaker;
    }

    /** The holder needs the breaker no more; the last one's is forgotten. */
    public synchronized void release(CircuitBreaker breaker) {
        Held known = held.get(breaker.name());
        if (known == null || known.breaker != breaker) {
            return;
        }
        known.holders--;
        if (known.holders <= 0) {
            held.remove(breaker.name());
            if (breaker.state() != BreakerState.CLOSED) {
                history.add(new BreakerChange(
                        clock.instant(), breaker.name(), BreakerState.CLOSED, Cause.RESTART, "its job was closed"));
            }
            list();
        }
    }

    private void list() {
        Map<String, CircuitBreaker> sorted = new TreeMap<>();
        held.forEach((name, each) -> sorted.put(name, each.breaker));
        all = Stream.concat(Stream.of(main), sorted.values().stream()).toList();
    }

    /** Other settings for breakers whose job says nothing; one that is not closed takes them when it closes. */
    public synchronized void adopt(BreakerSettings settings) {
        defaults = settings;
        main.adopt(settings);
        held.values().stream().filter(each -> each.own.isEmpty()).forEach(each -> each.breaker.adopt(settings));
    }

    /** Lets time pass for all. */
    public void tick() {
        all.forEach(CircuitBreaker::tick);
    }

    /** Closes all by force and says which were not closed. */
    public List<String> resetAll(String by) {
        return all.stream()
                .filter(breaker -> breaker.reset(by))
                .map(CircuitBreaker::name)
                .toList();
    }

    /** What the breakers did lately. */
    public BreakerStatistics statistics(Duration period) {
        Instant now = clock.instant();
        return BreakerStatistics.of(history.changes(), views(), now.minus(period), now);
    }
}
