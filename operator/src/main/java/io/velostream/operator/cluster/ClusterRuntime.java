package io.velostream.operator.cluster;

import io.velostream.operator.action.PausePoint;
import io.velostream.operator.engine.EnginePods;
import io.velostream.operator.engine.PodObserver;
import io.velostream.operator.status.EventRecorder;
import java.time.Clock;
import java.time.Duration;

/**
 * What the reconcilers work with.
 *
 * @param port of the pods' admin API
 * @param working how soon to look again while something is on its way
 * @param steady how soon to look again when all is well
 */
public record ClusterRuntime(
        EnginePods engine,
        PodObserver observer,
        AdminTokens tokens,
        EventRecorder events,
        PausePoint pausePoint,
        Clock clock,
        EngineDefaults defaults,
        int port,
        Duration working,
        Duration steady) {}
