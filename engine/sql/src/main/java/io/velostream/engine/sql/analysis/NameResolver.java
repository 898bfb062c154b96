package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.Expressions;
import io.velostream.engine.plan.expression.SystemColumnKind;
import io.velostream.engine.sql.tree.Dialect;
import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.tree.Location;
import io.velostream.engine.sql.type.SqlType;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/** Names → slots, system columns, aliases and fields. */
final class NameResolver {

    /** How many columns a hint lists. */
    private static final int MOST_NAMES = 100;

    private final Problems problems;
    private final FromClause from;
    private final Optional<NameResolver> outer;
    private final GroupContext group;
    private final SelectAliases aliases;
    private final Dialect dialect;

    private final LambdaScope lambdas = new LambdaScope();

    /** Where each slot of the source was written, for errors found later. */
    private final Map<Expression, Location> places = new IdentityHashMap<>();

    NameResolver(Problems problems, FromClause from, GroupContext group, SelectAliases aliases, Dialect dialect) {
        this(problems, from, group, aliases, dialect, Optional.empty());
    }

    /**
     * Resolves names within a subquery.
     *
     * @param outer the query around it, asked for names that are not known within
     */
    NameResolver(
            Problems problems,
            FromClause from,
            GroupContext group,
            SelectAliases aliases,
            Dialect dialect,
            Optional<NameResolver> outer) {
        this.problems = problems;
        this.from = from;
        this.outer = outer;
        this.group = group;
        this.aliases = aliases;
        this.dialect = dialect;
    }

    Optional<Location> placeOf(Expression expression) {
        return Optional.ofNullable(places.get(expression));
    }

    /** The parameters of the lambdas around what is analysed; they hide columns. */
    LambdaScope lambdas() {
        return lambdas;
    }

    Expression resolve(Identifier name) {
        Optional<Expression.Parameter> parameter = lambdas.find(name);
        if (parameter.isPresent()) {
            return parameter.get();
        }
        Optional<Expression> system = systemColumn(name, from.first());
        if (system.isPresent()) {
            return remember(system.get(), name.location());
        }
        List<Scope> knowing = from.scopes().stream()
                .filter(scope -> !(from.isJoin() && scope.relation().open()))
                .filter(scope -> scope.known(name).isPresent())
                .toList();
        if (knowing.size() > 1 && !from.isUsing(name)) {
            return ambiguous(name, knowing);
        }
        Optional<Expression> alias = aliases.visible(name);
        if (!knowing.isEmpty()) {
            return remember(knowing.getFirst().known(name).orElseThrow(), name.location());
        }
        if (alias.isPresent()) {
            return alias.get();
        }
        if (aliases.later(name, from.open())) {
            problems.add(
                    ProblemCode.ALIAS_NOT_VISIBLE,
                    name.location(),
                    "the alias `" + name.name() + "` of the select list is not known here",
                    "repeat its expression; WHERE is evaluated before the select list");
            return Poison.EXPRESSION;
        }
        return open(name)
                .or(() -> outer.flatMap(around -> around.find(name)))
                .orElseGet(() -> unknownColumn(name, from));
    }

    /** A column of a relation whose columns are not declared. */
    private Optional<Expression> open(Identifier name) {
        List<Scope> open =
                from.scopes().stream().filter(scope -> scope.relation().open()).toList();
        if (open.size() > 1 && !from.isUsing(name)) {
            return Optional.of(ambiguous(name, open));
        }
        return open.stream()
                .findFirst()
                .flatMap(scope -> scope.column(name))
                .map(slot -> remember(slot, name.location()));
    }

    private Expression ambiguous(Identifier name, List<Scope> scopes) {
        problems.add(
                ProblemCode.AMBIGUOUS_COLUMN,
                name.location(),
                "column `" + name.name() + "` may be of "
                        + String.join(
                                " or of ",
                                scopes.stream()
                                        .map(scope -> "`" + scope.qualifier() + "`")
                                        .toList()),
                "write " + scopes.getFirst().qualifier() + "." + name.name());
        return Poison.EXPRESSION;
    }

    /** What a name means to a subquery within, as a slot of the row outside. */
    private Optional<Expression> find(Identifier name) {
        Optional<Expression> here = from.scopes().stream()
                .flatMap(scope -> scope.known(name).stream())
                .<Expression>map(slot -> slot)
                .findFirst()
                .or(() -> open(name));
        return (here.isPresent() ? here : outer.flatMap(around -> around.find(name)))
                .map(each -> each instanceof Expression.Slot slot ? outside(slot) : each);
    }

    private Optional<Expression> find(Identifier relation, Identifier name) {
        Optional<Scope> scope = from.qualified(relation)
                .or(() -> from.scopes().stream()
                        .filter(each -> relation.matches(each.relation().name()))
                        .findFirst());
        return (scope.isPresent()
                        ? Optional.of(qualified(name, scope.get()))
                        : outer.flatMap(around -> around.find(relation, name)))
                .map(each -> each instanceof Expression.Slot slot ? outside(slot) : each);
    }

