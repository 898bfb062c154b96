package io.velostream.operator.engine;

import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.TypedGuard;
import io.velostream.operator.engine.EngineException.Kind;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;

/**
 * Retry and breaker of each pod. Only a pod's silence and its 5xx count as failures: a refused request says nothing about the
 * pod's health. Guards of addresses that are not used any more are forgotten once there are more than a thousand.
 */
final class PodGuards {

    private static final int MOST_PODS = 1000;

    private final EngineClientSettings settings;
    private final BiConsumer<EnginePod, CircuitBreakerState> onBreaker;
    private final ConcurrentMap<String, Guards> guards = new ConcurrentHashMap<>();

    PodGuards(EngineClientSettings settings, BiConsumer<EnginePod, CircuitBreakerState> onBreaker) {
        this.settings = settings;
        this.onBreaker = onBreaker;
    }

    /** Runs a call, again if need be and {@code repeatable}; a call that is not is sent at most once. */
    HttpAnswer call(EnginePod pod, boolean repeatable, Callable<HttpAnswer> call) {
        if (guards.size() > MOST_PODS) {
            guards.clear();
        }
        Guards ofPod = guards.computeIfAbsent(
                pod.namespace() + "/" + pod.name() + "@" + pod.authority(), key -> guardsOf(pod));
        try {
            // The retry is outside and the breaker inside, so that every attempt counts.
            return repeatable ? ofPod.retry.call(() -> ofPod.breaker.call(call)) : ofPod.breaker.call(call);
        } catch (EngineException e) {
            throw e;
        } catch (CircuitBreakerOpenException e) {
            throw new EngineException(
                    Kind.CIRCUIT_OPEN,
                    "pod " + pod.name() + " failed repeatedly and is left alone for "
                            + settings.breakerDelay().toSeconds() + " s",
                    e);
        } catch (Exception e) {
            throw new EngineException(
                    Kind.NO_ANSWER, "the call to pod " + pod.name() + " was cut short: " + e.getMessage(), e);
        }
    }

    private Guards guardsOf(EnginePod pod) {
        TypedGuard<HttpAnswer> retry = TypedGuard.create(HttpAnswer.class)
                .withDescription("retry " + pod.name())
                .withRetry()
                .maxRetries(settings.retries())
                .delay(settings.retryDelay().toMillis(), ChronoUnit.MILLIS)
                .jitter(settings.retryDelay().toMillis(), ChronoUnit.MILLIS)
                .whenException(PodGuards::isTransient)
                .done()
                .build();
        TypedGuard<HttpAnswer> breaker = TypedGuard.create(HttpAnswer.class)
                .withDescription("breaker " + pod.name())
                .withCircuitBreaker()
                .when(PodGuards::isTransient)
                .requestVolumeThreshold(settings.breakerVolume())
                .failureRatio(0.5)
                .delay(settings.breakerDelay().toMillis(), ChronoUnit.MILLIS)
                .successThreshold(1)
                .onStateChange(state -> onBreaker.accept(pod, state))
                .done()
                .build();
        return new Guards(retry, breaker);
    }

    private static boolean isTransient(Throwable failure) {
        return failure instanceof EngineException engine && engine.kind().isTransient();
    }

    private record Guards(TypedGuard<HttpAnswer> retry, TypedGuard<HttpAnswer> breaker) {}

    /** Status and body of an answer. */
    record HttpAnswer(int status, String body) {}
}
