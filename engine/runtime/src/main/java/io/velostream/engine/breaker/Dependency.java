package io.velostream.engine.breaker;

import java.util.Optional;

/**
 * What a breaker guards. Each job has breakers of its own, so that one that may not write a topic stops no other.
 *
 * @param job empty for the pod's processing as a whole
 * @param topic empty for the pod's processing as a whole
 */
public record Dependency(Kind kind, Optional<String> job, Optional<String> topic) {

    /** The pod's processing as a whole. */
    public static final Dependency MAIN = new Dependency(Kind.MAIN, Optional.empty(), Optional.empty());

    /** What a dependency is to the jobs. */
    public enum Kind {
        /** Processing as a whole: Kafka itself, and every commit. */
        MAIN("main"),
        /** A topic that a job reads. */
        SOURCE("source"),
        /** A topic that a job writes. */
        SINK("sink"),
        /** The topic that takes the records which a job cannot process. */
        DEAD_LETTER("dead-letter");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** As names of breakers spell it. */
        public String label() {
            return label;
        }
    }

    /** A topic of a job. */
    public static Dependency of(Kind kind, String job, String topic) {
        return new Dependency(kind, Optional.of(job), Optional.of(topic));
    }

    /** {@code main}, or {@code <job>/<kind>/<topic>}; without blanks, as metric lines want it. */
    public String name() {
        return job.map(owner -> owner + "/" + kind.label() + "/" + topic.orElse(""))
                .orElse(kind.label());
    }

    /** What it means to the jobs that the breaker is open. */
    String consequence() {
        String owner = job.orElse("");
        return switch (kind) {
            case MAIN -> "no job of this pod reads its sources";
            case SOURCE -> "job " + owner + " does not read " + topic.orElse("");
            case SINK, DEAD_LETTER -> "job " + owner + " does not read its sources";
        };
    }
}
