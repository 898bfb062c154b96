package io.velostream.engine.config;

import java.util.List;

/** What reading a configuration came to. */
public sealed interface ConfigReading {

    /** It can be put in force. */
    record Valid(ConfigDocument document) implements ConfigReading {}

    /**
     * It is refused as a whole.
     *
     * @param problems all of them, in the order of their lines
     */
    record Refused(List<ConfigProblem> problems) implements ConfigReading {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
