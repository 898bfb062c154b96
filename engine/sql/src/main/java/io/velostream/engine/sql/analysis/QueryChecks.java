package io.velostream.engine.sql.analysis;

import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.tree.Location;
import io.velostream.engine.sql.tree.Query;
import io.velostream.engine.sql.tree.Relation;
import io.velostream.engine.sql.tree.Relation.JoinKind;
import io.velostream.engine.sql.tree.Select;
import io.velostream.engine.sql.tree.Statement.ObjectKind;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with joins and subqueries whatever the version; and that this version runs none of them. */
final class QueryChecks {

    private final Problems problems;
    private final SourceResolver sources;

    QueryChecks(Problems problems, SourceResolver sources) {
        this.problems = problems;
        this.sources = sources;
    }

    void check(Select select) {
        select.from().ifPresent(this::check);
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

    private void check(Relation relation) {
        if (relation instanceof Relation.Join join) {
            check(join.left());
            int before = problems.size();
            checkJoin(join);
            if (problems.size() == before) {
                problems.add(ProblemCode.NOT_SUPPORTED, join.location(), "JOIN is not supported yet in this version");
            }
        }
    }

    private void checkJoin(Relation.Join join) {
        boolean streams = isStream(join.left()) && isStream(join.right());
        if (join.kind() != JoinKind.CROSS && join.on().isEmpty() && join.using().isEmpty()) {
            problems.add(
                    ProblemCode.NO_EQUALITY,
                    join.location(),
                    "the join has no ON: every row would meet every other",
                    "add ON left.key = right.key");
            return;
        }
        List<Expr> conjuncts = join.on().map(QueryChecks::conjuncts).orElse(List.of());
        boolean equality = !join.using().isEmpty() || conjuncts.stream().anyMatch(QueryChecks::isEquality);
        if (streams && !equality) {
            Location place = join.on().map(Expr::location).orElse(join.location());
            problems.add(
                    ProblemCode.NO_EQUALITY,
                    place,
                    "a join of streams needs an equality between the two sides (an equi-join); here is none",
                    "ON left.key = right.key AND …");
        } else if (streams && join.within().isEmpty() && conjuncts.stream().noneMatch(Expr.Between.class::isInstance)) {
            problems.add(
                    ProblemCode.UNBOUNDED_JOIN,
                    join.location(),
                    "a join of two streams needs a bound in time (WITHIN), else its state grows for ever",
                    "add WITHIN INTERVAL '5' MINUTE behind ON, or AND b.ts BETWEEN a.ts AND a.ts + INTERVAL …");
        }
    }

    private boolean isStream(Relation relation) {
        return switch (relation) {
            case Relation.Named named -> !isTable(named.name());
            case Relation.Address _ -> true;
            case Relation.Derived _ -> false;
            case Relation.Join join -> isStream(join.left());
        };
    }

    private static List<Expr> conjuncts(Expr condition) {
        return condition instanceof Expr.And and ? and.operands() : List.of(condition);
    }

    private static boolean isEquality(Expr condition) {
        return condition instanceof Expr.Compare compare
                && compare.operator().equals("=")
                && !isConstant(compare.left())
                && !isConstant(compare.right());
    }

    private static boolean isConstant(Expr expression) {
        return ExprNames.children(expression).isEmpty() && !(expression instanceof Expr.Name);
    }
}
