package io.velostream.engine.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

/** A valid configuration: the typed model and the forms in which it is shown and compared. */
public final class ConfigDocument {

    /** Stands where a secret is not shown; where a change has it, the secret stays as it is. */
    static final String REDACTED = "[redacted]";

    private static final String UNSET = "unset";
    private static final JsonMapper COMPACT = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private final String file;
    private final ConfigValues values;
    private final EngineConfig config;
    private final String hash;

    ConfigDocument(String file, ConfigValues values, EngineConfig config) {
        this.file = file;
        this.values = values;
        this.config = config;
        this.hash = sha256(compact(tree(true, false)));
    }

    /** The file that it was read from. */
    public String file() {
        return file;
    }

    /** The typed model. */
    public EngineConfig config() {
        return config;
    }

    /**
     * SHA-256, in hexadecimal, of what the file gives: compact JSON, keys sorted, canonical spellings, without defaults.
     * So pods with the same file report the same hash, whatever their memory, and comments or layout do not change it.
     */
    public String hash() {
        return hash;
    }

    /** The keys that the file gives although nothing in this version acts on them. */
    public List<String> withoutEffect() {
        return ConfigCatalogue.ALL.stream()
                .filter(key -> key instanceof ConfigKey.Scalar<?> scalar
                        && !scalar.effective()
                        && values.given(scalar).isPresent())
                .map(ConfigKey::path)
                .toList();
    }

    /** What is in force, defaults included, under snake_case names with numbers as numbers and secrets redacted. */
    public Map<String, Object> effective() {
        return tree(false, true);
    }

    ConfigValues values() {
        return values;
    }

    /** What is different in another one, with the values that hold, in the order of the catalogue. */
    public List<ConfigChange> changesTo(ConfigDocument other) {
        List<ConfigChange> changes = new ArrayList<>();
        for (ConfigKey key : ConfigCatalogue.ALL) {
            switch (key) {
                case ConfigKey.Scalar<?> scalar -> {
                    Object before = values.get(scalar);
                    Object after = other.values.get(scalar);
                    if (!before.equals(after)) {
                        changes.add(new ConfigChange(key.path(), scalar.effect(), before, after));
                    }
                }
                case ConfigKey.ClientOptions options -> changes.addAll(changes(options, other));
            }
        }
        return changes;
    }

    private List<ConfigChange> changes(ConfigKey.ClientOptions key, ConfigDocument other) {
        Map<String, String> before = values.get(key);
        Map<String, String> after = other.values.get(key);
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        return names.stream()
                .filter(option -> !Objects.equals(before.get(option), after.get(option)))
                .map(option -> new ConfigChange(
                        key.path() + "." + option,
                        key.effect(option),
                        shown(key, option, before.get(option)),
                        shown(key, option, after.get(option))))
                .toList();
    }

    private static Object shown(ConfigKey.ClientOptions key, String option, @Nullable String text) {
        if (text == null) {
            return UNSET;
        }
        return key.isSecret(option) ? REDACTED : text;
    }

    /** This one with what another gives for the keys that act at one of these times. */
    public ConfigDocument taking(ConfigDocument other, Set<ConfigEffect> effects) {
        ConfigValues taken = values.copy();
        for (ConfigKey key : ConfigCatalogue.ALL) {
            switch (key) {
                case ConfigKey.Scalar<?> scalar -> {
                    if (effects.contains(scalar.effect())) {
                        taken.take(scalar, other.values);
                    }
                }
                case ConfigKey.ClientOptions options -> {
                    Set<String> names = new TreeSet<>(values.get(options).keySet());
                    names.addAll(other.values.get(options).keySet());
                    names.stream()
                            .filter(option -> effects.contains(options.effect(option)))
                            .forEach(option -> taken.take(options, option, other.values));
                }
            }
        }
        return new ConfigDocument(file, taken, ConfigCatalogue.model(taken));
    }

    private Map<String, Object> tree(boolean givenOnly, boolean redact) {
        Map<String, Object> sections = new LinkedHashMap<>();
        for (ConfigKey key : ConfigCatalogue.ALL) {
            Optional<?> value = switch (key) {
                case ConfigKey.Scalar<?> scalar -> givenOnly ? values.given(scalar) : Optional.of(values.get(scalar));
                case ConfigKey.ClientOptions options ->
                    Optional.of(typed(options, redact)).filter(map -> !givenOnly || !map.isEmpty());
            };
            value.ifPresent(present -> section(sections, key.section()).put(key.name(), present));
        }
        return sections;
    }

    @SuppressWarnings("unchecked") // only maps are put on the first level
    private static Map<String, Object> section(Map<String, Object> sections, String name) {
        return (Map<String, Object>) sections.computeIfAbsent(name, made -> new LinkedHashMap<String, Object>());
    }

    private Map<String, Object> typed(ConfigKey.ClientOptions options, boolean redact) {
        Map<String, Object> typed = new TreeMap<>();
        values.get(options).forEach((option, text) -> {
            ConfigDef.ConfigKey definition = options.definition().configKeys().get(option);
            typed.put(option, redact && options.isSecret(option) ? REDACTED : typed(option, text, definition));
        });
        return typed;
    }

    private static Object typed(String option, String text, ConfigDef.@Nullable ConfigKey definition) {
        if (definition == null) {
            return text;
        }
        return switch (definition.type) {
            case BOOLEAN, SHORT, INT, LONG, DOUBLE -> ConfigDef.parseType(option, text, definition.type);
            default -> text;
        };
    }

    private static String compact(Map<String, Object> tree) {
        try {
            return COMPACT.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A configuration of plain values could not be written as JSON", e);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
