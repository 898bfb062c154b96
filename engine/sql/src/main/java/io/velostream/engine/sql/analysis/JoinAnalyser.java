package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.ComparisonOperator;
import io.velostream.engine.plan.expression.EqualKeys;
import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.Expressions;
import io.velostream.engine.plan.logical.LogicalPlan.JoinForm;
import io.velostream.engine.plan.physical.JoinKind;
import io.velostream.engine.plan.physical.TimeBound;
import io.velostream.engine.sql.analysis.FromClause.Node;
import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.tree.Location;
import io.velostream.engine.sql.tree.Relation;
import io.velostream.engine.sql.tree.Statement.ObjectKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds out what each join of a FROM is: of streams, of a stream with a table, or of tables; by which keys; how far apart
 * in time; and what else must hold. A table on the left of a stream changes places with it.
 */
final class JoinAnalyser {

    private final Problems problems;
    private final FromClause from;
    private final ExpressionAnalyser expressions;
    private final TimeBounds bounds;
    private final Optional<TimeBound> byProperties;

    /**
     * For one FROM.
     *
     * @param byProperties the bound of a join of streams that has none in the text
     */
    JoinAnalyser(Problems problems, FromClause from, ExpressionAnalyser expressions, Optional<TimeBound> byProperties) {
        this.problems = problems;
        this.from = from;
        this.expressions = expressions;
        this.bounds = new TimeBounds(from);
        this.byProperties = byProperties;
    }

    /** A FROM whose joins are known; slots are still those of the scopes. */
    sealed interface Joined {

        /** Whether it is a table. */
        boolean table();

        /** A relation. */
        record One(Scope scope) implements Joined {
            @Override
            public boolean table() {
                return scope.relation().kind() == ObjectKind.TABLE;
            }
        }

        /** A join. */
        record Two(
                JoinKind kind,
                JoinForm form,
                Joined left,
                Joined right,
                List<Expression> leftKeys,
                List<Expression> rightKeys,
                List<Expression> residual)
                implements Joined {
            @Override
            public boolean table() {
                return form instanceof JoinForm.TableTable;
            }
        }

        /** The relations in the order of the plan's row. */
        default List<Scope> scopes() {
            return switch (this) {
                case One one -> List.of(one.scope());
                case Two two -> {
                    List<Scope> scopes = new ArrayList<>(two.left().scopes());
                    scopes.addAll(two.right().scopes());
                    yield scopes;
                }
            };
        }

        /** How far apart in time the rows may lie that one row was made of. */
        default Duration span() {
            if (!(this instanceof Two two)) {
                return Duration.ZERO;
            }
            Duration below = two.left().span().plus(two.right().span());
            return two.form() instanceof JoinForm.StreamStream(TimeBound bound)
                    ? below.plus(
                            bound.before().abs().compareTo(bound.after().abs()) > 0
                                    ? bound.before().abs()
                                    : bound.after().abs())
                    : below;
        }
    }

    Joined analyse() {
        return analyse(from.root());
    }

    private Joined analyse(Node node) {
        return switch (node) {
            case Node.Leaf leaf -> new Joined.One(leaf.scope());
            case Node.Joined joined -> join(joined.join(), analyse(joined.left()), analyse(joined.right()));
        };
    }

    private Joined join(Relation.Join node, Joined left, Joined right) {
        JoinKind kind = switch (node.kind()) {
            case INNER, CROSS -> JoinKind.INNER;
            case LEFT -> JoinKind.LEFT;
            case RIGHT -> JoinKind.RIGHT;
            case FULL -> JoinKind.FULL;
        };
        boolean streams = !left.table() && !right.table();
        if (node.kind() != Relation.JoinKind.CROSS
                && node.on().isEmpty()
                && node.using().isEmpty()) {
            problems.add(
                    ProblemCode.NO_EQUALITY,
                    node.location(),
                    "the join has no ON: every row would meet every other",
                    "add ON left.key = right.key");
        }
        List<Expression> conjuncts = conditions(node, left, right);
        if (left.table() && !right.table()) {
            return join(node, kind.exchanged(), right, left, conjuncts, streams);
        }
        return join(node, kind, left, right, conjuncts, streams);
    }

    private Joined join(
            Relation.Join node, JoinKind kind, Joined left, Joined right, List<Expression> conjuncts, boolean streams) {
        List<Expression> leftKeys = new ArrayList<>();
        List<Expression> rightKeys = new ArrayList<>();
        List<Expression> rest = new ArrayList<>();
        for (Expression conjunct : conjuncts) {
            if (!isKey(conjunct, left, right, leftKeys, rightKeys)) {
                rest.add(conjunct);
            }
        }
        JoinForm form = streams
                ? new JoinForm.StreamStream(bound(node, left, right, rest, !leftKeys.isEmpty()))
                : right.table() && left.table() ? new JoinForm.TableTable() : new JoinForm.StreamTable();
        if (!streams) {
            checkTable(node, kind, form);
        }
        return new Joined.Two(kind, form, left, right, leftKeys, rightKeys, rest);
    }

