package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.SystemColumnKind;
import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.tree.Location;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Names → slots, system columns, aliases and fields. */
final class NameResolver {

    private final Problems problems;
    private final Scope scope;
    private final GroupContext group;
    private final SelectAliases aliases;

    /** Where each slot of the source was written, for errors found later. */
    private final Map<Expression, Location> places = new IdentityHashMap<>();

    NameResolver(Problems problems, Scope scope, GroupContext group, SelectAliases aliases) {
        this.problems = problems;
        this.scope = scope;
        this.group = group;
        this.aliases = aliases;
    }

    Optional<Location> placeOf(Expression expression) {
        return Optional.ofNullable(places.get(expression));
    }

    Expression resolve(Identifier name) {
        Optional<Expression> system = systemColumn(name);
        if (system.isPresent()) {
            return remember(system.get(), name.location());
        }
        Optional<Expression.Slot> known = scope.known(name);
        Optional<Expression> alias = aliases.visible(name);
        if (known.isPresent()) {
            return remember(known.get(), name.location());
        }
        if (alias.isPresent()) {
            return alias.get();
        }
        if (aliases.later(name, scope.relation().open())) {
            problems.add(
                    ProblemCode.ALIAS_NOT_VISIBLE,
                    name.location(),
                    "the alias `" + name.name() + "` of the select list is not known here",
                    "repeat its expression; WHERE is evaluated before the select list");
            return Poison.EXPRESSION;
        }
        return scope.column(name).map(slot -> remember(slot, name.location())).orElseGet(() -> unknownColumn(name));
    }

    private Expression remember(Expression expression, Location location) {
        places.put(expression, location);
        return expression;
    }

    private Optional<Expression> systemColumn(Identifier name) {
        if (name.quoted() || !name.name().startsWith("_")) {
            return Optional.empty();
        }
        if (name.matches("_window_start") || name.matches("_window_end")) {
            return Optional.of(group.windowBound(name.matches("_window_start")));
        }
        for (SystemColumnKind kind : SystemColumnKind.values()) {
            if (name.matches(kind.columnName())) {
                return Optional.of(new Expression.SystemColumn(kind));
            }
        }
        return Optional.empty();
    }

    private Expression unknownColumn(Identifier name) {
        List<String> names = new ArrayList<>(scope.relation().columnNames());
        names.addAll(aliases.names());
        for (SystemColumnKind kind : SystemColumnKind.values()) {
            names.add(kind.columnName());
        }
        String relation = scope.relation().name();
        problems.add(
                ProblemCode.UNKNOWN_COLUMN,
                name.location(),
                "column `" + name.name() + "` does not exist in `" + relation + "`"
                        + NearestName.suggestion(name.name(), names),
                "its columns are " + String.join(", ", scope.relation().columnNames()));
        return Poison.EXPRESSION;
    }

    /** {@code a.b.c}: a may be the relation, a column, or an expression. */
    Expression resolve(Expr.Dereference node, ExpressionAnalyser analyser) {
        if (node.base() instanceof Expr.Name base && scope.isQualifier(base.identifier())) {
            boolean alsoColumn = scope.known(base.identifier()).isPresent();
            if (!alsoColumn) {
                return qualified(node.field());
            }
        }
        return field(node.field(), analyser.analyse(node.base()));
    }

    private Expression qualified(Identifier name) {
        Optional<Expression> system = systemColumn(name);
        if (system.isPresent()) {
            return remember(system.get(), name.location());
        }
        return scope.column(name).map(slot -> remember(slot, name.location())).orElseGet(() -> unknownColumn(name));
    }

    private Expression field(Identifier name, Expression base) {
        return switch (base.type()) {
            case SqlType.Struct struct -> structField(name, base, struct);
            case SqlType.MapOf map -> new Expression.Field(base, name.name(), map.value());
            case Simple simple
            when simple == Simple.ANY ->
                base == Poison.EXPRESSION ? base : new Expression.Field(base, name.name(), Simple.ANY);
            default -> {
                problems.add(
                        ProblemCode.UNKNOWN_COLUMN,
                        name.location(),
                        "a " + base.type() + " has no field `" + name.name() + "`",
                        "only a STRUCT, a MAP or a column without declared type has fields");
                yield Poison.EXPRESSION;
            }
        };
    }

    private Expression structField(Identifier name, Expression base, SqlType.Struct struct) {
        for (SqlType.Field field : struct.fields()) {
            if (name.matches(field.name())) {
                return new Expression.Field(base, field.name(), field.type());
            }
        }
        List<String> names = struct.fields().stream().map(SqlType.Field::name).toList();
        problems.add(
                ProblemCode.UNKNOWN_COLUMN,
                name.location(),
                "field `" + name.name() + "` does not exist in " + struct + NearestName.suggestion(name.name(), names),
                "its fields are " + String.join(", ", names));
        return Poison.EXPRESSION;
    }
}
