package io.velostream.engine.sql.analysis;

import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.tree.Expr.BinaryOperator;
import io.velostream.engine.sql.tree.Location;
import io.velostream.engine.sql.tree.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Functions that ksqlDB has under the same name with another meaning, written with ours. */
final class KsqlDbCalls {

    private KsqlDbCalls() {}

    /** What a call of ksqlDB's means here. */
    static Expr rewrite(Expr.Call call) {
        List<Expr> arguments = call.arguments();
        return switch (call.name().toUpperCase(Locale.ROOT)) {
            case "REGEXP_EXTRACT", "REGEXP_EXTRACT_ALL" -> arguments.size() < 2 ? call : patternBehind(call);
            case "AS_VALUE" ->
                arguments.size() == 1
                        ? new Expr.Call(
                                call.location(), "COALESCE", false, false, arguments, List.of(), Optional.empty())
                        : call;
            case "UNIX_TIMESTAMP" ->
                arguments.size() > 1
                        ? call
                        : cast(
                                arguments.isEmpty()
                                        ? plain(call.location(), "NOW")
                                        : cast(arguments.getFirst(), "TIMESTAMP"),
                                "BIGINT");
            case "FROM_UNIXTIME" -> arguments.size() == 1 ? cast(arguments.getFirst(), "TIMESTAMP") : call;
            case "SUBSTRING", "SUBSTR" -> arguments.size() < 2 ? call : fromEnd(call);
            default -> call;
        };
    }

    /** ksqlDB takes the pattern first. */
    private static Expr patternBehind(Expr.Call call) {
        List<Expr> arguments = new ArrayList<>(call.arguments());
        Expr pattern = arguments.removeFirst();
        arguments.add(1, pattern);
        return with(call, arguments);
    }

    /** A start below zero counts from the end of the text. */
    private static Expr fromEnd(Expr.Call call) {
        Location location = call.location();
        Expr text = call.arguments().getFirst();
        Expr start = call.arguments().get(1);
        Expr counted = new Expr.Binary(
                location,
                BinaryOperator.ADD,
                new Expr.Binary(location, BinaryOperator.ADD, plain(location, "LENGTH", text), start),
                new Expr.IntegerLiteral(location, "1"));
        Expr negative = new Expr.Compare(location, "<", start, new Expr.IntegerLiteral(location, "0"));
        List<Expr> arguments = new ArrayList<>(call.arguments());
        arguments.set(
                1,
                new Expr.Case(
                        location, Optional.empty(), List.of(new Expr.When(negative, counted)), Optional.of(start)));
        return with(call, arguments);
    }

    private static Expr.Call with(Expr.Call call, List<Expr> arguments) {
        return new Expr.Call(
                call.location(), call.name(), call.distinct(), call.star(), arguments, call.orderBy(), call.over());
    }

    private static Expr.Call plain(Location location, String name, Expr... arguments) {
        return new Expr.Call(location, name, false, false, List.of(arguments), List.of(), Optional.empty());
    }

    private static Expr cast(Expr operand, String type) {
        Location location = operand.location();
        return new Expr.Cast(location, operand, new TypeName.Named(location, type, List.of()), false);
    }
}
