package io.velostream.engine.sql.function;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A path into JSON: {@code $.a.b}, {@code $[0]} (from the end when negative), {@code $."odd key"}, {@code $['odd key']},
 * {@code [*]} and {@code .*}. The leading {@code $.} may be left out.
 */
final class JsonPath {

    private static final int REMEMBERED = 1_000;
    private static final Map<String, JsonPath> KNOWN = new ConcurrentHashMap<>();

    private final List<Step> steps;
    private final boolean several;

    private sealed interface Step {
        record Member(String name) implements Step {}

        record Element(int index) implements Step {}

        record Every() implements Step {}
    }

    private JsonPath(List<Step> steps) {
        this.steps = List.copyOf(steps);
        this.several = steps.stream().anyMatch(Step.Every.class::isInstance);
    }

    /**
     * The path that a text means.
     *
     * @throws IllegalArgumentException when it means none
     */
    static JsonPath of(String text) {
        JsonPath known = KNOWN.get(text);
        if (known == null) {
            known = new JsonPath(new Parser(text).steps());
            if (KNOWN.size() < REMEMBERED) {
                KNOWN.put(text, known);
            }
        }
        return known;
    }

    /** Whether the path may lead to several values. */
    boolean leadsToSeveral() {
        return several;
    }

    /** The values that the path leads to. */
    List<JsonNode> find(JsonNode root) {
        List<JsonNode> found = List.of(root);
        for (Step step : steps) {
            List<JsonNode> next = new ArrayList<>();
            found.forEach(node -> follow(node, step, next));
            found = next;
        }
        return found;
    }

    private static void follow(JsonNode node, Step step, List<JsonNode> into) {
        switch (step) {
            case Step.Member(String name) -> {
                JsonNode member = node.get(name);
                if (member != null) {
                    into.add(member);
                }
            }
            case Step.Element(int index) -> {
                JsonNode element = node.isArray() ? node.get(index < 0 ? node.size() + index : index) : null;
                if (element != null) {
                    into.add(element);
                }
            }
            case Step.Every() -> node.forEach(into::add);
        }
    }

    /** Reads a path once, from left to right. */
    private static final class Parser {
        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        List<Step> steps() {
            List<Step> steps = new ArrayList<>();
            if (text.startsWith("$")) {
                at = 1;
            } else if (!text.isEmpty() && !text.startsWith("[")) {
                steps.add(member());
            }
            while (at < text.length()) {
                switch (text.charAt(at)) {
                    case '.' -> {
                        at++;
                        steps.add(member());
                    }
                    case '[' -> steps.add(bracket());
                    default -> throw wrong("a . or [ should stand at character " + (at + 1));
                }
            }
            return steps;
        }

        private Step member() {
            if (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
                return new Step.Member(quoted());
            }
            int from = at;
            while (at < text.length() && ".[".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            String name = text.substring(from, at);
            if (name.isEmpty()) {
                throw wrong("a name is missing at character " + (at + 1));
            }
            return name.equals("*") ? new Step.Every() : new Step.Member(name);
        }

        private Step bracket() {
            at++;
            if (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
                Step member = new Step.Member(quoted());
                close();
                return member;
            }
            int from = at;
            while (at < text.length() && text.charAt(at) != ']') {
                at++;
            }
            String inside = text.substring(from, at).strip();
            close();
            if (inside.equals("*")) {
                return new Step.Every();
            }
            if (!inside.matches("-?[0-9]{1,9}")) {
                throw wrong("[" + inside + "] is no index; in brackets stand a number, * or a quoted name");
            }
            return new Step.Element(Integer.parseInt(inside));
        }

        private void close() {
            if (at >= text.length() || text.charAt(at) != ']') {
                throw wrong("a ] is missing");
            }
            at++;
        }

        private String quoted() {
            char quote = text.charAt(at);
            int end = text.indexOf(quote, at + 1);
            if (end < 0) {
                throw wrong("the quoted name does not end");
            }
            String name = text.substring(at + 1, end);
            at = end + 1;
            return name;
        }

        private IllegalArgumentException wrong(String why) {
            return new IllegalArgumentException("'" + text + "' is no JSON path: " + why);
        }
    }
}
