package io.velostream.local.apiserver.memory;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Label and field selectors in the text form that requests carry. */
final class Selector {
    private static final Pattern IN = Pattern.compile("(!?[\\w./-]+)\\s+(in|notin)\\s*\\(([^)]*)\\)");
    private static final Pattern COMPARE = Pattern.compile("([\\w./-]+)\\s*(==|!=|=)\\s*([\\w./-]*)");
    private static final Pattern PRESENT = Pattern.compile("(!?)\\s*([\\w./-]+)");
    private static final Pattern COMMA = Pattern.compile(",(?![^(]*\\))");

    private Selector() {}

    /** Whether an object has labels as asked; an empty text takes all. */
    static Predicate<JsonNode> labels(String text) {
        List<Predicate<JsonNode>> all = new ArrayList<>();
        for (String requirement : split(text)) {
            all.add(label(requirement));
        }
        return object -> {
            JsonNode labels = object.at("/metadata/labels");
            return all.stream().allMatch(requirement -> requirement.test(labels));
        };
    }

    /** Whether fields, given by dotted paths, have values as asked. */
    static Predicate<JsonNode> fields(String text) {
        List<Predicate<JsonNode>> all = new ArrayList<>();
        for (String requirement : split(text)) {
            Matcher matcher = COMPARE.matcher(requirement);
            if (!matcher.matches()) {
                throw ApiException.badRequest("field selector '" + requirement + "' is not of the form path=value");
            }
            String pointer = "/" + matcher.group(1).replace('.', '/');
            boolean equal = !matcher.group(2).equals("!=");
            String value = matcher.group(3);
            all.add(object -> object.at(pointer).asText("").equals(value) == equal);
        }
        return object -> all.stream().allMatch(requirement -> requirement.test(object));
    }

    private static Predicate<JsonNode> label(String requirement) {
        Matcher in = IN.matcher(requirement);
        if (in.matches()) {
            String key = in.group(1);
            Set<String> values = Set.of(in.group(3).trim().split("\\s*,\\s*"));
            boolean wanted = in.group(2).equals("in");
            return labels ->
                    (labels.has(key) && values.contains(labels.path(key).asText())) == wanted;
        }
        Matcher compare = COMPARE.matcher(requirement);
        if (compare.matches()) {
            String key = compare.group(1);
            String value = compare.group(3);
            boolean equal = !compare.group(2).equals("!=");
            return labels -> (labels.has(key) && labels.path(key).asText().equals(value)) == equal;
        }
        Matcher present = PRESENT.matcher(requirement);
        if (present.matches()) {
            return labels -> labels.has(present.group(2)) == present.group(1).isEmpty();
        }
        throw ApiException.badRequest("unable to parse label selector requirement '" + requirement + "'");
    }

    private static List<String> split(String text) {
        return text.isBlank()
                ? List.of()
                : COMMA.splitAsStream(text)
                        .map(String::trim)
                        .filter(part -> !part.isEmpty())
                        .toList();
    }
}
