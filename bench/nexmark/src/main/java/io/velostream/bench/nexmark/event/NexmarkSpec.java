package io.velostream.bench.nexmark.event;

/**
 * Which events are made. The same specification gives the same events.
 *
 * @param events how many
 * @param seed of everything that is random
 * @param eventsPerSecond how many fall into a second of event time
 * @param auctionsInFlight how many auctions are open at a time, on average
 * @param disorder events are shuffled within groups of so many; 1 leaves them in order
 */
public record NexmarkSpec(long events, long seed, int eventsPerSecond, int auctionsInFlight, int disorder) {

    /** What the benchmark publishes as its standard: 10,000 events a second, 100 open auctions, in order. */
    public static NexmarkSpec standard(long events, long seed) {
        return new NexmarkSpec(events, seed, 10_000, 100, 1);
    }

    /**
     * Few events over as much event time as a million of the standard ones, out of order by up to two seconds: each window
     * of each query closes several times.
     */
    public static NexmarkSpec stretched(long events, long seed) {
        return new NexmarkSpec(events, seed, 50, 10, 100);
    }
}
