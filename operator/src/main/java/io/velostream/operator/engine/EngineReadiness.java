package io.velostream.operator.engine;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Map;
import java.util.TreeMap;

/**
 * A pod's own answer to whether it is ready.
 *
 * @param checks the single checks by name, such as {@code kafka}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record EngineReadiness(String status, Map<String, Boolean> checks) {

    public EngineReadiness {
        checks = checks == null ? Map.of() : java.util.Collections.unmodifiableMap(new TreeMap<>(checks));
    }

    /** Whether all checks passed. */
    public boolean isReady() {
        return "ready".equals(status);
    }

    /** Whether the check of this name passed or is not made. */
    public boolean passes(String check) {
        return checks.getOrDefault(check, true);
    }
}
