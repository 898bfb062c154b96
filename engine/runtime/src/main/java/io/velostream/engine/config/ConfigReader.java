package io.velostream.engine.config;

import io.velostream.engine.sql.analysis.NearestName;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads one {@code velostream.yaml} and finds everything that is wrong with it at once. A key that is not known is an
 * error, since a misspelt limit would otherwise silently be none.
 */
public final class ConfigReader {

    private static final int LARGEST_FILE = 1 << 20;

    private final String file;
    private final ConfigValues values;
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final Map<ConfigKey, Spelling> given = new HashMap<>();
    private final Map<String, Integer> sectionLines = new HashMap<>();

    /** Where a key was given first. */
    private record Spelling(String path, int line, String text) {}

    private final boolean merging;

    private ConfigReader(String file, ConfigValues values, boolean merging) {
        this.file = file;
        this.values = values;
        this.merging = merging;
    }

    /** Reads a file; one that cannot be read is refused like any other bad one. */
    public static ConfigReading read(Path path, PodResources pod) {
        try {
            if (Files.size(path) > LARGEST_FILE) {
                return unreadable(path, "is larger than 1 MiB, which no configuration needs to be");
            }
            return read(path.toString(), Files.readString(path, StandardCharsets.UTF_8), pod);
        } catch (NoSuchFileException e) {
            return unreadable(path, "there is no such file");
        } catch (AccessDeniedException e) {
            return unreadable(path, "may not be read by this user");
        } catch (IOException e) {
            return unreadable(path, "cannot be read as UTF-8 text: " + e.getMessage());
        }
    }

    /**
     * Reads a text.
     *
     * @param file how problems name it
     */
    public static ConfigReading read(String file, String text, PodResources pod) {
        ConfigReader reader = new ConfigReader(file, new ConfigValues(pod), false);
        reader.readText(text);
        return reader.result();
    }

    /**
     * Merges a change into a configuration: a key that the change gives replaces the one in force, one with {@code null}
     * goes back to its default (RFC 7396), all others stay. What comes out is checked as a whole.
     *
     * @param source how problems name the change
     * @param change JSON or YAML in the form of the file
     */
    public static ConfigReading merge(ConfigDocument base, String source, String change) {
        ConfigReader reader = new ConfigReader(source, base.values().copy(), true);
        if (change.isBlank()) {
            return new ConfigReading.Refused(List.of(new ConfigProblem(
                    source,
                    0,
                    Optional.empty(),
                    "is empty; give what shall change, such as {\"processing\": {\"parallelism\": 8}}")));
        }
        // YAML is a superset of JSON but for tabs between its tokens; within its strings JSON allows none.
        reader.readText(change.stripLeading().startsWith("{") ? change.replace('\t', ' ') : change);
        return reader.result(base.file());
    }

    private static ConfigReading unreadable(Path path, String why) {
        return new ConfigReading.Refused(List.of(new ConfigProblem(path.toString(), 0, Optional.empty(), why)));
    }

    private ConfigReading result() {
        return result(file);
    }

    private ConfigReading result(String origin) {
        if (problems.isEmpty()) {
            return new ConfigReading.Valid(new ConfigDocument(origin, values, ConfigCatalogue.model(values)));
        }
        problems.sort(Comparator.comparingInt(ConfigProblem::line));
        return new ConfigReading.Refused(problems);
    }

    private void readText(String text) {
        Node root;
        try {
            root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            problems.add(new ConfigProblem(file, line, Optional.empty(), "not valid YAML: " + e.getProblem()));
            return;
        } catch (YAMLException e) {
            problems.add(new ConfigProblem(file, 0, Optional.empty(), "not valid YAML: " + e.getMessage()));
            return;
        }
        if (root instanceof MappingNode mapping) {
            readSections(mapping);
        } else if (root != null && !isEmpty(root)) {
            problem(root, "", "the file must hold sections such as kafka: and processing:");
        }
        checkRequired();
        checkMemory();
    }

