package io.velostream.cli.sqltest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.velostream.cli.sqltest.Outcome.Output;
import io.velostream.cli.sqltest.Outcome.Ran;
import io.velostream.cli.sqltest.Outcome.Refused;
import io.velostream.cli.sqltest.SqlCase.Expectation;
import io.velostream.cli.sqltest.SqlCase.ExpectedError;
import io.velostream.cli.sqltest.SqlCase.Match;
import io.velostream.engine.sql.analysis.SqlProblem;
import io.velostream.engine.sql.analysis.SqlProblem.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Holds what came out of a case against what it expects; says in one line each what differs. */
final class CaseVerdict {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private final Expectation expectation;
    private final ValueComparison comparison;
    private final List<String> differences = new ArrayList<>();

    private CaseVerdict(Expectation expectation) {
        this.expectation = expectation;
        this.comparison = new ValueComparison(expectation.partial(), expectation.ignoreColumnCase());
    }

    /** The differences, each a line; empty when the case passes. */
    static List<String> differences(SqlCase sqlCase, Outcome outcome) {
        CaseVerdict verdict = new CaseVerdict(sqlCase.expectation());
        switch (outcome) {
            case Refused refused -> verdict.judgeRefusal(refused);
            case Ran ran -> verdict.judgeRun(ran);
        }
        return verdict.differences;
    }

    private void judgeRefusal(Refused refused) {
        if (expectation.error().isEmpty()) {
            differences.add("expected rows, got refused: " + join(refused.problems()));
            return;
        }
        ExpectedError error = expectation.error().get();
        boolean found = refused.problems().stream().anyMatch(problem -> isExpected(problem, error));
        if (!found) {
            differences.add("expected an error at " + error.line() + ":" + error.column() + " with one of "
                    + error.containsAny() + ", got " + join(refused.problems()));
        }
    }

    private static boolean isExpected(SqlProblem problem, ExpectedError error) {
        String text = (problem.message() + " " + problem.hint().orElse("")).toLowerCase(Locale.ROOT);
        return problem.severity() == Severity.ERROR
                && problem.line() == error.line()
                && problem.column() <= error.column()
                && error.column() < problem.column() + Math.max(1, problem.length())
                && error.containsAny().stream().anyMatch(part -> text.contains(part.toLowerCase(Locale.ROOT)));
    }

    private static String join(List<SqlProblem> problems) {
        return problems.stream().map(SqlProblem::toString).collect(Collectors.joining("; "));
    }

    private void judgeRun(Ran ran) {
        if (expectation.error().isPresent()) {
            differences.add("expected an error at " + expectation.error().get().line() + ":"
                    + expectation.error().get().column() + ", but the text was accepted");
            return;
        }
        judgeRows(ran);
        judgeEach(
                ran,
                expectation.keys(),
                "key",
                output -> output.key().<JsonNode>map(TextNode::valueOf).orElse(NullNode.getInstance()));
        judgeEach(
                ran,
                expectation.raw(),
                "payload",
                output -> output.value().<JsonNode>map(TextNode::valueOf).orElse(NullNode.getInstance()));
        judgeEach(
                ran,
                expectation.timestamps(),
                "timestamp",
                output -> JSON.getNodeFactory().numberNode(output.timestamp()));
        judgeHeaders(ran);
        judgeMetrics(ran);
        judgeDeadLetters(ran);
        if (!expectation.result().isEmpty()) {
            judgeResult(ran);
        }
    }

    private void judgeRows(Ran ran) {
        if (expectation.rows().isEmpty()) {
            return;
        }
        List<String> firstDifferences = List.of();
        for (Map<String, List<JsonNode>> alternative : expectation.rows()) {
            List<String> found = rowDifferences(alternative, ran);
            if (found.isEmpty()) {
                return;
            }
            if (firstDifferences.isEmpty()) {
                firstDifferences = found;
            }
        }
        differences.addAll(firstDifferences);
    }

    private List<String> rowDifferences(Map<String, List<JsonNode>> expected, Ran ran) {
        List<String> found = new ArrayList<>();
        expected.forEach((topic, rows) -> {
            List<JsonNode> actual = considered(ran.topics().getOrDefault(topic, List.of())).stream()
                    .map(CaseVerdict::json)
                    .toList();
            boolean unordered = expectation.unordered() || expectation.match() == Match.FINAL_PER_KEY;
            if (!comparison.rowsMatch(rows, actual, unordered)) {
                found.add(topic + ": expected " + rows + ", got " + actual);
            }
        });
        return found;
    }

    /** The records that the match mode looks at. */
    private List<Output> considered(List<Output> outputs) {
        if (expectation.match() != Match.FINAL_PER_KEY) {
            return outputs;
        }
        Map<Optional<String>, Output> last = new LinkedHashMap<>();
        outputs.forEach(output -> last.put(output.key(), output));
        return List.copyOf(last.values());
    }

