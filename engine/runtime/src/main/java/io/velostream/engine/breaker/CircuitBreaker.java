package io.velostream.engine.breaker;

import io.smallrye.faulttolerance.core.FaultToleranceContext;
import io.smallrye.faulttolerance.core.Future;
import io.smallrye.faulttolerance.core.util.ExceptionDecision;
import io.velostream.engine.breaker.BreakerChange.Cause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The breaker of one dependency: SmallRye Fault Tolerance's state machine, told the outcomes of what was done rather than
 * wrapped around it, since Kafka's clients report sends and commits long after the call. So many failures in a row open it;
 * open it refuses to count; after its timeout it is half-open, and so many successes in a row close it, while one failure,
 * or no end within the recovery timeout, opens it again. Outcomes are those of commits, sends of a transaction and
 * probes, never of single records. Safe for use by several threads; {@link #state} costs a volatile read.
 */
public final class CircuitBreaker {

    private static final Logger LOG = LoggerFactory.getLogger(CircuitBreaker.class);
    private static final double EVERY_CALL_FAILED = 1.0;

    /** An outcome that the state machine takes for a failed call. */
    private static final class Failure extends Exception {
        private static final long serialVersionUID = 1L;

        Failure(String message) {
            super(message, null, false, false);
        }
    }

    private final Dependency dependency;
    private final InstantSource clock;
    private final Consumer<BreakerChange> onChange;
    private final ClockTimer timer;
    private final Set<Object> trying = new HashSet<>();
    private io.smallrye.faulttolerance.core.circuit.breaker.CircuitBreaker<Object> machine;
    private BreakerSettings settings;
    private BreakerSettings wanted;
    private volatile BreakerState state = BreakerState.CLOSED;
    private volatile long failures;
    private volatile long successes;
    private volatile long lastSuccess;
    private Instant since;
    private Optional<String> lastFailure = Optional.empty();
    private Optional<Instant> lastFailureAt = Optional.empty();
    private boolean onlyProbesFailed = true;

    CircuitBreaker(
            Dependency dependency, BreakerSettings settings, InstantSource clock, Consumer<BreakerChange> onChange) {
        this.dependency = dependency;
        this.settings = settings;
        this.wanted = settings;
        this.clock = clock;
        this.onChange = onChange;
        this.timer = new ClockTimer(clock);
        this.since = clock.instant();
        this.machine = machine(settings);
    }

    private io.smallrye.faulttolerance.core.circuit.breaker.CircuitBreaker<Object> machine(BreakerSettings of) {
        return new io.smallrye.faulttolerance.core.circuit.breaker.CircuitBreaker<>(
                FaultToleranceContext::call,
                dependency.name(),
                ExceptionDecision.ALWAYS_FAILURE,
                of.timeout().toMillis(),
                of.failureThreshold(),
                EVERY_CALL_FAILED,
                of.successThreshold(),
                () -> {
                    long started = clock.millis();
                    return () -> clock.millis() - started;
                },
                timer);
    }

    /** What is guarded. */
    public Dependency dependency() {
        return dependency;
    }

    /** The name by which it is known outside. */
    public String name() {
        return dependency.name();
    }

    /** The state now. */
    public BreakerState state() {
        return state;
    }

    /** Whether the dependency is left alone. */
    public boolean isOpen() {
        return state == BreakerState.OPEN;
    }

    /** Failures since the breaker was made. */
    public long failures() {
        return failures;
    }

    /** Successes since the breaker was made. */
    public long successes() {
        return successes;
    }

    /** The dependency did what it was asked to. */
    public synchronized void succeeded() {
        successes++;
        lastSuccess = clock.millis();
        onlyProbesFailed = true;
        tell(null, Cause.SUCCESS, "the dependency works again");
    }

    /** The dependency did not do what it was asked to. */
    public synchronized void failed(String sentence) {
        onlyProbesFailed = false;
        fail(sentence);
    }

    private void fail(String sentence) {
        failures++;
        lastFailure = Optional.of(sentence);
        lastFailureAt = Optional.of(clock.instant());
        tell(new Failure(sentence), Cause.FAILURE, sentence);
    }

    /**
     * A look at the dependency without using it. That it is there says little of whether it can be used: in use it takes
     * back only what earlier looks have said, and on trial it counts only while nobody has anything to try with.
     *
     * @param failure why it is not there; empty when it is
     */
    public synchronized void probed(Optional<String> failure) {
        if (state == BreakerState.OPEN) {
            return;
        }
        if (failure.isPresent()) {
            fail(failure.get());
        } else if (state == BreakerState.HALF_OPEN ? trying.isEmpty() : onlyProbesFailed) {
            succeeded();
        }
    }

    /** Whether nothing has been heard of the dependency for a while, or a trial waits. */
    public boolean wantsProbe(Duration silence) {
        return switch (state) {
            case OPEN -> false;
            case HALF_OPEN -> true;
            case CLOSED -> clock.millis() - lastSuccess >= silence.toMillis();
        };
    }

    /** Whether a user of the dependency has something to try it with. */
    public synchronized void trying(Object user, boolean has) {
        if (has) {
            trying.add(user);
        } else {
            trying.remove(user);
        }
    }

    /** Lets time pass: an open breaker may be tried, a trial may have taken too long. */
    public synchronized void tick() {
        timer.runDue();
        look(Cause.TIMEOUT, "it was open for " + settings.timeout().toSeconds() + " s");
        if (state == BreakerState.HALF_OPEN
                && Duration.between(since, clock.instant()).compareTo(settings.recoveryTimeout()) >= 0) {
            fail("the trial had not ended after " + settings.recoveryTimeout().toSeconds() + " s"
                    + lastFailure.map(last -> "; " + last).orElse(""));
        }
    }

    /**
     * Closes it by force (runbook, “Circuit Breaker Emergency Reset”).
     *
     * @param by who asked, for the log and the history
     * @return whether it was not closed
     */
    public synchronized boolean reset(String by) {
        boolean changes = state != BreakerState.CLOSED;
        machine.reset();
        onlyProbesFailed = true;
        look(Cause.RESET, "it was reset by " + by);
        return changes;
    }

    /** Takes other settings: at once while closed, else when it closes. */
    public synchronized void adopt(BreakerSettings other) {
        wanted = other;
        adoptWanted();
    }

    private void adoptWanted() {
        if (state == BreakerState.CLOSED && !wanted.equals(settings)) {
            settings = wanted;
            machine = machine(settings);
        }
    }

    /** All of it at one moment. */
    public synchronized BreakerView view() {
        return new BreakerView(dependency, state, failures, successes, since, lastFailure, lastFailureAt, settings);
    }

    private void tell(@Nullable Failure failure, Cause cause, String reason) {
        Future<Object> outcome = failure == null ? Future.of(Boolean.TRUE) : Future.ofError(failure);
        machine.apply(new FaultToleranceContext<>(() -> outcome, false));
        look(cause, reason);
    }

    /** Nothing else moves the machine, so its state before and after tells what happened. */
    private void look(Cause cause, String reason) {
        BreakerState now = switch (machine.currentState()) {
            case io.smallrye.faulttolerance.core.circuit.breaker.CircuitBreaker.STATE_OPEN -> BreakerState.OPEN;
            case io.smallrye.faulttolerance.core.circuit.breaker.CircuitBreaker.STATE_HALF_OPEN ->
                BreakerState.HALF_OPEN;
            default -> BreakerState.CLOSED;
        };
        BreakerState before = state;
        if (now == before) {
            return;
        }
        Instant at = clock.instant();
        Duration lasted = Duration.between(since, at);
        state = now;
        since = at;
        log(now, before, lasted, reason);
        onChange.accept(new BreakerChange(at, name(), now, cause, reason));
        adoptWanted();
    }

    private void log(BreakerState now, BreakerState before, Duration lasted, String reason) {
        dependency.job().ifPresent(job -> MDC.put("job", job));
        try {
            switch (now) {
                case OPEN -> {
                    MDC.put("error_type", "CIRCUIT_BREAKER_OPEN");
                    LOG.error(
                            "Circuit breaker open: {} {}: {}; {}, the records wait in Kafka; it is tried again in {} s",
                            name(),
                            before == BreakerState.CLOSED
                                    ? "failed " + settings.failureThreshold() + " times in a row"
                                    : "failed on trial",
                            reason,
                            dependency.consequence(),
                            settings.timeout().toSeconds());
                }
                case HALF_OPEN ->
                    LOG.info(
                            "Circuit breaker half-open: {} is tried; {} successes within {} s close it, a failure opens it again",
                            name(),
                            settings.successThreshold(),
                            settings.recoveryTimeout().toSeconds());
                case CLOSED ->
                    LOG.info(
                            "Circuit breaker closed: {} after {} s {}: {}", name(), lasted.toSeconds(), before, reason);
            }
        } finally {
            MDC.remove("job");
            MDC.remove("error_type");
        }
    }
}
