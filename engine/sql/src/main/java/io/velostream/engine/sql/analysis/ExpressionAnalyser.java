package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.logical.Subquery;
import io.velostream.engine.sql.function.FunctionCatalogue;
import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.tree.Location;
import io.velostream.engine.sql.type.Coercions;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import io.velostream.engine.sql.type.TemporalText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Syntactic → typed expressions over the slots of one SELECT. What is wrong is reported and stands for a value that goes
 * with everything, so that the rest is analysed too.
 */
final class ExpressionAnalyser {

    private static final Set<String> CLOCKS = Set.of("CURRENT_TIMESTAMP", "CURRENT_DATE", "LOCALTIMESTAMP");

    private final Problems problems;
    private final NameResolver names;
    private final Operators operators;
    private final CallAnalyser calls;
    private final Variables variables;
    private @Nullable SubqueryPlace subqueries;

    ExpressionAnalyser(
            Problems problems,
            NameResolver names,
            GroupContext group,
            OverContext overs,
            FunctionCatalogue functions,
            Variables variables) {
        this.problems = problems;
        this.names = names;
        this.operators = new Operators(problems, variables.dialect());
        this.calls = new CallAnalyser(problems, this, group, overs, functions, names.lambdas());
        this.variables = variables;
    }

    /** Aggregates may stand in what is analysed from here on, or not. */
    void allowAggregates(AggregateUse use) {
        calls.allowAggregates(use);
    }

    /** From here on table functions may stand in a select list. */
    void allowTableFunctions(ExplodeContext context) {
        calls.allowTableFunctions(context);
    }

    /** A condition, as in WHERE. */
    Expression condition(String where, Expr node) {
        return operators.condition(node.location(), where, analyse(node));
    }

    Expression analyse(Expr node) {
        return switch (node) {
            case Expr.IntegerLiteral literal -> Literals.whole(literal.digits());
            case Expr.DecimalLiteral literal -> Literals.exact(literal.value());
            case Expr.DoubleLiteral literal -> new Expression.Literal(literal.value(), Simple.DOUBLE);
            case Expr.StringLiteral literal -> new Expression.Literal(literal.value(), Simple.STRING);
            case Expr.BooleanLiteral literal -> new Expression.Literal(literal.value(), Simple.BOOLEAN);
            case Expr.NullLiteral _ -> new Expression.Literal(null, Simple.NULL);
            case Expr.IntervalLiteral literal -> interval(literal);
            case Expr.TemporalLiteral literal -> temporal(literal);
            case Expr.Variable variable -> variable(variable);
            case Expr.Name name -> name(name.identifier());
            case Expr.Dereference dereference -> names.resolve(dereference, this);
            case Expr.Index index -> index(index);
            case Expr.Negate negate -> negate(negate);
            case Expr.Binary binary -> binary(binary);
            case Expr.Call call -> call(call);
            case Expr.Case branches -> caseExpression(branches);
            case Expr.Cast cast -> cast(cast);
            case Expr.Subquery _, Expr.Exists _, Expr.InQuery _, Expr.QuantifiedCompare _ -> subquery(node);
            case Expr.Lambda lambda -> strayLambda(lambda);
            default -> predicate(node);
        };
    }

    private Expression predicate(Expr node) {
        return switch (node) {
            case Expr.And and -> new Expression.And(conditions("AND", and.operands()));
            case Expr.Or or -> new Expression.Or(conditions("OR", or.operands()));
            case Expr.Not not -> new Expression.Not(condition("NOT", not.operand()));
            case Expr.Compare compare ->
                operators.compare(
                        compare.location(), compare.operator(), analyse(compare.left()), analyse(compare.right()));
            case Expr.IsNull isNull -> new Expression.IsNull(analyse(isNull.operand()));
            case Expr.IsTruth is -> isTruth(is);
            case Expr.IsDistinct distinct -> isDistinct(distinct);
            case Expr.Between between -> between(between);
            case Expr.In in -> in(in);
            case Expr.Like like -> like(like);
            default -> throw new IllegalStateException("no analysis for " + node.getClass());
        };
    }

