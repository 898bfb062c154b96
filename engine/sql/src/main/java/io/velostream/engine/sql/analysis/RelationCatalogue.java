package io.velostream.engine.sql.analysis;

import io.velostream.engine.sql.tree.Identifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The streams and tables that a text declares or creates, by name ignoring case. */
final class RelationCatalogue {

    private final Map<String, RelationSchema> relations = new LinkedHashMap<>();

    void add(RelationSchema relation) {
        relations.put(key(relation.name()), relation);
    }

    Optional<RelationSchema> find(Identifier name) {
        return Optional.ofNullable(relations.get(key(name.name())));
    }

    List<RelationSchema> all() {
        return List.copyOf(relations.values());
    }

    List<String> names() {
        return new ArrayList<>(
                relations.values().stream().map(RelationSchema::name).toList());
    }

    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
