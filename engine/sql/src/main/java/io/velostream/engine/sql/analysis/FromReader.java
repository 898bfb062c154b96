package io.velostream.engine.sql.analysis;

import io.velostream.engine.sql.tree.Property;
import io.velostream.engine.sql.tree.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** FROM → the relations that it means. */
final class FromReader {

    private final Problems problems;
    private final SourceResolver sources;
    private final InnerQueries inner;
    private final List<Property> statement;

    /**
     * For one query.
     *
     * @param inner takes the subqueries in FROM
     * @param statement the WITH entries that hold for the relations
     */
    FromReader(Problems problems, SourceResolver sources, InnerQueries inner, List<Property> statement) {
        this.problems = problems;
        this.sources = sources;
        this.inner = inner;
        this.statement = List.copyOf(statement);
    }

    /** Empty when a relation cannot be read; what is wrong has been reported. */
    Optional<FromClause> read(Relation relation) {
        List<Scope> scopes = new ArrayList<>();
        return node(relation, scopes).map(root -> new FromClause(root, scopes));
    }

    private Optional<FromClause.Node> node(Relation relation, List<Scope> scopes) {
        if (relation instanceof Relation.Join join) {
            Optional<FromClause.Node> left = node(join.left(), scopes);
            Optional<FromClause.Node> right = node(join.right(), scopes);
            return left.flatMap(a -> right.map(b -> new FromClause.Node.Joined(join, a, b)));
        }
        Optional<Scope> scope = scope(relation, scopes.size());
        scope.ifPresent(scopes::add);
        return scope.map(FromClause.Node.Leaf::new);
    }

    /** The scope of a relation that is no join. */
    Optional<Scope> scope(Relation relation, int position) {
        if (position >= Scope.MOST_RELATIONS) {
            problems.add(
                    ProblemCode.TOO_LARGE,
                    relation.location(),
                    "a query joins at most " + Scope.MOST_RELATIONS + " relations",
                    "join some of them in a statement of their own, and join its result here");
            return Optional.empty();
        }
        return resolved(relation, position).filter(scope -> isNarrow(relation, scope));
    }

    private boolean isNarrow(Relation relation, Scope scope) {
        int columns = scope.relation().columns().size();
        if (columns > Scope.MOST_COLUMNS) {
            problems.add(
                    ProblemCode.TOO_LARGE,
                    relation.location(),
                    "`" + scope.relation().name() + "` has " + columns + " columns, but a query takes at most "
                            + Scope.MOST_COLUMNS + " of one relation",
                    "declare the source with the columns that are used; fields that are not declared are skipped");
        }
        return columns <= Scope.MOST_COLUMNS;
    }

    private Optional<Scope> resolved(Relation relation, int position) {
        return switch (relation) {
            case Relation.Named named ->
                Optional.of(new Scope(sources.resolve(named.name(), statement), named.alias(), position));
            case Relation.Address address ->
                sources.resolve(address).map(schema -> new Scope(schema, address.alias(), position));
            case Relation.Derived derived ->
                inner.derived(derived).map(schema -> new Scope(schema, Optional.of(derived.alias()), position));
            case Relation.Join _ -> Optional.empty();
        };
    }
}
