package io.velostream.engine.sql.analysis;

import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.tree.Query;
import io.velostream.engine.sql.tree.Relation;
import java.util.ArrayList;
import java.util.List;

/** The objects of a query, which its WITH entries may be about. */
final class QueryObjects {

    private QueryObjects() {}

    /** The sink, and every relation with its alias. */
    static List<String> of(Identifier sink, Query query) {
        List<String> objects = new ArrayList<>();
        objects.add(sink.name());
        collect(query, objects);
        return objects;
    }

    private static void collect(Query query, List<String> objects) {
        query.commonTables().forEach(table -> collect(table.query(), objects));
        query.selects().forEach(select -> select.from().ifPresent(from -> collect(from, objects)));
    }

    private static void collect(Relation relation, List<String> objects) {
        switch (relation) {
            case Relation.Named named -> {
                objects.add(named.name().name());
                named.alias().ifPresent(alias -> objects.add(alias.name()));
            }
            case Relation.Join join -> {
                collect(join.left(), objects);
                collect(join.right(), objects);
            }
            case Relation.Derived derived -> collect(derived.query(), objects);
            case Relation.Address address -> address.alias().ifPresent(alias -> objects.add(alias.name()));
        }
    }
}
