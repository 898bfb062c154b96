package io.velostream.engine.sql.analysis;

import io.velostream.engine.sql.tree.Dialect;
import io.velostream.engine.sql.tree.Location;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What surrounds a text: its dialect, and the values of {@code ${name}}: given from outside, or by SET in the text, or the default after the colon. What is given
 * from outside is stronger; SET holds for the statements after it.
 */
public final class Variables {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^{}:]+)(?::([^{}]*))?}");

    /** Each statement keeps the values at its place, so their number is limited. */
    private static final int MOST = 500;

    private final Problems problems;
    private final Map<String, String> outside;
    private final Dialect dialect;
    private Map<String, String> values;

    /** The values from outside, of a text in the dialect. */
    public Variables(Problems problems, Map<String, String> values, Dialect dialect) {
        this.problems = problems;
        this.outside = Map.copyOf(values);
        this.values = outside;
        this.dialect = dialect;
    }

    /** How the text is read where dialects differ. */
    Dialect dialect() {
        return dialect;
    }

    /** Whether it is read as ksqlDB does. */
    boolean isKsqlDb() {
        return dialect == Dialect.KSQLDB;
    }

    /** SET in the text. */
    void assign(String name, String value, Location location) {
        if (outside.containsKey(name)) {
            return;
        }
        if (values.size() >= MOST && !values.containsKey(name)) {
            problems.add(
                    ProblemCode.TOO_LARGE,
                    location,
                    "the text sets more than " + MOST + " variables",
                    "UNSET those that are no longer used");
        } else {
            Map<String, String> changed = new HashMap<>(values);
            changed.put(name, value);
            values = Map.copyOf(changed);
        }
    }

    /** UNSET in the text; a value from outside stays. */
    void remove(String name) {
        if (!outside.containsKey(name)) {
            Map<String, String> changed = new HashMap<>(values);
            changed.remove(name);
            values = Map.copyOf(changed);
        }
    }

    /** The values at this place of the text. */
    Map<String, String> all() {
        return values;
    }

    /** Goes to another place of the text, whose values {@link #all} gave. */
    void use(Map<String, String> there) {
        values = there;
    }

    /** The value, or a problem. */
    Optional<String> value(String name, Optional<String> otherwise, Location location) {
        Optional<String> value = Optional.ofNullable(values.get(name)).or(() -> otherwise);
        if (value.isEmpty()) {
            problems.add(
                    ProblemCode.MISSING_VARIABLE,
                    location,
                    "variable `" + name + "` has no value" + NearestName.suggestion(name, values.keySet()),
                    "give it with --set " + name + "=…, in spec.variables, or write ${" + name + ":default}");
        }
        return value;
    }

    /** Replaces references within a WITH value. */
    String expand(String text, Location location) {
        if (!text.contains("${")) {
            return text;
        }
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder expanded = new StringBuilder();
        while (matcher.find()) {
            String value = value(matcher.group(1), Optional.ofNullable(matcher.group(2)), location)
                    .orElse("");
            matcher.appendReplacement(expanded, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(expanded).toString();
    }
}
