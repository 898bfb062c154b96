package io.velostream.engine.plan.expression;

import io.velostream.engine.plan.expression.Expression.When;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
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

    /** The same expression with each direct operand replaced; the very same where none is. */
    public static Expression mapChildren(Expression expression, UnaryOperator<Expression> change) {
        return switch (expression) {
            case Expression.Slot _, Expression.Literal _, Expression.SystemColumn _, Expression.Parameter _ ->
                expression;
            case Expression.TryCast node ->
                one(node, node.operand(), change, operand -> new Expression.TryCast(operand, node.type()));
            case Expression.Lambda node ->
                one(node, node.body(), change, body -> new Expression.Lambda(node.parameters(), body));
            case Expression.Arithmetic node ->
                two(
                        node,
                        node.left(),
                        node.right(),
                        change,
                        (left, right) -> new Expression.Arithmetic(node.operator(), left, right, node.type()));
            case Expression.Negate node ->
                one(node, node.operand(), change, operand -> new Expression.Negate(operand, node.type()));
            case Expression.Comparison node ->
                two(
                        node,
                        node.left(),
                        node.right(),
                        change,
                        (left, right) -> new Expression.Comparison(node.operator(), left, right));
            case Expression.And node -> several(node, node.operands(), change, Expression.And::new);
            case Expression.Or node -> several(node, node.operands(), change, Expression.Or::new);
            case Expression.Not node -> one(node, node.operand(), change, Expression.Not::new);
            case Expression.IsNull node -> one(node, node.operand(), change, Expression.IsNull::new);
            case Expression.In node -> {
                Expression operand = change.apply(node.operand());
                List<Expression> candidates = mapAll(node.candidates(), change);
                yield operand == node.operand() && candidates == node.candidates()
                        ? node
                        : new Expression.In(operand, candidates);
            }
            case Expression.Like node ->
                two(
                        node,
                        node.operand(),
                        node.pattern(),
                        change,
                        (operand, pattern) -> new Expression.Like(operand, pattern, node.escape()));
            case Expression.Case node -> {
                List<When> branches = mapList(node.branches(), branch -> map(branch, change));
                Optional<Expression> otherwise = mapOptional(node.otherwise(), change);
                yield branches == node.branches() && otherwise.equals(node.otherwise())
                        ? node
                        : new Expression.Case(branches, otherwise, node.type());
            }
            case Expression.Cast node ->
                one(node, node.operand(), change, operand -> new Expression.Cast(operand, node.type()));
            case Expression.Concat node -> two(node, node.left(), node.right(), change, Expression.Concat::new);
            case Expression.Field node ->
                one(node, node.operand(), change, operand -> new Expression.Field(operand, node.name(), node.type()));
            case Expression.Index node ->
                two(
                        node,
                        node.operand(),
                        node.index(),
                        change,
                        (operand, index) -> new Expression.Index(operand, index, node.type()));
            case Expression.Call node ->
                several(
                        node,
                        node.arguments(),
                        change,
                        arguments -> new Expression.Call(node.function(), node.signature(), arguments, node.type()));
        };
    }

    private static Expression one(
            Expression node, Expression operand, UnaryOperator<Expression> change, UnaryOperator<Expression> rebuild) {
        Expression changed = change.apply(operand);
        return changed == operand ? node : rebuild.apply(changed);
    }

    private static Expression two(
            Expression node,
            Expression first,
            Expression second,
            UnaryOperator<Expression> change,
            BinaryOperator<Expression> rebuild) {
        Expression changedFirst = change.apply(first);
        Expression changedSecond = change.apply(second);
        return changedFirst == first && changedSecond == second ? node : rebuild.apply(changedFirst, changedSecond);
    }

    private static Expression several(
            Expression node,
            List<Expression> operands,
            UnaryOperator<Expression> change,
            Function<List<Expression>, Expression> rebuild) {
        List<Expression> changed = mapAll(operands, change);
        return changed == operands ? node : rebuild.apply(changed);
    }

    private static When map(When branch, UnaryOperator<Expression> change) {
        Expression condition = change.apply(branch.condition());
        Expression result = change.apply(branch.result());
        return condition == branch.condition() && result == branch.result() ? branch : new When(condition, result);
    }

    /** Each expression changed; the very same list where none is. */
    public static List<Expression> mapAll(List<Expression> expressions, UnaryOperator<Expression> change) {
        return mapList(expressions, change);
    }

    /** The expression changed, if there is one; the very same where it is not. */
    public static Optional<Expression> mapOptional(Optional<Expression> expression, UnaryOperator<Expression> change) {
        if (expression.isEmpty()) {
            return expression;
        }
        Expression changed = change.apply(expression.get());
        return changed == expression.get() ? expression : Optional.of(changed);
    }

    /** Each element changed; the very same list where none is, so that an unchanged tree is known by its object. */
    public static <T> List<T> mapList(List<T> elements, UnaryOperator<T> change) {
        List<T> changed = null;
        for (int i = 0; i < elements.size(); i++) {
            T element = elements.get(i);
            T other = change.apply(element);
            if (changed == null && other != element) {
                changed = new ArrayList<>(elements.size());
                changed.addAll(elements.subList(0, i));
            }
            if (changed != null) {
                changed.add(other);
            }
        }
        return changed == null ? elements : changed;
    }

    /** Replaces bottom-up: operands first, then the node itself. */
    public static Expression rewrite(Expression expression, UnaryOperator<Expression> change) {
        return change.apply(mapChildren(expression, child -> rewrite(child, change)));
    }
}
