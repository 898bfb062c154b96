package io.velostream.operator.engine;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a pod finds wrong with a configuration, as its admin API says it. */
@JsonIgnoreProperties(ignoreUnknown = true)
record EngineConfigProblems(@Nullable List<Problem> problems) {

    private static final int MOST = 10;

    /** One thing that is wrong. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Problem(int line, Optional<String> key, String message) {

        Problem {
            key = key == null ? Optional.empty() : key;
        }

        @Override
        public String toString() {
            return key.map(name -> name + ": ").orElse(line > 0 ? "line " + line + ": " : "") + message;
        }
    }

    ConfigVerdict verdict() {
        return new ConfigVerdict.Refused(
                problems == null
                        ? List.of()
                        : problems.stream().limit(MOST).map(Problem::toString).toList());
    }
}