    /** Whether the name is one of the standard's functions of the clock. */
    static boolean isClock(Identifier name) {
        return !name.quoted() && CLOCKS.contains(name.name().toUpperCase(Locale.ROOT));
    }

    /** The standard's functions of the clock have no parentheses. */
    private Expression name(Identifier name) {
        return isClock(name)
                ? calls.analyse(new Expr.Call(
                        name.location(), name.name(), false, false, List.of(), List.of(), Optional.empty()))
                : names.resolve(name);
    }

    private Expression call(Expr.Call written) {
        Expr meant = variables.isKsqlDb() ? KsqlDbCalls.rewrite(written) : written;
        return meant instanceof Expr.Call call ? calls.analyse(call) : analyse(meant);
    }

    List<Expression> all(List<Expr> nodes) {
        return nodes.stream().map(this::analyse).toList();
    }

    private List<Expression> conditions(String where, List<Expr> nodes) {
        return nodes.stream().map(node -> condition(where, node)).toList();
    }

    private Expression interval(Expr.IntervalLiteral literal) {
        return new Expression.Literal(literal.value().toMillis(), Simple.INTERVAL);
    }

    private Expression temporal(Expr.TemporalLiteral literal) {
        Simple type = Simple.valueOf(literal.type());
        Optional<Long> value = TemporalText.parse(literal.text(), type);
        if (value.isEmpty()) {
            problems.add(
                    ProblemCode.BAD_LITERAL,
                    literal.location(),
                    "'" + literal.text() + "' is not a " + type,
                    switch (type) {
                        case DATE -> "write DATE '2024-01-31'";
                        case TIME -> "write TIME '23:59:59'";
                        default -> "write TIMESTAMP '2024-01-31T23:59:59Z'";
                    });
            return Poison.EXPRESSION;
        }
        return new Expression.Literal(value.get(), type);
    }

    private Expression variable(Expr.Variable variable) {
        return variables
                .value(variable.name(), variable.otherwise(), variable.location())
                .map(ExpressionAnalyser::literalOf)
                .orElse(Poison.EXPRESSION);
    }

    /** A variable's value is one literal: a number or a truth value where it reads as one, else text. */
    private static Expression literalOf(String value) {
        if (value.matches("-?\\d{1,38}")) {
            return Literals.whole(value);
        } else if (value.matches("-?\\d{1,30}\\.\\d{1,30}")) {
            return Literals.exact(new BigDecimal(value));
        } else if (value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false")) {
            return new Expression.Literal(Boolean.valueOf(value), Simple.BOOLEAN);
        }
        return new Expression.Literal(value, Simple.STRING);
    }

    private Expression index(Expr.Index node) {
        Expression base = analyse(node.base());
        Expression index = analyse(node.index());
        return switch (base.type()) {
            case SqlType.Array array
            when Coercions.implicit(index.type(), Simple.BIGINT) ->
                new Expression.Index(base, Operators.convert(index, Simple.BIGINT), array.element());
            case SqlType.MapOf map
            when Coercions.implicit(index.type(), Simple.STRING) ->
                new Expression.Index(base, Operators.convert(index, Simple.STRING), map.value());
            case Simple simple
            when simple == Simple.ANY ->
                base == Poison.EXPRESSION ? base : new Expression.Index(base, index, Simple.ANY);
            default -> {
                problems.add(
                        ProblemCode.TYPE_MISMATCH,
                        node.location(),
                        "a " + base.type() + " has no element at a " + index.type(),
                        "an ARRAY is indexed by a BIGINT from 1, a MAP by a STRING");
                yield Poison.EXPRESSION;
            }
        };
    }

