package io.velostream.engine.config;

/**
 * One key that two configurations differ in.
 *
 * @param key the full path, such as {@code resource_limits.max_total_memory}
 * @param effect when the new value acts
 * @param before the value in the first one, defaults included; never a secret; {@code "unset"} for a client option that
 *     it does not give
 * @param after the value in the second one, likewise
 */
public record ConfigChange(String key, ConfigEffect effect, Object before, Object after) {

    /** {@code key before → after}. */
    @Override
    public String toString() {
        return key + " " + before + " → " + after;
    }
}
