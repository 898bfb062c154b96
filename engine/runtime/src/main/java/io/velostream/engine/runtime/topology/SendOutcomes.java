package io.velostream.engine.runtime.topology;

import java.util.Set;

/**
 * Hears what became of a unit's sends, once a commit and never once a record. Topics of our own, such as changelogs, are
 * told too. Called by stream threads and by the producers' own; must return at once and not throw.
 */
public interface SendOutcomes {

    /** Nobody listens. */
    SendOutcomes IGNORED = new SendOutcomes() {
        @Override
        public void committed(Set<String> topics) {}

        @Override
        public void refused(String topic, Exception cause) {}
    };

    /** A commit made all that was sent to these topics since the one before it final. */
    void committed(Set<String> topics);

    /** A send to the topic failed for good; told for the first one of a transaction. */
    void refused(String topic, Exception cause);
}
