package io.velostream.engine.sql.analysis;

import io.velostream.engine.sql.tree.Location;
import io.velostream.engine.sql.tree.Property;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sorts WITH entries by the object that they are about: {@code orders.topic} is about {@code orders}, a plain key about
 * every object of the statement. Entries that are about nothing known are reported.
 */
final class PropertyReader {

    private final Problems problems;
    private final Variables variables;
    private final Map<String, String> application;
    private final Map<String, Optional<String>> settingOf = new HashMap<>();
    private Map<String, String> lookedThrough = Map.of();
    private List<Property> settings = List.of();

    /**
     * Reads with the entries of the whole application, which are weaker than a statement's own.
     *
     * @param application plain keys or {@code <object>.<key>}
     */
    PropertyReader(Problems problems, Variables variables, Map<String, String> application) {
        this.problems = problems;
        this.variables = variables;
        this.application = application;
    }

    /** Reports each entry of a statement that belongs to none of its objects, or to no key. */
    void check(List<Property> properties, Collection<String> objects) {
        for (Property property : properties) {
            Optional<String> object = objectOf(property.key(), objects);
            String key = object.map(name -> property.key().substring(name.length() + 1))
                    .orElse(property.key());
            if (PropertyKey.known(key)) {
                if (PropertyKey.of(key).isEmpty() && PropertyKey.withoutEffect(key)) {
                    problems.add(
                            ProblemCode.PROPERTY_WITHOUT_EFFECT,
                            property.keyLocation(),
                            "`" + property.key() + "` has no effect in this version");
                }
            } else {
                reportUnknown(property, key, object, objects);
            }
        }
    }

    private void reportUnknown(Property property, String key, Optional<String> object, Collection<String> objects) {
        int dot = key.indexOf('.');
        String rest = dot < 0 ? "" : key.substring(dot + 1);
        if (object.isEmpty() && dot > 0 && PropertyKey.known(rest)) {
            String prefix = key.substring(0, dot);
            problems.add(
                    ProblemCode.UNKNOWN_OBJECT,
                    property.keyLocation(),
                    "`" + prefix + "` is no source and no sink of this statement"
                            + NearestName.suggestion(prefix, objects),
                    "its objects are " + String.join(", ", objects));
            return;
        }
        problems.add(
                ProblemCode.UNKNOWN_PROPERTY,
                property.keyLocation(),
                "unknown key `" + key + "` in WITH" + NearestName.suggestion(key, PropertyKey.allSpellings()),
                "Kafka client options pass through as kafka.consumer.<option> and kafka.producer.<option>");
    }

    /** What is said about one object: the application's entries, then the statement's. */
    PropertySet about(String object, List<Property> statement) {
        PropertySet result = new PropertySet(problems);
        List<Property> all = new ArrayList<>();
        application.forEach((key, value) -> all.add(new Property(Location.START, key, Location.START, value)));
        all.addAll(settings());
        for (List<Property> layer : List.of(all, statement)) {
            layer.stream()
                    .filter(each -> objectOf(each.key(), List.of(object)).isEmpty())
                    .forEach(each -> put(result, each, each.key()));
            layer.stream()
                    .filter(each -> objectOf(each.key(), List.of(object)).isPresent())
                    .forEach(each -> put(result, each, each.key().substring(object.length() + 1)));
        }
        return result;
    }

    /** The settings among the variables at this place of the text; found once as long as no variable changes. */
    private List<Property> settings() {
        Map<String, String> now = variables.all();
        if (now != lookedThrough) {
            List<Property> found = new ArrayList<>();
            now.forEach((key, value) -> settingOf
                    .computeIfAbsent(key, PropertyReader::setting)
                    .ifPresent(known -> found.add(new Property(Location.START, known, Location.START, value))));
            settings = found;
            lookedThrough = now;
        }
        return settings;
    }

    /** The WITH key that a variable of SET stands for, such as {@code auto.offset.reset}; ksqlDB has a prefix before it. */
    static Optional<String> setting(String variable) {
        String prefix = "ksql.streams.";
        String key = variable.startsWith(prefix) ? variable.substring(prefix.length()) : variable;
        return PropertyKey.of(key).filter(PropertyKey::isTime).isPresent()
                        || PropertyKey.clientOption(key).isPresent()
                ? Optional.of(key)
                : Optional.empty();
    }

    private void put(PropertySet result, Property property, String key) {
        String value = variables.expand(property.value(), property.valueLocation());
        Optional<PropertyKey> known = PropertyKey.of(key);
        if (known.isPresent()) {
            result.put(known.get(), new PropertySet.Entry(value, property.valueLocation()));
        }
        // ksqlDB's FORMAT is that of keys and values.
        if (variables.isKsqlDb() && key.equalsIgnoreCase("format")) {
            result.put(PropertyKey.KEY_FORMAT, new PropertySet.Entry(value, property.valueLocation()));
        }
        PropertyKey.clientOption(key).ifPresent(option -> result.putClientOption(option, value));
    }

    private static Optional<String> objectOf(String key, Collection<String> objects) {
        return objects.stream()
                .filter(name -> key.length() > name.length() + 1
                        && key.charAt(name.length()) == '.'
                        && key.regionMatches(true, 0, name, 0, name.length()))
                .max((a, b) -> Integer.compare(a.length(), b.length()));
    }
}
