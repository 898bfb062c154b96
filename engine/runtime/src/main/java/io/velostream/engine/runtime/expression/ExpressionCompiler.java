package io.velostream.engine.runtime.expression;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes evaluators of expressions: a tree of closures, each of the kind that its type asks for. A compiled expression
 * has registers, so it is compiled once for each stage and thread.
 */
public final class ExpressionCompiler {

    private ExpressionCompiler() {}

    /**
     * Compiles an expression over the slots of one row.
     *
     * @throws IllegalArgumentException when the plan is not well typed
     */
    public static Evaluator compile(Expression expression) {
        return switch (expression) {
            case Expression.Slot slot -> Slots.of(slot.index(), slot.type());
            case Expression.Literal literal -> Constants.of(literal.value(), literal.type());
            case Expression.SystemColumn column -> SystemColumns.of(column.kind());
            case Expression.Arithmetic e ->
                Arithmetic.of(e.operator(), compile(e.left()), compile(e.right()), e.type());
            case Expression.Negate e -> Arithmetic.negate(compile(e.operand()), e.type());
            case Expression.Comparison e -> Comparisons.of(e.operator(), compile(e.left()), compile(e.right()));
            case Expression.And e -> Logic.and(predicates(e.operands()));
            case Expression.Or e -> Logic.or(predicates(e.operands()));
            case Expression.Not e -> Logic.not(predicate(e.operand()));
            case Expression.IsNull e -> Logic.isNull(compile(e.operand()));
            case Expression.In e -> Logic.in(compile(e.operand()), compile(e.candidates()));
            case Expression.Like e -> Like.of(text(e.operand()), text(e.pattern()), e.escape());
            case Expression.Case e -> searched(e);
            case Expression.Cast e -> Casts.of(compile(e.operand()), e.type());
            case Expression.Concat e -> Text.concat(asText(e.left()), asText(e.right()));
            case Expression.Field e -> Containers.field(compile(e.operand()), e.name(), e.type());
            case Expression.Index e -> Containers.index(compile(e.operand()), compile(e.index()), e.type());
            case Expression.Call e -> Calls.of(e.function(), e.signature(), compile(e.arguments()), e.type());
        };
    }

    /** Compiles a condition. */
    public static BooleanEvaluator predicate(Expression expression) {
        return Coerce.toBoolean(compile(expression));
    }

    /** Compiles to a value of exactly the type, widening numbers. */
    public static Evaluator compile(Expression expression, SqlType type) {
        return Coerce.to(compile(expression), type);
    }

    private static List<Evaluator> compile(List<Expression> expressions) {
        return expressions.stream().map(ExpressionCompiler::compile).toList();
    }

    private static List<BooleanEvaluator> predicates(List<Expression> expressions) {
        return expressions.stream().map(ExpressionCompiler::predicate).toList();
    }

    private static TextEvaluator text(Expression expression) {
        return Coerce.toText(compile(expression));
    }

    /** A side of {@code ||}: what is no text becomes its text. */
    private static TextEvaluator asText(Expression expression) {
        return Coerce.toText(Casts.of(compile(expression), Simple.STRING));
    }

    private static Evaluator searched(Expression.Case expression) {
        List<BooleanEvaluator> conditions = new ArrayList<>();
        List<Evaluator> results = new ArrayList<>();
        expression.branches().forEach(branch -> {
            conditions.add(predicate(branch.condition()));
            results.add(compile(branch.result()));
        });
        results.add(expression
                .otherwise()
                .map(ExpressionCompiler::compile)
                .orElseGet(() -> Constants.of(null, Simple.NULL)));
        return Cases.of(conditions, results, expression.type());
    }
}
