package io.velostream.operator.engine;

import java.time.Duration;

/**
 * The admin API of the engine's pods. Every call is bounded in time; calls that may be repeated without harm are retried a few
 * times, and a pod that fails again and again is left alone for a while.
 *
 * <p>Every method throws {@link EngineException}, whose kind says whether the pod may have acted on the request.
 */
public interface EnginePods {

    /** Whether the pod's configuration is in force and its admin API up, whatever Kafka does. */
    boolean ready(EnginePod pod);

    /** The pod's checks one by one, such as whether it reaches Kafka. */
    EngineReadiness readiness(EnginePod pod);

    /** The engine's version. */
    String version(EnginePod pod);

    /** What the pod does as a whole, and its jobs. */
    EngineProcessing processing(EnginePod pod);

    /** Shows the pod a {@code velostream.yaml}; changes nothing. */
    ConfigVerdict validateConfig(EnginePod pod, String yaml);

    /** Gives the pod a job document; the same one twice changes nothing. */
    PutOutcome putJob(EnginePod pod, EngineJobDocument document);

    /** Stops a job and makes the pod forget it; a job that is not there is no error. */
    void deleteJob(EnginePod pod, String job);

    /**
     * Begins to drain the pod: intake stops, what was read is finished and committed, the groups are left. Returns at once;
     * {@link #processing} tells how far it is.
     */
    void drain(EnginePod pod, Duration timeout);

    /**
     * Closes every job on the pod and starts it anew; ends a drain.
     *
     * @param idempotencyKey names this restart: the pod does a restart of the same name only once, so that it may be asked for
     *     again after a crash
     */
    void restart(EnginePod pod, String idempotencyKey);

    /** Puts the pod into maintenance mode or takes it out; idempotent. */
    void maintenance(EnginePod pod, boolean enabled);
}
