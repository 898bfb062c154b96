package io.velostream.engine.sql.analysis;

import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.tree.Query;
import io.velostream.engine.sql.tree.Relation;
import io.velostream.engine.sql.tree.Select;
import io.velostream.engine.sql.tree.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts statements behind those whose results they read; a circle is an error that names it. */
final class DependencyOrder {

    private final Problems problems;

    DependencyOrder(Problems problems) {
        this.problems = problems;
    }

    List<Statement> order(List<Statement> statements) {
        Map<String, Statement> creators = new HashMap<>();
        for (Statement statement : statements) {
            if (statement instanceof Statement.CreateAs create) {
                creators.put(RelationCatalogue.key(create.name().name()), create);
            }
        }
        // By identity: a statement is a deep record, whose hash would walk all of it.
        Map<Statement, List<Statement>> edges = new IdentityHashMap<>();
        for (Statement statement : statements) {
            List<Statement> needed = new ArrayList<>();
            for (Identifier name : reads(statement)) {
                Statement creator = creators.get(RelationCatalogue.key(name.name()));
                if (creator != null) {
                    needed.add(creator);
                }
            }
            edges.put(statement, needed);
        }
        return sort(statements, edges);
    }

    /** Depth first without recursion, since a chain of statements may be long. */
    private List<Statement> sort(List<Statement> statements, Map<Statement, List<Statement>> edges) {
        Set<Statement> done = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Statement> ordered = new ArrayList<>();
        for (Statement root : statements) {
            List<Statement> path = new ArrayList<>(List.of(root));
            List<Iterator<Statement>> open = new ArrayList<>(List.of(needed(root, edges)));
            Set<Statement> onPath = Collections.newSetFromMap(new IdentityHashMap<>());
            onPath.add(root);
            while (!path.isEmpty()) {
                Statement current = path.getLast();
                Iterator<Statement> rest = open.getLast();
                Statement next = null;
                while (next == null && rest.hasNext()) {
                    Statement candidate = rest.next();
                    next = done.contains(candidate) ? null : candidate;
                }
                if (next == null) {
                    if (done.add(current)) {
                        ordered.add(current);
                    }
                    path.removeLast();
                    open.removeLast();
                    onPath.remove(current);
                } else if (onPath.contains(next)) {
                    reportCycle(path, next);
                    return List.of();
                } else {
                    path.add(next);
                    open.add(needed(next, edges));
                    onPath.add(next);
                }
            }
        }
        return ordered;
    }

    private static Iterator<Statement> needed(Statement statement, Map<Statement, List<Statement>> edges) {
        return edges.getOrDefault(statement, List.of()).iterator();
    }

    private void reportCycle(List<Statement> path, Statement first) {
        List<String> names = new ArrayList<>(path.stream()
                .dropWhile(statement -> statement != first)
                .map(DependencyOrder::name)
                .toList());
        names.add(name(first));
        Identifier place =
                first instanceof Statement.CreateAs create ? create.name() : ((Statement.InsertSelect) first).name();
        problems.add(
                ProblemCode.CYCLE,
                place.location(),
                "the statements read each other in a circle: " + String.join(" reads ", names),
                "let one of them read a source instead");
    }

    private static String name(Statement statement) {
        return switch (statement) {
            case Statement.CreateAs create -> create.name().name();
            case Statement.InsertSelect insert -> insert.name().name();
            default -> "?";
        };
    }

    private static List<Identifier> reads(Statement statement) {
        List<Identifier> names = new ArrayList<>();
        switch (statement) {
            case Statement.CreateAs create -> collect(create.query(), names);
            case Statement.InsertSelect insert -> {
                names.add(insert.name());
                collect(insert.query(), names);
            }
            default -> {}
        }
        return names;
    }

    /** The names that a query reads, but not those that it defines itself. */
    private static void collect(Query query, List<Identifier> names) {
        List<Identifier> read = new ArrayList<>();
        collectAll(query, read);
        Map<String, List<String>> own = query.commonTables().stream()
                .map(table -> table.name().name())
                .collect(Collectors.groupingBy(RelationCatalogue::key));
        read.removeIf(name -> own.getOrDefault(RelationCatalogue.key(name.name()), List.of()).stream()
                .anyMatch(name::matches));
        names.addAll(read);
    }

    private static void collectAll(Query query, List<Identifier> names) {
        query.commonTables().forEach(table -> collect(table.query(), names));
        for (Select select : query.selects()) {
            select.from().ifPresent(from -> collect(from, names));
            List<Expr> expressions = new ArrayList<>();
            select.where().ifPresent(expressions::add);
            select.having().ifPresent(expressions::add);
            for (Select.Item item : select.items()) {
                if (item instanceof Select.Item.Expression expression) {
                    expressions.add(expression.expression());
                }
            }
            expressions.forEach(expression -> ExprNames.queries(expression).forEach(inner -> collect(inner, names)));
        }
    }

    private static void collect(Relation relation, List<Identifier> names) {
        switch (relation) {
            case Relation.Named named -> names.add(named.name());
            case Relation.Join join -> {
                collect(join.left(), names);
                collect(join.right(), names);
            }
            case Relation.Derived derived -> collect(derived.query(), names);
            case Relation.Address _ -> {}
        }
    }
}
