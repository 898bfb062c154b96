package io.velostream.engine.runtime.expression;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes evaluators of expressions: a tree of closures, each of the kind that its type asks for. A compiled expression
 * has registers, so it is compiled once for each stage and thread.
 */
public final class ExpressionCompiler {

    /** What the parameters of the lambdas of one expression stand for at the moment, by their numbers. */
    private final Map<Integer, Lambdas.Register> registers = new HashMap<>();

    private ExpressionCompiler() {}

    /**
     * Compiles an expression over the slots of one row.
     *
     * @throws IllegalArgumentException when the plan is not well typed
     */
    public static Evaluator compile(Expression expression) {
        return new ExpressionCompiler().evaluator(expression);
    }

    private Evaluator evaluator(Expression expression) {
        return switch (expression) {
            case Expression.Slot slot -> Slots.of(slot.index(), slot.type());
            case Expression.Literal literal -> Constants.of(literal.value(), literal.type());
            case Expression.SystemColumn column -> SystemColumns.of(column.kind());
            case Expression.Arithmetic e ->
                Arithmetic.of(e.operator(), evaluator(e.left()), evaluator(e.right()), e.type());
            case Expression.Negate e -> Arithmetic.negate(evaluator(e.operand()), e.type());
            case Expression.Comparison e -> Comparisons.of(e.operator(), evaluator(e.left()), evaluator(e.right()));
            case Expression.And e -> Logic.and(predicates(e.operands()));
            case Expression.Or e -> Logic.or(predicates(e.operands()));
            case Expression.Not e -> Logic.not(condition(e.operand()));
            case Expression.IsNull e -> Logic.isNull(evaluator(e.operand()));
            case Expression.In e -> Logic.in(evaluator(e.operand()), evaluators(e.candidates()));
            case Expression.Like e -> Like.of(text(e.operand()), text(e.pattern()), e.escape());
            case Expression.Case e -> searched(e);
            case Expression.Cast e -> Casts.of(evaluator(e.operand()), e.type());
            case Expression.TryCast e -> Casts.lenient(evaluator(e.operand()), e.type());
            case Expression.Lambda e -> lambda(e);
            case Expression.Parameter e -> Lambdas.parameter(register(e.number()), e.type());
            case Expression.Concat e -> Text.concat(asText(e.left()), asText(e.right()));
            case Expression.Field e -> Containers.field(evaluator(e.operand()), e.name(), e.type());
            case Expression.Index e -> Containers.index(evaluator(e.operand()), evaluator(e.index()), e.type());
            case Expression.Call e -> Calls.of(e.function(), e.signature(), evaluators(e.arguments()), e.type());
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

    private ObjectEvaluator lambda(Expression.Lambda lambda) {
        List<Lambdas.Register> parameters = lambda.parameters().stream()
                .map(parameter -> register(parameter.number()))
                .toList();
        return Lambdas.of(parameters, evaluator(lambda.body()));
    }

    private Lambdas.Register register(int number) {
        return registers.computeIfAbsent(number, each -> new Lambdas.Register());
    }

    private List<Evaluator> evaluators(List<Expression> expressions) {
        return expressions.stream().map(this::evaluator).toList();
    }

    private BooleanEvaluator condition(Expression expression) {
        return Coerce.toBoolean(evaluator(expression));
    }

    private List<BooleanEvaluator> predicates(List<Expression> expressions) {
        return expressions.stream().map(this::condition).toList();
    }

    private TextEvaluator text(Expression expression) {
        return Coerce.toText(evaluator(expression));
    }

    /** A side of {@code ||}: what is no text becomes its text. */
    private TextEvaluator asText(Expression expression) {
        return Coerce.toText(Casts.of(evaluator(expression), Simple.STRING));
    }

    private Evaluator searched(Expression.Case expression) {
        List<BooleanEvaluator> conditions = new ArrayList<>();
        List<Evaluator> results = new ArrayList<>();
        expression.branches().forEach(branch -> {
            conditions.add(condition(branch.condition()));
            results.add(evaluator(branch.result()));
        });
        results.add(expression.otherwise().map(this::evaluator).orElseGet(() -> Constants.of(null, Simple.NULL)));
        return Cases.of(conditions, results, expression.type());
    }
}
