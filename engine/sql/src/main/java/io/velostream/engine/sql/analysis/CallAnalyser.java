package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.StageOperator.AggregateCall;
import io.velostream.engine.sql.analysis.AggregateFunctions.AggregateFunction;
import io.velostream.engine.sql.function.FunctionCatalogue;
import io.velostream.engine.sql.function.FunctionOverload;
import io.velostream.engine.sql.function.LiteralKind;
import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Calls of functions, aggregates and window functions. */
final class CallAnalyser {

    private static final AggregateUse IN_OVER = AggregateUse.in("another window function");
    private static final AggregateUse ARGUMENT = AggregateUse.notIn("the argument of another aggregate");

    private final Problems problems;
    private final ExpressionAnalyser expressions;
    private final GroupContext group;
    private final FunctionCatalogue functions;
    private final AggregateCalls aggregates;
    private final SpecialCalls special;
    private final LambdaCalls lambdas;
    private final OverAnalyser overs;
    private final WindowBounds bounds;
    private AggregateUse aggregateUse = AggregateUse.notIn("here");
    private @Nullable ExplodeContext explodes;

    CallAnalyser(
            Problems problems,
            ExpressionAnalyser expressions,
            GroupContext group,
            OverContext overs,
            FunctionCatalogue functions,
            LambdaScope lambdaScope) {
        this.problems = problems;
        this.expressions = expressions;
        this.group = group;
        this.functions = functions;
        this.aggregates = new AggregateCalls(problems);
        this.special = new SpecialCalls(problems, expressions);
        this.lambdas = new LambdaCalls(problems, this::inLambda, expressions, functions, lambdaScope);
        this.overs = new OverAnalyser(problems, expressions, overs);
        this.bounds = new WindowBounds(problems, expressions, group);
    }

    void allowAggregates(AggregateUse use) {
        aggregateUse = use;
    }

    /** From here on table functions may stand in the select list that is analysed. */
    void allowTableFunctions(ExplodeContext context) {
        explodes = context;
    }

    /** Whether the argument of an aggregate is being analysed, which sees rows, not groups. */
    boolean inArgument() {
        return aggregateUse.equals(ARGUMENT);
    }

    Expression analyse(Expr.Call call) {
        String name = call.name().toUpperCase(Locale.ROOT);
        if (TableFunctions.find(name).isPresent()) {
            return tableFunction(call, name);
        }
        if (call.over().isPresent() || OverAnalyser.FUNCTIONS.contains(name)) {
            return windowFunction(call, name);
        }
        if (WindowBounds.isBound(name)) {
            return bounds.analyse(call, name);
        }
        Optional<AggregateFunctions.Meaning> aggregate = AggregateFunctions.find(name, call.distinct());
        if (aggregate.isPresent()) {
            return aggregate(call, aggregate.get());
        }
        if (call.star() || call.distinct()) {
            problems.add(
                    ProblemCode.NO_OVERLOAD,
                    call.location(),
                    name + " is not an aggregate: it takes neither * nor DISTINCT");
            return Poison.EXPRESSION;
        }
        return scalar(call, name);
    }

    /** A lambda's body is evaluated for each element, an aggregate once for the group. */
    private Expression inLambda(Expr body) {
        AggregateUse outer = aggregateUse;
        aggregateUse = AggregateUse.notIn("a lambda");
        Expression result = expressions.analyse(body);
        aggregateUse = outer;
        return result;
    }

    private Expression tableFunction(Expr.Call call, String name) {
        ExplodeContext context = explodes;
        Optional<String> refused = !aggregateUse.place().equals("SELECT")
                ? Optional.of(aggregateUse.place())
                : context == null ? Optional.of("a subquery") : context.refusal();
        if (context == null || refused.isPresent()) {
            problems.add(
                    ProblemCode.MISPLACED_AGGREGATE,
                    call.location(),
                    name + " makes rows; it cannot stand in " + refused.orElseThrow(),
                    "put it into the select list of a query in FROM, and use its result here: FROM (SELECT " + name
                            + "(…) AS x FROM …) e");
            return Poison.EXPRESSION;
        }
        AggregateUse outer = aggregateUse;
        aggregateUse = AggregateUse.notIn("the argument of " + name);
        List<Expression> arguments = expressions.all(call.arguments());
        aggregateUse = outer;
        return context.analyse(call, arguments);
    }

