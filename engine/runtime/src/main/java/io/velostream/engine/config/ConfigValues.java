package io.velostream.engine.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The values that a file gives, with the defaults behind them. Filled by the reader, then only read. */
final class ConfigValues {

    private final PodResources pod;
    private final Map<ConfigKey.Scalar<?>, Object> scalars = new HashMap<>();
    private final Map<ConfigKey.ClientOptions, Map<String, String>> options = new HashMap<>();

    ConfigValues(PodResources pod) {
        this.pod = pod;
    }

    /** The same values, to be changed. */
    ConfigValues copy() {
        ConfigValues copy = new ConfigValues(pod);
        copy.scalars.putAll(scalars);
        options.forEach((key, given) -> copy.options.put(key, new TreeMap<>(given)));
        return copy;
    }

    PodResources pod() {
        return pod;
    }

    <T> void give(ConfigKey.Scalar<T> key, T value) {
        scalars.put(key, value);
    }

    void give(ConfigKey.ClientOptions key, String option, String value) {
        options.computeIfAbsent(key, made -> new TreeMap<>()).put(option, value);
    }

    /** Takes what is given away: the default holds. */
    void forget(ConfigKey.Scalar<?> key) {
        scalars.remove(key);
    }

    void forget(ConfigKey.ClientOptions key, String option) {
        Map<String, String> given = options.get(key);
        if (given != null) {
            given.remove(option);
        }
    }

    /** Takes over what another one gives for a key, or that it gives nothing. */
    <T> void take(ConfigKey.Scalar<T> key, ConfigValues other) {
        other.given(key).ifPresentOrElse(value -> give(key, value), () -> forget(key));
    }

    /** The same for an option of a client. */
    void take(ConfigKey.ClientOptions key, String option, ConfigValues other) {
        String value = other.get(key).get(option);
        if (value == null) {
            forget(key, option);
        } else {
            give(key, option, value);
        }
    }

    /** The value that the file gives. */
    <T> Optional<T> given(ConfigKey.Scalar<T> key) {
        @SuppressWarnings("unchecked") // give() lets in only values of the key's type
        T value = (T) scalars.get(key);
        return Optional.ofNullable(value);
    }

    /** The value in force. */
    <T> T get(ConfigKey.Scalar<T> key) {
        return given(key)
                .or(() -> key.fallback().map(fallback -> fallback.value().apply(this)))
                .orElseThrow(() -> new IllegalStateException(key.path() + " is required and was not checked"));
    }

    Map<String, String> get(ConfigKey.ClientOptions key) {
        return options.getOrDefault(key, Map.of());
    }
}
