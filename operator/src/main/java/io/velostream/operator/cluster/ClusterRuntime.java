package io.velostream.operator.cluster;

import io.velostream.operator.action.PausePoint;
import io.velostream.operator.engine.EnginePods;
import io.velostream.operator.engine.PodObserver;
import io.velostream.operator.metrics.ResourceMeters;
import io.velostream.operator.status.EventRecorder;
import io.velostream.operator.status.FigureGate;
import java.time.Clock;
import java.time.Duration;

/** What the reconcilers work with. */
public record ClusterRuntime(
        EngineAccess engineAccess, Reporting reporting, Settings settings, PausePoint pausePoint, Clock clock) {

    /**
     * The way to the pods.
     *
     * @param tokens of the pods' admin API
     */
    public record EngineAccess(EnginePods engine, PodObserver observer, AdminTokens tokens) {}

    /** Where things are told. */
    public record Reporting(EventRecorder events, ResourceMeters meters, FigureGate figures) {}

    /**
     * How clusters are made and how often they are looked at.
     *
     * @param port of the pods' admin API
     * @param working how soon to look again while something is on its way
     * @param steady how soon to look again when all is well
     */
    public record Settings(EngineDefaults defaults, int port, Duration working, Duration steady) {}

    public EnginePods engine() {
        return engineAccess.engine();
    }

    public PodObserver observer() {
        return engineAccess.observer();
    }

    public AdminTokens tokens() {
        return engineAccess.tokens();
    }

    public EventRecorder events() {
        return reporting.events();
    }

    public ResourceMeters meters() {
        return reporting.meters();
    }

    public FigureGate figures() {
        return reporting.figures();
    }

    EngineDefaults defaults() {
        return settings.defaults();
    }

    public int port() {
        return settings.port();
    }

    public Duration working() {
        return settings.working();
    }

    public Duration steady() {
        return settings.steady();
    }
}
