package io.velostream.engine.plan.expression;

import io.velostream.engine.plan.expression.Expression.When;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Walking and rebuilding expressions. */
public final class Expressions {

    private Expressions() {}

    /** The direct operands, in the order of the text. */
    public static List<Expression> children(Expression expression) {
        return switch (expression) {
            case Expression.Slot _, Expression.Literal _, Expression.SystemColumn _, Expression.Parameter _ ->
                List.of();
            case Expression.TryCast node -> List.of(node.operand());
            case Expression.Lambda node -> List.of(node.body());
            case Expression.Arithmetic node -> List.of(node.left(), node.right());
            case Expression.Negate node -> List.of(node.operand());
            case Expression.Comparison node -> List.of(node.left(), node.right());
            case Expression.And node -> node.operands();
            case Expression.Or node -> node.operands();
            case Expression.Not node -> List.of(node.operand());
            case Expression.IsNull node -> List.of(node.operand());
            case Expression.In node -> {
                List<Expression> all = new ArrayList<>(List.of(node.operand()));
                all.addAll(node.candidates());
                yield all;
            }
            case Expression.Like node -> List.of(node.operand(), node.pattern());
            case Expression.Case node -> {
                List<Expression> all = new ArrayList<>();
                for (When branch : node.branches()) {
                    all.add(branch.condition());
                    all.add(branch.result());
                }
                node.otherwise().ifPresent(all::add);
                yield all;
            }
            case Expression.Cast node -> List.of(node.operand());
            case Expression.Concat node -> List.of(node.left(), node.right());
            case Expression.Field node -> List.of(node.operand());
            case Expression.Index node -> List.of(node.operand(), node.index());
            case Expression.Call node -> node.arguments();
        };
    }

    /** The same expression with each direct operand replaced. */
    public static Expression mapChildren(Expression expression, UnaryOperator<Expression> change) {
        return switch (expression) {
            case Expression.Slot _, Expression.Literal _, Expression.SystemColumn _, Expression.Parameter _ ->
                expression;
            case Expression.TryCast node -> new Expression.TryCast(change.apply(node.operand()), node.type());
            case Expression.Lambda node -> new Expression.Lambda(node.parameters(), change.apply(node.body()));
            case Expression.Arithmetic node ->
                new Expression.Arithmetic(
                        node.operator(), change.apply(node.left()), change.apply(node.right()), node.type());
            case Expression.Negate node -> new Expression.Negate(change.apply(node.operand()), node.type());
            case Expression.Comparison node ->
                new Expression.Comparison(node.operator(), change.apply(node.left()), change.apply(node.right()));
            case Expression.And node -> new Expression.And(map(node.operands(), change));
            case Expression.Or node -> new Expression.Or(map(node.operands(), change));
            case Expression.Not node -> new Expression.Not(change.apply(node.operand()));
            case Expression.IsNull node -> new Expression.IsNull(change.apply(node.operand()));
            case Expression.In node -> new Expression.In(change.apply(node.operand()), map(node.candidates(), change));
            case Expression.Like node ->
                new Expression.Like(change.apply(node.operand()), change.apply(node.pattern()), node.escape());
            case Expression.Case node ->
                new Expression.Case(
                        node.branches().stream()
                                .map(branch ->
                                        new When(change.apply(branch.condition()), change.apply(branch.result())))
                                .toList(),
                        node.otherwise().map(change),
                        node.type());
            case Expression.Cast node -> new Expression.Cast(change.apply(node.operand()), node.type());
            case Expression.Concat node -> new Expression.Concat(change.apply(node.left()), change.apply(node.right()));
            case Expression.Field node -> new Expression.Field(change.apply(node.operand()), node.name(), node.type());
            case Expression.Index node ->
                new Expression.Index(change.apply(node.operand()), change.apply(node.index()), node.type());
            case Expression.Call node ->
                new Expression.Call(node.function(), node.signature(), map(node.arguments(), change), node.type());
        };
    }

    private static List<Expression> map(List<Expression> expressions, UnaryOperator<Expression> change) {
        return expressions.stream().map(change).toList();
    }

    /** Replaces bottom-up: operands first, then the node itself. */
    public static Expression rewrite(Expression expression, UnaryOperator<Expression> change) {
        return change.apply(mapChildren(expression, child -> rewrite(child, change)));
    }
}