    private void readSections(MappingNode root) {
        Set<String> seen = new HashSet<>();
        for (NodeTuple tuple : root.getValue()) {
            String section = nameOf(tuple);
            if (!seen.add(section)) {
                problem(tuple.getKeyNode(), section, "is given twice; put all its keys into one section");
            } else if (!ConfigCatalogue.sections().contains(section)) {
                unknown(tuple.getKeyNode(), section);
            } else if (tuple.getValueNode() instanceof MappingNode mapping) {
                sectionLines.put(section, line(tuple.getKeyNode()));
                readKeys(section, mapping);
            } else if (isEmpty(tuple.getValueNode())) {
                sectionLines.put(section, line(tuple.getKeyNode()));
            } else {
                problem(tuple.getValueNode(), section, "is a section and has keys below it, not a value");
            }
        }
    }

    private void readKeys(String section, MappingNode mapping) {
        Set<String> seen = new HashSet<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String path = section + "." + nameOf(tuple);
            if (!seen.add(path)) {
                problem(tuple.getKeyNode(), path, "is given twice; keep one");
                continue;
            }
            switch (ConfigCatalogue.byEverySpelling().get(path)) {
                case null -> unknown(tuple.getKeyNode(), path);
                case ConfigKey.Scalar<?> scalar -> readScalar(scalar, path, tuple.getValueNode());
                case ConfigKey.ClientOptions options -> readOptions(options, tuple.getValueNode());
            }
        }
    }

    private <T> void readScalar(ConfigKey.Scalar<T> key, String path, Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            problem(node, path, "must be a single value, allowed: " + key.type().allowed());
            return;
        }
        if (isEmpty(scalar)) {
            if (merging && key.fallback().isPresent() && given.putIfAbsent(key, spelling(path, node, "null")) == null) {
                values.forget(key);
            } else {
                problem(node, path, "has no value, allowed: " + key.type().allowed());
            }
            return;
        }
        String text = scalar.getValue().strip();
        Optional<T> value = key.type().read(text);
        if (value.isEmpty()) {
            problem(
                    node,
                    path,
                    quoted(text) + " is not allowed, allowed: " + key.type().allowed());
            return;
        }
        Optional<T> earlier = values.given(key);
        Spelling first = given.putIfAbsent(key, spelling(path, node, text));
        if (first != null && !earlier.equals(value)) {
            problem(
                    node,
                    path,
                    "is %s, but %s on line %d means the same and is %s; give one of them"
                            .formatted(text, first.path(), first.line(), first.text()));
            return;
        }
        values.give(key, value.get());
    }

    private static Spelling spelling(String path, Node node, String text) {
        return new Spelling(path, line(node), text);
    }

    private void readOptions(ConfigKey.ClientOptions key, Node node) {
        if (isEmpty(node)) {
            if (merging) {
                List.copyOf(values.get(key).keySet()).forEach(option -> values.forget(key, option));
            }
            return;
        }
        if (!(node instanceof MappingNode mapping)) {
            problem(node, key.path(), "must hold Kafka client options, one a line");
            return;
        }
        Set<String> seen = new HashSet<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String option = nameOf(tuple);
            String path = key.path() + "." + option;
            if (!seen.add(option)) {
                problem(tuple.getKeyNode(), path, "is given twice; keep one");
            } else if (key.managed().contains(option)) {
                problem(tuple.getKeyNode(), path, "is set by the engine itself; remove it");
            } else if (!key.definition().configKeys().containsKey(option)) {
                problem(
                        tuple.getKeyNode(),
                        path,
                        "is not an option of Kafka's " + key.name()
                                + NearestName.suggestion(
                                        option, key.definition().names()));
            } else if (!(tuple.getValueNode() instanceof ScalarNode scalar)) {
                problem(tuple.getValueNode(), path, "must be a single value; Kafka writes lists with commas");
            } else {
                readOption(key, option, scalar);
            }
        }
    }

    private void readOption(ConfigKey.ClientOptions key, String option, ScalarNode node) {
        ConfigDef.ConfigKey definition = key.definition().configKeys().get(option);
        if (definition == null) {
            throw new IllegalArgumentException(option + " is not an option of " + key.path());
        }
        if (merging && isEmpty(node)) {
            values.forget(key, option);
            return;
        }
        String text = node.getValue().strip();
        if (key.isSecret(option) && text.equals(ConfigDocument.REDACTED)) {
            if (!merging || !values.get(key).containsKey(option)) {
                problem(
                        node,
                        key.path() + "." + option,
                        "is what stands for a secret that is not shown; give the secret");
            }
            return;
        }
        try {
            Object value = ConfigDef.parseType(option, text, definition.type);
            if (definition.validator != null) {
                definition.validator.ensureValid(option, value);
            }
            values.give(key, option, text);
        } catch (ConfigException e) {
            String shown = key.isSecret(option) ? "the value" : quoted(text);
            problem(node, key.path() + "." + option, shown + " is not allowed, allowed: " + allowed(definition));
        }
    }

    private static String allowed(ConfigDef.ConfigKey definition) {
        String type = definition.type.name().toLowerCase(java.util.Locale.ROOT);
        return definition.validator == null ? "a value of type " + type : type + " " + definition.validator;
    }

    private void checkRequired() {
        for (ConfigKey key : ConfigCatalogue.ALL) {
            boolean tried = merging
                    || given.containsKey(key)
                    || problems.stream().anyMatch(problem -> problem.key().equals(Optional.of(key.path())));
            if (key instanceof ConfigKey.Scalar<?> scalar && scalar.fallback().isEmpty() && !tried) {
                problems.add(new ConfigProblem(
                        file,
                        sectionLines.getOrDefault(key.section(), 1),
                        Optional.of(key.path()),
                        "is missing, allowed: " + scalar.type().allowed()));
            }
        }
    }

    private void checkMemory() {
        long total = values.get(ConfigCatalogue.MAX_TOTAL_MEMORY);
        long operator = values.get(ConfigCatalogue.MAX_OPERATOR_MEMORY);
        Spelling operatorGiven = spellingOf(ConfigCatalogue.MAX_OPERATOR_MEMORY);
        boolean totalRefused = problems.stream()
                .anyMatch(problem -> problem.key().equals(Optional.of(ConfigCatalogue.MAX_TOTAL_MEMORY.path())));
        if (operator > total && operatorGiven != null && !totalRefused) {
            problems.add(new ConfigProblem(
                    file,
                    operatorGiven.line(),
                    Optional.of(operatorGiven.path()),
                    "%d is more than resource_limits.max_total_memory, allowed: at most %d"
                            .formatted(operator, total)));
        }
    }

    /** Where a key is given; in a change one that is in force already has no line. */
    private @Nullable Spelling spellingOf(ConfigKey.Scalar<?> key) {
        Spelling here = given.get(key);
        return here == null && merging && values.given(key).isPresent() ? new Spelling(key.path(), 0, "") : here;
    }

    private void unknown(Node node, String path) {
        String suggestion =
                NearestName.suggestion(path, ConfigCatalogue.byEverySpelling().keySet());
        if (suggestion.isEmpty()) {
            suggestion = elsewhere(path);
        }
        if (suggestion.isEmpty() && !path.contains(".")) {
            suggestion = NearestName.suggestion(path, ConfigCatalogue.sections());
        }
        problem(node, path, "is not a key of this file" + suggestion);
    }

    /** A key that stands in another section. */
    private static String elsewhere(String path) {
        String name = path.substring(path.indexOf('.') + 1);
        return ConfigCatalogue.byEverySpelling().keySet().stream()
                .filter(known -> known.substring(known.indexOf('.') + 1).equals(name))
                .findFirst()
                .map(known -> "; did you mean `" + known + "`?")
                .orElse("");
    }

    private void problem(Node node, String key, String message) {
        problems.add(new ConfigProblem(file, line(node), Optional.of(key).filter(k -> !k.isEmpty()), message));
    }

    private static String nameOf(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
    }

    private static boolean isEmpty(Node node) {
        return node instanceof ScalarNode && Tag.NULL.equals(node.getTag());
    }

    private static int line(Node node) {
        return node.getStartMark() == null ? 0 : node.getStartMark().getLine() + 1;
    }

    private static String quoted(String text) {
        return '"' + (text.length() > 80 ? text.substring(0, 80) + "…" : text) + '"';
    }
}