    private void checkTable(Relation.Join node, JoinKind kind, JoinForm form) {
        node.within()
                .ifPresent(within -> problems.add(
                        ProblemCode.BAD_JOIN,
                        within.location(),
                        "WITHIN bounds a join of two streams, but one side here is a table, of which the present"
                                + " version is joined",
                        "leave WITHIN out, or join the stream that the table is made of"));
        if (form instanceof JoinForm.StreamTable && kind.keepsRight()) {
            problems.add(
                    ProblemCode.BAD_JOIN,
                    node.location(),
                    "this join would have to write each row of the table that no row of the stream ever meets, and a"
                            + " stream never ends",
                    "keep the stream's rows instead: stream LEFT JOIN table");
        }
    }

    private List<Expression> conditions(Relation.Join node, Joined left, Joined right) {
        List<Expression> conjuncts = new ArrayList<>();
        node.on().ifPresent(on -> flatten(expressions.condition("ON", on), conjuncts));
        for (Identifier column : node.using()) {
            Optional<Expression.Slot> ours = column(column, left);
            Optional<Expression.Slot> theirs = column(column, right);
            if (ours.isEmpty() || theirs.isEmpty()) {
                problems.add(
                        ProblemCode.UNKNOWN_COLUMN,
                        column.location(),
                        "USING needs column `" + column.name() + "` on both sides of the join",
                        "write ON with the two columns");
            } else {
                conjuncts.add(expressions.equal(column.location(), ours.get(), theirs.get()));
            }
        }
        conjuncts.removeIf(each -> each == Poison.EXPRESSION
                || each instanceof Expression.Literal literal && Boolean.TRUE.equals(literal.value()));
        return conjuncts;
    }

    private static Optional<Expression.Slot> column(Identifier name, Joined side) {
        return side.scopes().stream()
                .flatMap(scope -> scope.column(name).stream())
                .findFirst();
    }

    private static void flatten(Expression condition, List<Expression> into) {
        if (condition instanceof Expression.And and) {
            and.operands().forEach(each -> flatten(each, into));
        } else {
            into.add(condition);
        }
    }

    /** Whether the condition is an equality between the sides; then it is added to the keys. */
    static boolean isKey(
            Expression condition, Joined left, Joined right, List<Expression> leftKeys, List<Expression> rightKeys) {
        if (!(condition instanceof Expression.Comparison(ComparisonOperator operator, Expression a, Expression b))
                || operator != ComparisonOperator.EQUAL) {
            return false;
        }
        Expression ofLeft = isOf(a, left) ? a : isOf(b, left) ? b : null;
        Expression ofRight = isOf(a, right) ? a : isOf(b, right) ? b : null;
        if (ofLeft == null || ofRight == null) {
            return false;
        }
        leftKeys.add(EqualKeys.beside(ofLeft, ofRight.type()));
        rightKeys.add(EqualKeys.beside(ofRight, ofLeft.type()));
        return true;
    }

    /** Whether every column of the expression is of that side, and there is one. */
    private static boolean isOf(Expression expression, Joined side) {
        List<Integer> slots = new ArrayList<>();
        collect(expression, slots);
        return !slots.isEmpty()
                && slots.stream().allMatch(slot -> side.scopes().stream().anyMatch(scope -> scope.owns(slot)));
    }

    private static void collect(Expression expression, List<Integer> slots) {
        if (expression instanceof Expression.Slot slot) {
            slots.add(slot.index());
        }
        Expressions.children(expression).forEach(child -> collect(child, slots));
    }

    private TimeBound bound(Relation.Join node, Joined left, Joined right, List<Expression> rest, boolean equality) {
        if (!equality) {
            Location place = node.on().map(Expr::location).orElse(node.location());
            problems.add(
                    ProblemCode.NO_EQUALITY,
                    place,
                    "a join of streams needs an equality between the two sides (an equi-join); here is none",
                    "ON left.key = right.key AND …");
        }
        if (node.within().isPresent()) {
            Relation.Within within = node.within().get();
            return new TimeBound(within.before(), within.after(), within.grace());
        }
        Optional<TimeBound> found = bounds.take(left, right, rest).or(() -> byProperties);
        if (found.isEmpty() && equality) {
            problems.add(
                    ProblemCode.UNBOUNDED_JOIN,
                    node.location(),
                    "a join of two streams needs a bound in time (WITHIN), else its state grows for ever",
                    "add WITHIN INTERVAL '5' MINUTE behind ON, or AND b.ts BETWEEN a.ts AND a.ts + INTERVAL …");
        }
        return found.orElse(new TimeBound(Duration.ZERO, Duration.ZERO, Duration.ZERO));
    }
}
