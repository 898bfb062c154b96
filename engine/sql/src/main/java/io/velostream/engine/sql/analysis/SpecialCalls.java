package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.SystemColumnKind;
import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.type.Coercions;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Calls that are no plain functions: what they mean is written with other expressions, or their types need more. */
final class SpecialCalls {

    /** The names that the catalogue of functions does not have. */
    static final Set<String> NAMES = Set.of("IF", "IIF", "TIMESTAMP");

    private final Problems problems;
    private final ExpressionAnalyser expressions;
    private final Operators operators;

    SpecialCalls(Problems problems, ExpressionAnalyser expressions) {
        this.problems = problems;
        this.expressions = expressions;
        this.operators = new Operators(problems);
    }

    /** The call's meaning; empty when it is an ordinary one. */
    Optional<Expression> analyse(Expr.Call call, String name) {
        return switch (name) {
            case "IF", "IIF" -> Optional.of(choice(call, name));
            case "TIMESTAMP" -> Optional.of(timestamp(call));
            case "MAP", "STRUCT" -> Optional.of(pairs(call, name));
            default -> Optional.empty();
        };
    }

    /** Only the branch that is chosen is evaluated. */
    private Expression choice(Expr.Call call, String name) {
        if (call.arguments().size() != 3) {
            return wrongCount(call, name, "IF(condition, then, else)");
        }
        Expression condition = expressions.condition(name, call.arguments().getFirst());
        List<Expression> results = operators.toCommon(
                call.location(),
                "the branches of " + name + " give",
                expressions.all(call.arguments().subList(1, 3)));
        if (results.isEmpty()) {
            return Poison.EXPRESSION;
        }
        SqlType type = results.stream()
                .map(Expression::type)
                .filter(each -> each == Simple.ANY)
                .findFirst()
                .orElse(results.getFirst().type());
        return new Expression.Case(
                List.of(new Expression.When(condition, results.getFirst())), Optional.of(results.getLast()), type);
    }

    /** Without an argument the record's own time. */
    private Expression timestamp(Expr.Call call) {
        if (call.arguments().isEmpty()) {
            return new Expression.SystemColumn(SystemColumnKind.TIMESTAMP);
        }
        if (call.arguments().size() > 1) {
            return wrongCount(call, "TIMESTAMP", "TIMESTAMP() or TIMESTAMP(value)");
        }
        Expression operand = expressions.analyse(call.arguments().getFirst());
        if (!Coercions.castable(operand.type(), Simple.TIMESTAMP)) {
            problems.add(
                    ProblemCode.TYPE_MISMATCH,
                    call.location(),
                    "a " + operand.type() + " cannot be converted to TIMESTAMP");
            return Poison.EXPRESSION;
        }
        return Operators.convert(operand, Simple.TIMESTAMP);
    }

    private Expression pairs(Expr.Call call, String name) {
        List<Expr> nodes = call.arguments();
        boolean struct = name.equals("STRUCT");
        if (nodes.size() % 2 != 0 || struct && nodes.isEmpty()) {
            return wrongCount(call, name, name + (struct ? "('name', value, …)" : "('key', value, …)"));
        }
        List<Expression> values = new ArrayList<>();
        for (int i = 1; i < nodes.size(); i += 2) {
            values.add(expressions.analyse(nodes.get(i)));
        }
        if (values.contains(Poison.EXPRESSION)) {
            return Poison.EXPRESSION;
        }
        return struct ? struct(nodes, values) : map(call, values);
    }

    private Expression map(Expr.Call call, List<Expression> values) {
        List<Expression> common =
                values.isEmpty() ? values : operators.toCommon(call.location(), "the values of MAP are", values);
        if (common.isEmpty() && !values.isEmpty()) {
            return Poison.EXPRESSION;
        }
        List<Expression> arguments = new ArrayList<>();
        for (int i = 0; i < common.size(); i++) {
            Expr node = call.arguments().get(2 * i);
            Expression key = expressions.analyse(node);
            if (!Coercions.implicit(key.type(), Simple.STRING)) {
                problems.add(
                        ProblemCode.TYPE_MISMATCH,
                        node.location(),
                        "the keys of a MAP are STRING, but this is a " + key.type(),
                        "convert it with CAST(… AS STRING)");
                return Poison.EXPRESSION;
            }
            arguments.add(Operators.convert(key, Simple.STRING));
            arguments.add(common.get(i));
        }
        SqlType value = common.stream()
                .map(Expression::type)
                .filter(type -> type != Simple.NULL)
                .findFirst()
                .orElse(Simple.ANY);
        return new Expression.Call("MAP", "(ANY...)", arguments, new SqlType.MapOf(value));
    }

    private Expression struct(List<Expr> nodes, List<Expression> values) {
        List<SqlType.Field> fields = new ArrayList<>();
        List<Expression> arguments = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int i = 0; i < values.size(); i++) {
            Expr node = nodes.get(2 * i);
            if (!(node instanceof Expr.StringLiteral name) || name.value().isEmpty()) {
                problems.add(
                        ProblemCode.BAD_LITERAL,
                        node.location(),
                        "the names of a STRUCT's fields are text literals",
                        "write STRUCT('name', value, …), or take MAP for keys that are computed");
                return Poison.EXPRESSION;
            }
            if (!taken.add(name.value().toLowerCase(Locale.ROOT))) {
                problems.add(
                        ProblemCode.BAD_LITERAL,
                        node.location(),
                        "the STRUCT has the field `" + name.value() + "` twice");
                return Poison.EXPRESSION;
            }
            Expression value = values.get(i);
            fields.add(new SqlType.Field(name.value(), value.type() == Simple.NULL ? Simple.ANY : value.type()));
            arguments.add(new Expression.Literal(name.value(), Simple.STRING));
            arguments.add(value);
        }
        return new Expression.Call("STRUCT", "(ANY...)", arguments, new SqlType.Struct(fields));
    }

    private Expression wrongCount(Expr.Call call, String name, String right) {
        problems.add(
                ProblemCode.NO_OVERLOAD,
                call.location(),
                name + " does not take " + call.arguments().size() + " argument"
                        + (call.arguments().size() == 1 ? "" : "s"),
                right);
        return Poison.EXPRESSION;
    }
}
