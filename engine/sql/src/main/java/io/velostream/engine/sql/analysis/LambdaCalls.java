package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.sql.function.FunctionCatalogue;
import io.velostream.engine.sql.function.FunctionOverload;
import io.velostream.engine.sql.function.TypeBindings;
import io.velostream.engine.sql.function.TypePattern;
import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.type.Coercions;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Calls with lambdas. The other arguments say what the lambda's parameters are, its body says what it gives; where that is
 * also the type of an argument, as the state of REDUCE, both become their common type.
 */
final class LambdaCalls {

    private static final int ROUNDS = 3;

    private final Problems problems;
    private final Function<Expr, Expression> bodies;
    private final ExpressionAnalyser expressions;
    private final FunctionCatalogue functions;
    private final LambdaScope scope;

    /**
     * @param bodies analyses what stands behind {@code =>}
     */
    LambdaCalls(
            Problems problems,
            Function<Expr, Expression> bodies,
            ExpressionAnalyser expressions,
            FunctionCatalogue functions,
            LambdaScope scope) {
        this.problems = problems;
        this.bodies = bodies;
        this.expressions = expressions;
        this.functions = functions;
        this.scope = scope;
    }

    Expression analyse(Expr.Call call, String name) {
        Map<Integer, Integer> arities = new TreeMap<>();
        Map<Integer, Expression> plain = new TreeMap<>();
        for (int i = 0; i < call.arguments().size(); i++) {
            if (call.arguments().get(i) instanceof Expr.Lambda lambda) {
                arities.put(i, lambda.parameters().size());
            } else {
                plain.put(i, expressions.analyse(call.arguments().get(i)));
            }
        }
        if (plain.containsValue(Poison.EXPRESSION)) {
            return Poison.EXPRESSION;
        }
        for (FunctionOverload overload :
                functions.withLambdas(name, call.arguments().size(), arities)) {
            Optional<TypeBindings> bindings = bind(overload, plain);
            if (bindings.isPresent()) {
                return apply(call, overload, plain, bindings.get());
            }
        }
        reportNoOverload(call, name, plain);
        return Poison.EXPRESSION;
    }

    private static Optional<TypeBindings> bind(FunctionOverload overload, Map<Integer, Expression> plain) {
        TypeBindings bindings = new TypeBindings();
        for (Map.Entry<Integer, Expression> argument : plain.entrySet()) {
            TypePattern pattern = overload.parameterAt(argument.getKey());
            SqlType type = argument.getValue().type();
            if (pattern.cost(type) == Integer.MAX_VALUE || !bindings.bind(pattern, type)) {
                return Optional.empty();
            }
        }
        return Optional.of(bindings);
    }

    private Expression apply(
            Expr.Call call, FunctionOverload overload, Map<Integer, Expression> plain, TypeBindings bindings) {
        Map<Integer, Expression> all = new TreeMap<>(plain);
        for (int i = 0; i < call.arguments().size(); i++) {
            if (call.arguments().get(i) instanceof Expr.Lambda node) {
                Optional<Expression.Lambda> lambda =
                        lambda(node, (TypePattern.Lambda) overload.parameterAt(i), bindings);
                if (lambda.isEmpty()) {
                    return Poison.EXPRESSION;
                }
                all.put(i, lambda.get());
            }
        }
        List<Expression> arguments = new ArrayList<>();
        all.forEach((place, argument) -> arguments.add(
                argument instanceof Expression.Lambda
                        ? argument
                        : converted(argument, bindings.resolve(overload.parameterAt(place)))));
        return new Expression.Call(
                overload.function(), overload.signature(), arguments, bindings.resolve(overload.result()));
    }

    /** A STRUCT is a map of its fields as it is. */
    private static Expression converted(Expression argument, SqlType type) {
        return argument.type() instanceof SqlType.Struct && type instanceof SqlType.MapOf
                ? argument
                : Operators.convert(argument, type);
    }

    private Optional<Expression.Lambda> lambda(Expr.Lambda node, TypePattern.Lambda pattern, TypeBindings bindings) {
        for (int round = 0; ; round++) {
            Expression.Lambda lambda = typed(node, pattern, bindings);
            if (lambda.body() == Poison.EXPRESSION) {
                return Optional.empty();
            }
            SqlType result = lambda.body().type();
            if (!(pattern.result() instanceof TypePattern.Variable)) {
                return exactly(node, lambda, bindings.resolve(pattern.result()));
            }
            boolean known = pattern.parameters().contains(pattern.result());
            if (!known) {
                bindings.set(pattern.result(), result == Simple.NULL ? Simple.ANY : result);
                return Optional.of(lambda);
            }
            SqlType state = bindings.resolve(pattern.result());
            Optional<SqlType> common = Coercions.common(state, result);
            if (common.isEmpty()) {
                return exactly(node, lambda, state);
            }
            if (common.get().equals(state) || round == ROUNDS) {
                return exactly(node, lambda, state);
            }
            bindings.set(pattern.result(), widest(common.get()));
        }
    }

    /** The state of a fold grows from step to step, so an exact number gets all digits at once. */
    private static SqlType widest(SqlType type) {
        return type instanceof SqlType.Decimal exact
                ? new SqlType.Decimal(Coercions.MAX_PRECISION, exact.scale())
                : type;
    }

    private Expression.Lambda typed(Expr.Lambda node, TypePattern.Lambda pattern, TypeBindings bindings) {
        int depth = scope.depth();
        List<Expression.Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < node.parameters().size(); i++) {
            Identifier name = node.parameters().get(i);
            SqlType type = bindings.resolve(pattern.parameters().get(i));
            parameters.add(new Expression.Parameter(depth + i, name.name(), type == Simple.NULL ? Simple.ANY : type));
        }
        scope.enter(parameters);
        try {
            return new Expression.Lambda(parameters, bodies.apply(node.body()));
        } finally {
            scope.leave(depth);
        }
    }

    /** The lambda with its body converted to a type that is fixed. */
    private Optional<Expression.Lambda> exactly(Expr.Lambda node, Expression.Lambda lambda, SqlType type) {
        SqlType result = lambda.body().type();
        boolean narrows = result instanceof SqlType.Decimal && type instanceof SqlType.Decimal;
        if (!narrows && !Coercions.implicit(result, type)) {
            problems.add(
                    ProblemCode.TYPE_MISMATCH,
                    node.body().location(),
                    "the lambda must give a " + type + ", but it gives a " + result,
                    type == Simple.BOOLEAN ? "compare with a value" : "convert with CAST(… AS " + type + ")");
            return Optional.empty();
        }
        return Optional.of(new Expression.Lambda(lambda.parameters(), Operators.convert(lambda.body(), type)));
    }

    private void reportNoOverload(Expr.Call call, String name, Map<Integer, Expression> plain) {
        Map<Integer, String> given = new TreeMap<>();
        plain.forEach((place, argument) -> given.put(place, argument.type().toString()));
        for (int i = 0; i < call.arguments().size(); i++) {
            if (call.arguments().get(i) instanceof Expr.Lambda lambda) {
                String names =
                        lambda.parameters().stream().map(Identifier::name).collect(Collectors.joining(", ", "(", ")"));
                given.put(i, names + " => …");
            }
        }
        CallAnalyser.reportNoOverload(problems, functions, call, name, "(" + String.join(", ", given.values()) + ")");
    }
}
