package io.velostream.operator.engine;

import java.util.List;

/** What a pod says of a configuration that it was shown. */
public sealed interface ConfigVerdict {

    /** A pod would start with it. */
    record Valid() implements ConfigVerdict {}

    /**
     * A pod would refuse it.
     *
     * @param problems {@code line: key: what is wrong}, in the order of the lines
     */
    record Refused(List<String> problems) implements ConfigVerdict {
        public Refused {
            problems = List.copyOf(problems);
        }
    }

    /** Nobody can say, and why: no pod answers, or the engine is of a version that does not check. */
    record Unknown(String why) implements ConfigVerdict {}
}
