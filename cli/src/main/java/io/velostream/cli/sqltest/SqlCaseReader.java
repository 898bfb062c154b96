package io.velostream.cli.sqltest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.velostream.cli.sqltest.SqlCase.Expectation;
import io.velostream.cli.sqltest.SqlCase.ExpectedError;
import io.velostream.cli.sqltest.SqlCase.Input;
import io.velostream.cli.sqltest.SqlCase.Match;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads case files. A mistake in one is an error that names file, case and field, never a case that silently passes. */
final class SqlCaseReader {

    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final String ONLY_TOPIC = "";
    private static final Set<String> KNOWN_FIELDS = Set.of(
            "name",
            "group",
            "notes",
            "decision",
            "sql",
            "properties",
            "inputs",
            "files",
            "expected",
            "expected_any",
            "partial",
            "unordered",
            "match",
            "expected_keys",
            "expected_raw",
            "expected_ts",
            "expected_windows",
            "match_case",
            "expected_headers",
            "absent",
            "expected_metrics",
            "expected_dlq",
            "expected_result",
            "error",
            "load_first");

    /** All cases of the files and of the {@code *.yaml} files below the folders, in the order of the paths. */
    List<SqlCase> read(List<Path> paths) throws IOException {
        List<SqlCase> cases = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                try (Stream<Path> found = Files.walk(path)) {
                    for (Path file :
                            found.filter(SqlCaseReader::isCaseFile).sorted().toList()) {
                        cases.addAll(readFile(file));
                    }
                }
            } else if (Files.isRegularFile(path)) {
                cases.addAll(readFile(path));
            } else {
                throw new IOException("There is no case file or folder " + path + ".");
            }
        }
        return cases;
    }

    private static boolean isCaseFile(Path path) {
        String name = path.getFileName().toString();
        return (name.endsWith(".yaml") || name.endsWith(".yml")) && Files.isRegularFile(path);
    }

    private List<SqlCase> readFile(Path file) throws IOException {
        JsonNode root;
        try {
            root = YAML.readTree(file.toFile());
        } catch (JsonProcessingException e) {
            throw new IOException(
                    file + ":" + e.getLocation().getLineNr() + ": not YAML: " + e.getOriginalMessage(), e);
        }
        if (!root.isArray()) {
            throw new IOException(file + ": a case file is a list of cases.");
        }
        List<SqlCase> cases = new ArrayList<>();
        for (JsonNode node : root) {
            try {
                cases.add(toCase(node));
            } catch (IllegalArgumentException e) {
                throw new IOException(
                        file + ": case " + node.path("name").asText("without a name") + ": " + e.getMessage(), e);
            }
        }
        return cases;
    }

    private static SqlCase toCase(JsonNode node) {
        node.fieldNames().forEachRemaining(field -> {
            if (!KNOWN_FIELDS.contains(field)) {
                throw new IllegalArgumentException("the field " + field + " is not known.");
            }
        });
        return new SqlCase(
                required(node, "name"),
                node.path("group").asText("cases"),
                required(node, "sql"),
                texts(node.path("properties")),
                inputs(node.path("inputs")),
                strings(node.path("load_first")),
                texts(node.path("files")),
                expectation(node));
    }

    private static String required(JsonNode node, String field) {
        if (!node.path(field).isTextual()) {
            throw new IllegalArgumentException("the field " + field + " is missing.");
        }
        return node.path(field).asText();
    }

    private static Expectation expectation(JsonNode node) {
        List<Map<String, List<JsonNode>>> alternatives = new ArrayList<>();
        if (node.path("expected_any").isArray()) {
            node.path("expected_any").forEach(alternative -> alternatives.add(byTopic(alternative)));
        } else if (node.has("expected")) {
            alternatives.add(byTopic(node.path("expected")));
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        node.path("expected_metrics")
                .properties()
                .forEach(entry -> metrics.put(entry.getKey(), entry.getValue().asDouble()));
        return new Expectation(
                alternatives,
                node.path("partial").asBoolean(false),
                node.path("unordered").asBoolean(false),
                "insensitive".equals(node.path("match_case").asText()),
                Match.valueOf(node.path("match").asText("rows").toUpperCase(Locale.ROOT)),
                byTopic(node.path("expected_keys")),
                byTopic(node.path("expected_raw")),
                byTopic(node.path("expected_ts")),
                byTopic(node.path("expected_windows")),
                byTopic(node.path("expected_headers")),
                strings(node.path("absent").path("headers")),
                metrics,
                byTopic(node.path("expected_dlq")),
                list(node.path("expected_result")),
                error(node.path("error")));
    }

    private static Optional<ExpectedError> error(JsonNode node) {
        if (!node.isObject()) {
            return Optional.empty();
        }
        return Optional.of(new ExpectedError(
                node.path("line").asInt(), node.path("column").asInt(), strings(node.path("contains_any"))));
    }

    private static Map<String, List<Input>> inputs(JsonNode node) {
        Map<String, List<Input>> inputs = new LinkedHashMap<>();
        node.properties().forEach(topic -> {
            List<Input> records = new ArrayList<>();
            topic.getValue().forEach(record -> records.add(input(record)));
            inputs.put(topic.getKey(), records);
        });
        return inputs;
    }

    private static Input input(JsonNode node) {
        if (!node.has("ts")) {
            throw new IllegalArgumentException("an input record has no ts.");
        }
        return new Input(
                payload(node.path("key")),
                node.has("raw") ? Optional.of(node.path("raw").asText()) : payload(node.path("value")),
                node.path("ts").asLong(),
                texts(node.path("headers")),
                node.has("seq") ? Optional.of(node.path("seq").asLong()) : Optional.empty());
    }

    /** A text is taken as it is, anything else is written as JSON. */
    private static Optional<String> payload(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        try {
            return Optional.of(node.isTextual() ? node.asText() : JSON.writeValueAsString(node));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an input value cannot be written as JSON: " + e.getMessage(), e);
        }
    }

    private static Map<String, List<JsonNode>> byTopic(JsonNode node) {
        Map<String, List<JsonNode>> result = new LinkedHashMap<>();
        if (node.isArray()) {
            result.put(ONLY_TOPIC, list(node));
        }
        node.properties().forEach(entry -> result.put(entry.getKey(), list(entry.getValue())));
        return result;
    }

    private static List<JsonNode> list(JsonNode node) {
        List<JsonNode> result = new ArrayList<>();
        node.forEach(result::add);
        return result;
    }

    private static List<String> strings(JsonNode node) {
        List<String> result = new ArrayList<>();
        node.forEach(element -> result.add(element.asText()));
        return result;
    }

    private static Map<String, String> texts(JsonNode node) {
        Map<String, String> result = new LinkedHashMap<>();
        node.properties()
                .forEach(entry -> result.put(entry.getKey(), entry.getValue().asText()));
        return result;
    }
}
