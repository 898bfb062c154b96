package io.velostream.engine.guard;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often the unit went back to a record, under the strategy Retry. Outlives the unit, which is rebuilt each time, and
 * forgets the records that failed longest ago. Safe for use by the threads of a unit.
 */
public final class RetryLedger {

    private static final int MOST = 10_000;

    private record Place(String topic, int partition, long offset) {}

    private final int retries;
    private final Map<Place, Integer> failures = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Integer> eldest) {
            return size() > MOST;
        }
    };

    /**
     * A ledger of a unit.
     *
     * @param retries how often a record is tried again; with 0 its first failure is its last
     */
    public RetryLedger(int retries) {
        this.retries = retries;
    }

    /** Notes that a record failed, and says whether it shall be tried again. */
    public synchronized boolean retriesAfterFailure(String topic, int partition, long offset) {
        return failures.merge(new Place(topic, partition, offset), 1, Integer::sum) <= retries;
    }
}
