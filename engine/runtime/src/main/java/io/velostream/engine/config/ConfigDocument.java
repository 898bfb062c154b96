package io.velostream.engine.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;

/** A valid configuration: the typed model and the forms in which it is shown and compared. */
public final class ConfigDocument {

    private static final String REDACTED = "[redacted]";
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

    private static Object typed(
            String option, String text, ConfigDef.@org.jspecify.annotations.Nullable ConfigKey definition) {
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