    private Expression negate(Expr.Negate node) {
        Expression operand = analyse(node.operand());
        SqlType type = operand.type();
        if (type.isNumeric() || type == Simple.ANY || type == Simple.INTERVAL) {
            return operand == Poison.EXPRESSION ? operand : new Expression.Negate(operand, type);
        }
        if (type == Simple.NULL) {
            return operand;
        }
        problems.add(
                ProblemCode.TYPE_MISMATCH,
                node.location(),
                "`-` needs a number, but here is a " + type,
                "convert it with CAST(… AS DOUBLE)");
        return Poison.EXPRESSION;
    }

    /** Left-deep chains are as deep as they are long; they are walked without recursion. */
    private Expression binary(Expr.Binary node) {
        List<Expr.Binary> chain = new ArrayList<>();
        Expr leftmost = node;
        while (leftmost instanceof Expr.Binary binary) {
            chain.add(binary);
            leftmost = binary.left();
        }
        Expression result = analyse(leftmost);
        for (Expr.Binary next : chain.reversed()) {
            Expression right = analyse(next.right());
            result = operators.arithmetic(next.location(), next.operator(), result, right);
        }
        return result;
    }

    private Expression isTruth(Expr.IsTruth node) {
        Expression operand = condition("IS " + (node.value() ? "TRUE" : "FALSE"), node.operand());
        Expression isKnown = new Expression.Not(new Expression.IsNull(operand));
        return new Expression.And(List.of(isKnown, node.value() ? operand : new Expression.Not(operand)));
    }

    /** NULL counts as a value: true where exactly one side is NULL, or both are not and differ. */
    private Expression isDistinct(Expr.IsDistinct node) {
        Expression left = analyse(node.left());
        Expression right = analyse(node.right());
        Expression differ = operators.compare(node.location(), "<>", left, right);
        Expression leftNull = new Expression.IsNull(left);
        Expression rightNull = new Expression.IsNull(right);
        Expression leftKnown = new Expression.Not(leftNull);
        Expression rightKnown = new Expression.Not(rightNull);
        return new Expression.Or(List.of(
                new Expression.And(List.of(leftNull, rightKnown)),
                new Expression.And(List.of(leftKnown, rightNull)),
                new Expression.And(List.of(leftKnown, rightKnown, differ))));
    }

    private Expression between(Expr.Between node) {
        Expression operand = analyse(node.operand());
        Expression lower = operators.compare(node.location(), ">=", operand, analyse(node.lower()));
        Expression upper = operators.compare(node.location(), "<=", operand, analyse(node.upper()));
        return lower == Poison.EXPRESSION || upper == Poison.EXPRESSION
                ? Poison.EXPRESSION
                : new Expression.And(List.of(lower, upper));
    }

    private Expression in(Expr.In node) {
        List<Expression> sides = new ArrayList<>();
        sides.add(analyse(node.operand()));
        sides.addAll(all(node.candidates()));
        List<Expression> common = operators.toCommon(node.location(), "IN compares", sides);
        return common.isEmpty()
                ? Poison.EXPRESSION
                : new Expression.In(common.getFirst(), common.subList(1, common.size()));
    }

    private Expression like(Expr.Like node) {
        Expression operand = text(node.operand(), "LIKE");
        Expression pattern = text(node.pattern(), "LIKE");
        Optional<Character> escape = node.escape().map(text -> {
            if (text.length() != 1) {
                problems.add(ProblemCode.BAD_LITERAL, node.location(), "ESCAPE needs exactly one character");
                return '\\';
            }
            return text.charAt(0);
        });
        return new Expression.Like(operand, pattern, escape);
    }

    private Expression text(Expr node, String operator) {
        Expression expression = analyse(node);
        if (!Coercions.implicit(expression.type(), Simple.STRING)) {
            problems.add(
                    ProblemCode.TYPE_MISMATCH,
                    node.location(),
                    operator + " needs text, but here is a " + expression.type(),
                    "convert it with CAST(… AS STRING)");
            return Poison.EXPRESSION;
        }
        return Operators.convert(expression, Simple.STRING);
    }

