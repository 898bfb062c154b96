package io.velostream.engine.sql.analysis;

import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.tree.Query;
import io.velostream.engine.sql.tree.Relation;
import io.velostream.engine.sql.tree.Select;
import io.velostream.engine.sql.tree.Statement.ObjectKind;
import java.util.ArrayList;
import java.util.List;

/** That subqueries read tables only. */
final class QueryChecks {

    private final Problems problems;
    private final SourceResolver sources;

    QueryChecks(Problems problems, SourceResolver sources) {
        this.problems = problems;
        this.sources = sources;
    }

    void check(Select select) {
        List<Expr> roots = new ArrayList<>();
        for (Select.Item item : select.items()) {
            if (item instanceof Select.Item.Expression expression) {
                roots.add(expression.expression());
            }
        }
        select.where().ifPresent(roots::add);
        select.having().ifPresent(roots::add);
        roots.forEach(root -> ExprNames.queries(root).forEach(this::checkSubquery));
    }

    private void checkSubquery(Query query) {
        for (Select select : query.selects()) {
            if (select.from().orElse(null) instanceof Relation.Named named && !isTable(named.name())) {
                problems.add(
                        ProblemCode.QUERY_OF_STREAM,
                        named.location(),
                        "a subquery reads a table, but `" + named.name().name() + "` is a stream",
                        "make a table of it first: CREATE TABLE … AS SELECT … FROM "
                                + named.name().name());
            }
        }
    }

    private boolean isTable(Identifier name) {
        return sources.known(name)
                .filter(schema -> schema.kind() == ObjectKind.TABLE)
                .isPresent();
    }
}