    private Expression windowFunction(Expr.Call call, String name) {
        if (call.over().isEmpty()) {
            problems.add(
                    ProblemCode.NO_OVERLOAD,
                    call.location(),
                    name + " is a window function and needs OVER (…)",
                    name + "(…) OVER (PARTITION BY … ORDER BY …)");
            return Poison.EXPRESSION;
        }
        if (!aggregateUse.place().equals("SELECT")) {
            problems.add(
                    ProblemCode.MISPLACED_AGGREGATE,
                    call.location(),
                    "the window function " + name + " cannot stand in " + aggregateUse.place(),
                    "compute it in one statement, and filter or group its result in the next");
            return Poison.EXPRESSION;
        }
        Optional<AggregateFunctions.Meaning> aggregate =
                OverAnalyser.isFunction(name) ? Optional.empty() : AggregateFunctions.find(name, call.distinct());
        if (aggregate.isPresent()) {
            return aggregate(call, aggregate.get());
        }
        if (!OverAnalyser.isFunction(name)) {
            problems.add(
                    ProblemCode.NO_OVERLOAD,
                    call.location(),
                    name + " is neither an aggregate nor a window function: it takes no OVER",
                    "write it without OVER");
            return Poison.EXPRESSION;
        }
        AggregateUse outer = aggregateUse;
        aggregateUse = IN_OVER;
        Expression result = overs.function(call, name);
        aggregateUse = outer;
        return result;
    }

    /** An aggregate's result: of its group, or of the rows that OVER says. */
    private Expression result(Expr.Call call, AggregateCall analysed) {
        if (call.over().isEmpty()) {
            return group.slotOf(analysed);
        }
        AggregateUse outer = aggregateUse;
        aggregateUse = IN_OVER;
        Expression result = overs.aggregate(call, analysed);
        aggregateUse = outer;
        return result;
    }

    private Expression aggregate(Expr.Call call, AggregateFunctions.Meaning meaning) {
        AggregateFunction function = meaning.function();
        if (!aggregateUse.allowed()) {
            problems.add(
                    ProblemCode.MISPLACED_AGGREGATE,
                    call.location(),
                    "the aggregate " + function.name() + " cannot stand in " + aggregateUse.place(),
                    aggregateUse.place().equals("WHERE")
                            ? "filter groups with HAVING; WHERE sees single rows"
                            : "aggregates stand in SELECT and HAVING");
            return Poison.EXPRESSION;
        }
        AggregateUse outer = aggregateUse;
        aggregateUse = call.over().isPresent() ? IN_OVER : ARGUMENT;
        List<Expression> arguments = expressions.all(call.arguments());
        List<Expression> order = expressions.all(
                call.orderBy().stream().map(Expr.SortItem::expression).toList());
        aggregateUse = outer;
        if (call.star() || arguments.isEmpty()) {
            return countStar(call, function, arguments.size());
        }
        if (arguments.contains(Poison.EXPRESSION) || order.contains(Poison.EXPRESSION)) {
            return Poison.EXPRESSION;
        }
        return aggregates
                .analyse(call, meaning, arguments, order)
                .map(analysed -> result(call, analysed))
                .orElse(Poison.EXPRESSION);
    }

    private Expression countStar(Expr.Call call, AggregateFunction function, int arguments) {
        boolean count = function.name().equals("COUNT") && !call.distinct();
        if (count && arguments == 0) {
            return result(call, new AggregateCall("COUNT", false, List.of(), Simple.BIGINT));
        }
        problems.add(
                ProblemCode.NO_OVERLOAD,
                call.location(),
                call.star() ? function.name() + "(*) does not exist" : function.name() + " needs an argument",
                count ? "COUNT(*) or COUNT(column)" : function.name() + "(column)");
        return Poison.EXPRESSION;
    }