    /** The operand form becomes comparisons; a NULL operand equals nothing. */
    private Expression caseExpression(Expr.Case node) {
        Optional<Expression> operand = node.operand().map(this::analyse);
        List<Expression> conditions = new ArrayList<>();
        List<Expression> results = new ArrayList<>();
        for (Expr.When branch : node.branches()) {
            conditions.add(operand.map(value ->
                            operators.compare(branch.condition().location(), "=", value, analyse(branch.condition())))
                    .map(compared -> Operators.convert(compared, Simple.BOOLEAN))
                    .orElseGet(() -> condition("WHEN", branch.condition())));
            results.add(analyse(branch.result()));
        }
        node.otherwise().ifPresent(otherwise -> results.add(analyse(otherwise)));
        List<Expression> common = operators.toCommon(node.location(), "the branches of CASE give", results);
        if (common.isEmpty()) {
            return Poison.EXPRESSION;
        }
        List<Expression.When> branches = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            branches.add(new Expression.When(conditions.get(i), common.get(i)));
        }
        SqlType type = common.stream()
                .map(Expression::type)
                .filter(each -> each == Simple.ANY)
                .findFirst()
                .orElse(common.getFirst().type());
        return new Expression.Case(branches, node.otherwise().map(_ -> common.getLast()), type);
    }

    private Expression cast(Expr.Cast node) {
        SqlType type = new TypeResolver(problems).resolve(node.type());
        Expression operand = analyse(node.operand());
        if (!Coercions.castable(operand.type(), type)) {
            problems.add(
                    ProblemCode.TYPE_MISMATCH,
                    node.location(),
                    "a " + operand.type() + " cannot be converted to " + type);
            return Poison.EXPRESSION;
        }
        if (operand.type().equals(type)) {
            return operand;
        }
        return node.lenient() ? new Expression.TryCast(operand, type) : new Expression.Cast(operand, type);
    }

    private Expression strayLambda(Expr.Lambda lambda) {
        problems.add(
                ProblemCode.NO_OVERLOAD,
                lambda.location(),
                "a lambda cannot stand here",
                "functions that take one are TRANSFORM, FILTER, REDUCE, ANY_MATCH and ALL_MATCH");
        return Poison.EXPRESSION;
    }

    /** From here on subqueries may stand in what is analysed. */
    void allowSubqueries(SubqueryAnalyser analyser, Subqueries collected, boolean grouped) {
        this.subqueries = new SubqueryPlace(analyser, collected, grouped);
    }

    /** From here on they may not. */
    void refuseSubqueries() {
        this.subqueries = null;
    }

    /** Where subqueries go, and whether the clause sees groups. */
    private record SubqueryPlace(SubqueryAnalyser analyser, Subqueries collected, boolean grouped) {}

    private Expression subquery(Expr node) {
        SubqueryPlace place = subqueries;
        if (place == null) {
            problems.add(
                    ProblemCode.NOT_SUPPORTED,
                    node.location(),
                    "a subquery cannot stand here in this version",
                    "subqueries stand in SELECT, WHERE, HAVING and CASE");
            return Poison.EXPRESSION;
        }
        boolean onGroup = place.grouped() && !calls.inArgument();
        Optional<Subquery> subquery = switch (node) {
            case Expr.Subquery scalar -> place.analyser().scalar(scalar.query());
            case Expr.Exists exists -> place.analyser().exists(exists.query());
            case Expr.InQuery in ->
                place.analyser().compare(in.location(), analyse(in.operand()), "=", false, in.query());
            case Expr.QuantifiedCompare compare ->
                place.analyser()
                        .compare(
                                compare.location(),
                                analyse(compare.left()),
                                compare.operator(),
                                compare.all(),
                                compare.query());
            default -> throw new IllegalStateException("no subquery in " + node.getClass());
        };
        return subquery.<Expression>map(each -> place.collected().slotOf(each, onGroup))
                .orElse(Poison.EXPRESSION);
    }

    /** An equality of two columns. */
    Expression equal(Location location, Expression left, Expression right) {
        return operators.compare(location, "=", left, right);
    }
}