    private static JsonNode json(Output output) {
        if (output.value().isEmpty()) {
            return NullNode.getInstance();
        }
        try {
            return JSON.readTree(output.value().get());
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(output.value().get());
        }
    }

    private void judgeEach(
            Ran ran,
            Map<String, List<JsonNode>> expected,
            String what,
            java.util.function.Function<Output, JsonNode> of) {
        expected.forEach((topic, values) -> {
            List<JsonNode> actual =
                    considered(outputs(ran, topic)).stream().map(of).toList();
            ValueComparison exact = new ValueComparison(false, false);
            List<JsonNode> wanted = "key".equals(what)
                    ? values.stream().map(CaseVerdict::asText).toList()
                    : values;
            if (!exact.rowsMatch(wanted, actual, expectation.unordered())) {
                differences.add("expected the " + what + "s " + wanted + ", got " + actual);
            }
        });
    }

    /** Keys are compared as text, also where YAML reads a number. */
    private static JsonNode asText(JsonNode key) {
        return key.isNull() || key.isTextual() ? key : TextNode.valueOf(key.toString());
    }

    /** The outputs of a topic; the unnamed topic is the only sink that the case expects rows of. */
    private List<Output> outputs(Ran ran, String topic) {
        if (!topic.isEmpty()) {
            return ran.topics().getOrDefault(topic, List.of());
        }
        String only = expectation.rows().stream()
                .flatMap(alternative -> alternative.keySet().stream())
                .findFirst()
                .orElse("out");
        return ran.topics().getOrDefault(only, List.of());
    }

    private void judgeHeaders(Ran ran) {
        expectation.headers().forEach((topic, wanted) -> {
            List<Output> actual = outputs(ran, topic);
            if (wanted.size() != actual.size()) {
                differences.add("expected headers of " + wanted.size() + " records, got " + actual.size());
                return;
            }
            for (int i = 0; i < wanted.size(); i++) {
                Map<String, String> headers = actual.get(i).headers();
                wanted.get(i).properties().forEach(header -> {
                    String value = headers.get(header.getKey());
                    if (!header.getValue().asText().equals(value)) {
                        differences.add(
                                "expected the header " + header.getKey() + "=" + header.getValue() + ", got " + value);
                    }
                });
            }
        });
        for (String absent : expectation.absentHeaders()) {
            ran.topics().values().stream()
                    .flatMap(List::stream)
                    .filter(output -> output.headers().containsKey(absent))
                    .findFirst()
                    .ifPresent(output -> differences.add("expected no header " + absent));
        }
    }

    private void judgeMetrics(Ran ran) {
        expectation.metrics().forEach((series, value) -> {
            Optional<Double> actual = MetricSeriesName.find(ran.metrics(), series);
            if (actual.isEmpty() || Math.abs(actual.get() - value) > 1e-9) {
                differences.add("expected the metric " + series + " " + value + ", got "
                        + actual.map(String::valueOf).orElse("none"));
            }
        });
    }

    private void judgeDeadLetters(Ran ran) {
        expectation.deadLetters().forEach((topic, wanted) -> {
            List<Output> actual = ran.topics().getOrDefault(topic, List.of());
            if (wanted.size() != actual.size()) {
                differences.add(topic + ": expected " + wanted.size() + " dead letters, got " + actual.size());
                return;
            }
            for (int i = 0; i < wanted.size(); i++) {
                judgeDeadLetter(topic, wanted.get(i), actual.get(i));
            }
        });
    }

    private void judgeDeadLetter(String topic, JsonNode wanted, Output actual) {
        if (wanted.has("raw")
                && !wanted.get("raw").asText().equals(actual.value().orElse(null))) {
            differences.add(topic + ": expected the payload " + wanted.get("raw") + ", got " + actual.value());
        }
        if (wanted.has("value") && !new ValueComparison(true, false).rowMatches(wanted.get("value"), json(actual))) {
            differences.add(topic + ": expected " + wanted.get("value") + ", got " + actual.value());
        }
        wanted.path("headers").forEach(header -> {
            if (!actual.headers().containsKey(header.asText())) {
                differences.add(topic + ": expected the header " + header.asText() + ", got " + actual.headers());
            }
        });
    }

    /** What statements such as SHOW gave; where the text has none, the state of its jobs, which may say more. */
    private void judgeResult(Ran ran) {
        boolean asked = !ran.result().isEmpty();
        List<JsonNode> actual = asked ? ran.result() : ran.jobs();
        boolean matches;
        if (expectation.partial()) {
            matches = expectation.result().stream()
                    .allMatch(row -> actual.stream().anyMatch(each -> comparison.rowMatches(row, each)));
        } else {
            ValueComparison rows = asked ? comparison : new ValueComparison(true, expectation.ignoreColumnCase());
            matches = rows.rowsMatch(expectation.result(), actual, expectation.unordered());
        }
        if (!matches) {
            differences.add("expected the result " + expectation.result() + ", got " + actual);
        }
    }
}
