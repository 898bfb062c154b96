package io.velostream.engine.plan.logical.rule;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.Expression.Literal;
import io.velostream.engine.plan.expression.Expressions;
import io.velostream.engine.plan.logical.LogicalPlan;
import io.velostream.engine.plan.logical.LogicalQuery.Branch;
import io.velostream.engine.sql.function.FunctionCatalogue;
import io.velostream.engine.sql.function.FunctionOverload;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What depends on no row is computed once. A constant that fails, such as 1 / 0, is left to the runtime, where its
 * failure belongs to a record.
 */
public final class FoldConstants implements Rule {

    private static final Literal TRUE = new Literal(true, Simple.BOOLEAN);
    private static final Literal FALSE = new Literal(false, Simple.BOOLEAN);

    private final FunctionCatalogue functions;

    /** Folds calls of the functions of this catalogue. */
    public FoldConstants(FunctionCatalogue functions) {
        this.functions = functions;
    }

    @Override
    public Branch apply(Branch branch) {
        LogicalPlan plan =
                Plans.rewrite(branch.plan(), each -> withoutTrueFilter(Plans.mapExpressions(each, this::fold)));
        return Plans.mapOutput(branch, plan, this::fold);
    }

    private static LogicalPlan withoutTrueFilter(LogicalPlan plan) {
        return plan instanceof LogicalPlan.Filter filter && filter.predicate().equals(TRUE) ? filter.input() : plan;
    }

    /** The expression with its constant parts computed. */
    public Expression fold(Expression expression) {
        return Expressions.rewrite(expression, this::foldNode);
    }

    private Expression foldNode(Expression node) {
        return switch (node) {
            case Expression.And and -> and(and);
            case Expression.Or or -> or(or);
            case Expression.Case branches -> cases(branches);
            case Expression.Call call -> call(call);
            default -> Constants.evaluate(node).<Expression>map(each -> each).orElse(node);
        };
    }

    /** FALSE decides; TRUE is left out. */
    private static Expression and(Expression.And node) {
        if (node.operands().contains(FALSE)) {
            return FALSE;
        }
        if (!node.operands().contains(TRUE)) {
            return node;
        }
        List<Expression> rest =
                node.operands().stream().filter(each -> !each.equals(TRUE)).toList();
        return rest.isEmpty() ? TRUE : rest.size() == 1 ? rest.getFirst() : new Expression.And(rest);
    }

    /** TRUE decides; FALSE is left out. */
    private static Expression or(Expression.Or node) {
        if (node.operands().contains(TRUE)) {
            return TRUE;
        }
        if (!node.operands().contains(FALSE)) {
            return node;
        }
        List<Expression> rest =
                node.operands().stream().filter(each -> !each.equals(FALSE)).toList();
        return rest.isEmpty() ? FALSE : rest.size() == 1 ? rest.getFirst() : new Expression.Or(rest);
    }

    /** Branches that are never taken go; behind one that is always taken nothing is reached. */
    private static Expression cases(Expression.Case node) {
        List<Expression.When> branches = new ArrayList<>();
        Optional<Expression> otherwise = node.otherwise();
        for (Expression.When branch : node.branches()) {
            if (branch.condition().equals(TRUE)) {
                otherwise = Optional.of(branch.result());
                break;
            }
            if (!(branch.condition() instanceof Literal)) {
                branches.add(branch);
            }
        }
        if (branches.isEmpty()) {
            return otherwise.orElse(new Literal(null, node.type()));
        }
        boolean same = branches.size() == node.branches().size() && otherwise.equals(node.otherwise());
        return same ? node : new Expression.Case(branches, otherwise, node.type());
    }

    private Expression call(Expression.Call node) {
        boolean constant = node.arguments().stream().allMatch(Literal.class::isInstance);
        Optional<FunctionOverload> overload =
                functions.find(node.function(), node.signature()).filter(each -> each.deterministic() && constant);
        if (overload.isEmpty()) {
            return node;
        }
        List<Object> values = new ArrayList<>();
        for (Expression argument : node.arguments()) {
            values.add(((Literal) argument).value());
        }
        List<SqlType> types = node.arguments().stream().map(Expression::type).toList();
        try {
            return new Literal(overload.get().call(values, types), node.type());
        } catch (RuntimeException failsForEveryRecord) {
            return node;
        }
    }
}