    private Expression scalar(Expr.Call call, String name) {
        Optional<Expression> form = special.analyse(call, name);
        if (form.isPresent()) {
            return form.get();
        }
        if (functions.find(name).isPresent() && call.arguments().stream().anyMatch(Expr.Lambda.class::isInstance)) {
            return lambdas.analyse(call, name);
        }
        if (functions.find(name).isEmpty()) {
            call.arguments().stream()
                    .filter(each -> !(each instanceof Expr.Lambda))
                    .forEach(expressions::analyse);
            reportUnknown(call, name);
            return Poison.EXPRESSION;
        }
        List<Expression> arguments = expressions.all(call.arguments());
        if (arguments.contains(Poison.EXPRESSION)) {
            return Poison.EXPRESSION;
        }
        List<SqlType> types = arguments.stream().map(Expression::type).toList();
        List<FunctionOverload> candidates = functions.candidates(name, types);
        if (candidates.isEmpty()) {
            reportNoOverload(call, name, types);
            return Poison.EXPRESSION;
        }
        FunctionOverload first = candidates.getFirst();
        if (!checkLiterals(call, first, arguments)) {
            return Poison.EXPRESSION;
        }
        if (candidates.size() > 1) {
            Set<SqlType> results =
                    candidates.stream().map(each -> each.resultType(types)).collect(Collectors.toSet());
            SqlType result = results.size() == 1 ? results.iterator().next() : Simple.ANY;
            return new Expression.Call(first.function(), FunctionCatalogue.DYNAMIC, arguments, result);
        }
        List<SqlType> wanted = first.argumentTypes(types);
        List<Expression> converted = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            converted.add(Operators.convert(arguments.get(i), wanted.get(i)));
        }
        return new Expression.Call(first.function(), first.signature(), converted, first.resultType(types));
    }

    /** A path, pattern or unit that is written out is read now, not for each record. */
    private boolean checkLiterals(Expr.Call call, FunctionOverload overload, List<Expression> arguments) {
        boolean right = true;
        for (int i = 0; i < arguments.size(); i++) {
            Optional<LiteralKind> kind = overload.literalAt(i);
            if (kind.isPresent()
                    && arguments.get(i) instanceof Expression.Literal literal
                    && literal.value() instanceof String text) {
                try {
                    kind.get().check(text);
                } catch (IllegalArgumentException wrong) {
                    problems.add(
                            ProblemCode.BAD_LITERAL,
                            call.arguments().get(i).location(),
                            String.valueOf(wrong.getMessage()));
                    right = false;
                }
            }
        }
        return right;
    }

    private void reportUnknown(Expr.Call call, String name) {
        Set<String> known = new TreeSet<>(functions.names());
        known.addAll(AggregateFunctions.names());
        known.addAll(OverAnalyser.FUNCTIONS);
        known.addAll(SpecialCalls.NAMES);
        TableFunctions.all().forEach(function -> known.add(function.name()));
        problems.add(
                ProblemCode.UNKNOWN_FUNCTION,
                call.location(),
                "unknown function `" + call.name() + "`" + NearestName.suggestion(name, known));
    }

    private void reportNoOverload(Expr.Call call, String name, List<SqlType> types) {
        String given = types.stream().map(SqlType::toString).collect(Collectors.joining(", ", "(", ")"));
        reportNoOverload(problems, functions, call, name, given);
    }

    /** Says with which arguments the function can be called, and which it was given, in brackets. */
    static void reportNoOverload(
            Problems problems, FunctionCatalogue functions, Expr.Call call, String name, String given) {
        String possible = functions.find(name).orElseThrow().overloads().stream()
                .map(overload -> name + overload.signature())
                .collect(Collectors.joining(", "));
        problems.add(
                ProblemCode.NO_OVERLOAD,
                call.location(),
                name + " does not take " + given,
                "it can be called as " + possible);
    }
}