    private Expression outside(Expression.Slot slot) {
        return new Expression.Slot(slot.index() + Subqueries.OUTSIDE, slot.name(), slot.type());
    }

    /** The expression with its slots renumbered; what is known of their places goes along. */
    Expression move(Expression expression, IntUnaryOperator numbers) {
        return Expressions.rewrite(expression, each -> {
            if (!(each instanceof Expression.Slot slot) || numbers.applyAsInt(slot.index()) == slot.index()) {
                return each;
            }
            Expression moved = new Expression.Slot(numbers.applyAsInt(slot.index()), slot.name(), slot.type());
            placeOf(slot).ifPresent(place -> places.put(moved, place));
            return moved;
        });
    }

    private Expression remember(Expression expression, Location location) {
        places.put(expression, location);
        return expression;
    }

    private Optional<Expression> systemColumn(Identifier written, Scope scope) {
        Identifier name = dialect == Dialect.KSQLDB ? ours(written) : written;
        if (name.quoted() || !name.name().startsWith("_")) {
            return Optional.empty();
        }
        if (name.matches("_window_start") || name.matches("_window_end")) {
            return Optional.of(group.windowBound(name.matches("_window_start")));
        }
        for (SystemColumnKind kind : SystemColumnKind.values()) {
            if (name.matches(kind.columnName())) {
                return Optional.of(from.isJoin() ? scope.system(kind) : new Expression.SystemColumn(kind));
            }
        }
        return Optional.empty();
    }

    /** What ksqlDB's pseudo columns are called here. */
    private static Identifier ours(Identifier name) {
        String word = name.quoted() ? "" : name.name().toUpperCase(Locale.ROOT);
        return switch (word) {
            case "ROWTIME" -> new Identifier(name.location(), "_event_time", false);
            case "ROWPARTITION" -> new Identifier(name.location(), "_partition", false);
            case "ROWOFFSET" -> new Identifier(name.location(), "_offset", false);
            case "WINDOWSTART" -> new Identifier(name.location(), "_window_start", false);
            case "WINDOWEND" -> new Identifier(name.location(), "_window_end", false);
            default -> name;
        };
    }

    private Expression unknownColumn(Identifier name, FromClause where) {
        if (problems.isFull()) {
            return Poison.EXPRESSION;
        }
        Optional<Scope> full = where.scopes().stream()
                .filter(scope -> scope.relation().open() && scope.isFull())
                .findFirst();
        if (full.isPresent()) {
            problems.add(
                    ProblemCode.TOO_LARGE,
                    name.location(),
                    "the query names more than " + Scope.MOST_COLUMNS + " columns of `"
                            + full.get().relation().name() + "`",
                    "split the query");
            return Poison.EXPRESSION;
        }
        List<String> names = new ArrayList<>(where.columnNames());
        names.addAll(aliases.names());
        for (SystemColumnKind kind : SystemColumnKind.values()) {
            names.add(kind.columnName());
        }
        problems.add(
                ProblemCode.UNKNOWN_COLUMN,
                name.location(),
                "column `" + name.name() + "` does not exist in `" + where.names() + "`"
                        + NearestName.suggestion(name.name(), names),
                "its columns are " + listed(where.columnNames()));
        return Poison.EXPRESSION;
    }

    private static String listed(List<String> names) {
        return names.size() <= MOST_NAMES
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST_NAMES)) + " and " + (names.size() - MOST_NAMES) + " more";
    }

    /** {@code a.b.c}: a may be the relation, a column, or an expression. */
    Expression resolve(Expr.Dereference node, ExpressionAnalyser analyser) {
        if (node.base() instanceof Expr.Name base
                && lambdas.find(base.identifier()).isEmpty()) {
            Identifier qualifier = base.identifier();
            boolean alsoColumn = from.scopes().stream()
                    .anyMatch(scope -> scope.known(qualifier).isPresent());
            Optional<Scope> scope = from.qualified(qualifier);
            if (scope.isPresent() && !alsoColumn) {
                return qualified(node.field(), scope.get());
            }
            Optional<Expression> around =
                    alsoColumn ? Optional.empty() : outer.flatMap(query -> query.find(qualifier, node.field()));
            if (around.isPresent()) {
                return around.get();
            }
        }
        return field(node.field(), analyser.analyse(node.base()));
    }

    private Expression qualified(Identifier name, Scope scope) {
        Optional<Expression> system = systemColumn(name, scope);
        if (system.isPresent()) {
            return remember(system.get(), name.location());
        }
        return scope.column(name)
                .<Expression>map(slot -> remember(slot, name.location()))
                .orElseGet(() -> unknownColumn(name, FromClause.of(scope)));
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
