package io.velostream.engine.sql.analysis;

import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.tree.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a SELECT reads: one relation, or several that are joined.
 *
 * @param scopes the relations in the order of the text
 */
record FromClause(Node root, List<Scope> scopes) {
    FromClause {
        scopes = List.copyOf(scopes);
    }

    /** A relation, or a join of two such nodes. */
    sealed interface Node {
        /** A relation. */
        record Leaf(Scope scope) implements Node {}

        /** Two that are joined. */
        record Joined(Relation.Join join, Node left, Node right) implements Node {}
    }

    /** One relation. */
    static FromClause of(Scope scope) {
        return new FromClause(new Node.Leaf(scope), List.of(scope));
    }

    boolean isJoin() {
        return scopes.size() > 1;
    }

    /** The first relation, of most queries the only one. */
    Scope first() {
        return scopes.getFirst();
    }

    /** The relation that a qualifier means. */
    Optional<Scope> qualified(Identifier name) {
        return scopes.stream().filter(scope -> scope.isQualifier(name)).findFirst();
    }

    /** The qualifiers that work, for messages. */
    List<String> qualifiers() {
        return scopes.stream().map(Scope::qualifier).toList();
    }

    /** Whether some relation takes every name as a column. */
    boolean open() {
        return scopes.stream().anyMatch(scope -> scope.relation().open());
    }

    /** The names of all columns. */
    List<String> columnNames() {
        List<String> names = new ArrayList<>();
        scopes.forEach(scope -> names.addAll(scope.relation().columnNames()));
        return names;
    }

    /** The relations' names, for messages. */
    String names() {
        return String.join(
                "` or `", scopes.stream().map(scope -> scope.relation().name()).toList());
    }

    /** Whether USING makes the name one column of both sides. */
    boolean isUsing(Identifier name) {
        return isUsing(root, name);
    }

    private static boolean isUsing(Node node, Identifier name) {
        return node instanceof Node.Joined joined
                && (joined.join().using().stream().anyMatch(each -> name.matches(each.name()))
                        || isUsing(joined.left(), name)
                        || isUsing(joined.right(), name));
    }
}
