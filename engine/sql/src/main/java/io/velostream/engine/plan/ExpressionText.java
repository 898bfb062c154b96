package io.velostream.engine.plan;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.StageOperator.AggregateCall;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import io.velostream.engine.sql.type.TemporalText;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Expressions as SQL, for EXPLAIN and fingerprints; slots by their names. */
public final class ExpressionText {

    private ExpressionText() {}

    /** The expression as SQL. */
    public static String of(Expression expression) {
        return switch (expression) {
            case Expression.Slot slot -> slot.name();
            case Expression.Literal literal -> literal(literal);
            case Expression.SystemColumn column -> column.kind().columnName();
            case Expression.Arithmetic node ->
                binary(node.left(), node.operator().symbol(), node.right());
            case Expression.Negate node -> "-" + operand(node.operand());
            case Expression.Comparison node ->
                binary(node.left(), node.operator().symbol(), node.right());
            case Expression.And node -> joined(node.operands(), " AND ");
            case Expression.Or node -> joined(node.operands(), " OR ");
            case Expression.Not node -> "NOT " + operand(node.operand());
            case Expression.IsNull node -> operand(node.operand()) + " IS NULL";
            case Expression.In node -> operand(node.operand()) + " IN (" + list(node.candidates()) + ")";
            case Expression.Like node ->
                operand(node.operand()) + " LIKE " + operand(node.pattern())
                        + node.escape()
                                .map(escape -> " ESCAPE '" + escape + "'")
                                .orElse("");
            case Expression.Case node ->
                node.branches().stream()
                        .map(branch -> " WHEN " + of(branch.condition()) + " THEN " + of(branch.result()))
                        .collect(Collectors.joining(
                                "",
                                "CASE",
                                node.otherwise()
                                                .map(each -> " ELSE " + of(each))
                                                .orElse("") + " END"));
            case Expression.Cast node -> "CAST(" + of(node.operand()) + " AS " + node.type() + ")";
            case Expression.TryCast node -> "TRY_CAST(" + of(node.operand()) + " AS " + node.type() + ")";
            case Expression.Lambda node -> lambda(node);
            case Expression.Parameter parameter -> parameter.name();
            case Expression.Concat node -> binary(node.left(), "||", node.right());
            case Expression.Field node -> operand(node.operand()) + "." + node.name();
            case Expression.Index node -> operand(node.operand()) + "[" + of(node.index()) + "]";
            case Expression.Call node -> node.function() + "(" + list(node.arguments()) + ")";
        };
    }

    private static String lambda(Expression.Lambda node) {
        String names =
                node.parameters().stream().map(Expression.Parameter::name).collect(Collectors.joining(", "));
        return (node.parameters().size() == 1 ? names : "(" + names + ")") + " => " + of(node.body());
    }

    /** An aggregate as SQL. */
    public static String of(AggregateCall call) {
        String arguments = call.arguments().isEmpty() ? "*" : list(call.arguments());
        return call.function() + "(" + (call.distinct() ? "DISTINCT " : "") + arguments + ")";
    }

    private static String literal(Expression.Literal literal) {
        Object value = literal.value();
        if (value == null) {
            return "NULL";
        }
        SqlType type = literal.type();
        if (value instanceof Long number && (type == Simple.TIMESTAMP || type == Simple.DATE || type == Simple.TIME)) {
            return type + " '" + TemporalText.format(number, type) + "'";
        }
        if (value instanceof Long millis && type == Simple.INTERVAL) {
            return "INTERVAL '" + Duration.ofMillis(millis) + "'";
        }
        return constant(value);
    }

    private static String constant(@Nullable Object value) {
        return switch (value) {
            case null -> "NULL";
            case String text -> "'" + text.replace("'", "''") + "'";
            case byte[] bytes -> "TO_BYTES('" + HexFormat.of().formatHex(bytes) + "', 'hex')";
            case List<?> list ->
                list.stream().map(ExpressionText::constant).collect(Collectors.joining(", ", "ARRAY[", "]"));
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> constant(entry.getKey()) + " := " + constant(entry.getValue()))
                        .collect(Collectors.joining(", ", "MAP(", ")"));
            default -> value.toString().toUpperCase(Locale.ROOT);
        };
    }

    private static String binary(Expression left, String symbol, Expression right) {
        return operand(left) + " " + symbol + " " + operand(right);
    }

    private static String joined(List<Expression> operands, String separator) {
        return operands.stream().map(ExpressionText::operand).collect(Collectors.joining(separator));
    }

    private static String list(List<Expression> expressions) {
        return expressions.stream().map(ExpressionText::of).collect(Collectors.joining(", "));
    }

    private static String operand(Expression expression) {
        return switch (expression) {
            case Expression.Arithmetic _,
                    Expression.Comparison _,
                    Expression.And _,
                    Expression.Or _,
                    Expression.Not _,
                    Expression.IsNull _,
                    Expression.In _,
                    Expression.Like _,
                    Expression.Concat _,
                    Expression.Negate _ -> "(" + of(expression) + ")";
            default -> of(expression);
        };
    }
}
