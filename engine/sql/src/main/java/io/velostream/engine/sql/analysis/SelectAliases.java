package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.sql.tree.Identifier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The aliases of one select list: each is known to the items on its right, to GROUP BY and to HAVING, but not to WHERE.
 * A column of the source that the query already used is stronger.
 */
final class SelectAliases {

    private final Map<String, Expression> visible = new LinkedHashMap<>();
    private final Map<String, Identifier> declared = new HashMap<>();
    private final Set<String> alsoColumns = new HashSet<>();

    /** An alias of the select list, before its expression is analysed. */
    void declare(Identifier alias, boolean usesColumnOfThatName) {
        declared.put(key(alias.name()), alias);
        if (usesColumnOfThatName) {
            alsoColumns.add(key(alias.name()));
        }
    }

    /** From here on the alias stands for the expression. */
    void show(Identifier alias, Expression expression) {
        visible.put(key(alias.name()), expression);
    }

    Optional<Expression> visible(Identifier name) {
        return Optional.ofNullable(visible.get(key(name.name())));
    }

    /** Whether the name can only mean an alias that is not known yet. */
    boolean later(Identifier name, boolean openRelation) {
        String key = key(name.name());
        return openRelation && declared.containsKey(key) && !alsoColumns.contains(key) && !visible.containsKey(key);
    }

    List<String> names() {
        return List.copyOf(visible.keySet());
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
