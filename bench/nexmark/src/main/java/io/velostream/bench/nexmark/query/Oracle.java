package io.velostream.bench.nexmark.query;

import io.velostream.bench.nexmark.check.OutputCheck;
import io.velostream.bench.nexmark.event.Event;
import java.util.Map;

/** Computes a query's results from the events with plain collections, free of the engine. */
@FunctionalInterface
interface Oracle {

    /**
     * The results by topic.
     *
     * @param events in the order in which each topic has them
     */
    Map<String, OutputCheck> expect(Iterable<Event> events);
}
