package io.velostream.engine.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigDef;

/** One key of the file. */
sealed interface ConfigKey {

    /** Section and name, joined by a dot. */
    String path();

    /** What it is for, a sentence for the reference page. */
    String description();

    /** The section that it stands in. */
    default String section() {
        return path().substring(0, path().indexOf('.'));
    }

    /** The key without its section. */
    default String name() {
        return path().substring(path().indexOf('.') + 1);
    }

    /**
     * A key with one value.
     *
     * @param fallback empty: the key must be given
     * @param otherSpellings paths that mean the same
     * @param effect when a changed value acts
     */
    record Scalar<T>(
            String path,
            ValueType<T> type,
            Optional<Fallback<T>> fallback,
            List<String> otherSpellings,
            ConfigEffect effect,
            String description)
            implements ConfigKey {

        static <T> Scalar<T> required(String path, ValueType<T> type, String description) {
            return new Scalar<>(path, type, Optional.empty(), List.of(), ConfigEffect.POD_RESTART, description);
        }

        static <T> Scalar<T> of(String path, ValueType<T> type, T fallback, String description) {
            return derived(path, type, String.valueOf(fallback), values -> fallback, description);
        }

        static <T> Scalar<T> derived(
                String path, ValueType<T> type, String text, Function<ConfigValues, T> fallback, String description) {
            return new Scalar<>(
                    path,
                    type,
                    Optional.of(new Fallback<>(text, fallback)),
                    List.of(),
                    ConfigEffect.POD_RESTART,
                    description);
        }

        Scalar<T> alsoSpelt(String otherPath) {
            return new Scalar<>(path, type, fallback, List.of(otherPath), effect, description);
        }

        Scalar<T> withoutEffectYet() {
            return acts(ConfigEffect.NONE);
        }

        Scalar<T> acts(ConfigEffect when) {
            return new Scalar<>(path, type, fallback, otherSpellings, when, description);
        }

        boolean effective() {
            return effect != ConfigEffect.NONE;
        }
    }

    /**
     * The value of a key that is not given.
     *
     * @param text how the reference page says it
     */
    record Fallback<T>(String text, Function<ConfigValues, T> value) {}

    /**
     * A key that holds options of a Kafka client by Kafka's own names.
     *
     * @param definition what Kafka knows and allows
     * @param managed options that are the engine's own
     */
    record ClientOptions(String path, ConfigDef definition, Set<String> managed, String description)
            implements ConfigKey {

        /** How a connection is secured holds for the client too that the process keeps for as long as it lives. */
        ConfigEffect effect(String option) {
            return isCommon(option) ? ConfigEffect.POD_RESTART : ConfigEffect.PROCESSING_RESTART;
        }

        /** Whether an option holds for every client, although the file says it of the consumers. */
        static boolean isCommon(String option) {
            return option.equals("security.protocol") || option.startsWith("ssl.") || option.startsWith("sasl.");
        }

        /** Whether an option's value must not be shown. */
        boolean isSecret(String option) {
            ConfigDef.ConfigKey known = definition.configKeys().get(option);
            return known != null && known.type == ConfigDef.Type.PASSWORD;
        }
    }
}
