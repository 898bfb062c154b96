package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.sql.analysis.OutputColumn.Origin;
import io.velostream.engine.sql.tree.Expr;
import io.velostream.engine.sql.tree.Identifier;
import io.velostream.engine.sql.tree.Select;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The select list: its columns with their names, and what its aliases mean. */
final class SelectItems {

    private final Problems problems;
    private final Select select;
    private final FromClause from;
    private final SelectAliases aliases;
    private final ExpressionAnalyser expressions;
    private final ExpressionSize sizes;
    private final boolean ksqlDb;
    private int unnamed;

    SelectItems(
            Problems problems,
            Select select,
            FromClause from,
            SelectAliases aliases,
            ExpressionAnalyser expressions,
            ExpressionSize sizes,
            boolean ksqlDb) {
        this.problems = problems;
        this.select = select;
        this.from = from;
        this.aliases = aliases;
        this.expressions = expressions;
        this.sizes = sizes;
        this.ksqlDb = ksqlDb;
    }

    /** Makes the aliases known before anything is analysed that may name them. */
    void declareAliases() {
        for (Select.Item item : select.items()) {
            if (item instanceof Select.Item.Expression expression) {
                expression
                        .alias()
                        .ifPresent(alias -> aliases.declare(alias, ExprNames.mentions(expression.expression(), alias)));
            }
        }
    }

    /** The columns, in their order. */
    List<OutputColumn> items() {
        List<OutputColumn> columns = new ArrayList<>();
        for (Select.Item item : select.items()) {
            switch (item) {
                case Select.Item.Star star -> star(star, columns);
                case Select.Item.Expression expression -> columns.add(item(expression, columns.size()));
            }
        }
        return columns;
    }

    private void star(Select.Item.Star star, List<OutputColumn> columns) {
        Optional<Scope> named = star.qualifier().flatMap(from::qualified);
        star.qualifier()
                .filter(name -> named.isEmpty())
                .ifPresent(name -> problems.add(
                        ProblemCode.UNKNOWN_RELATION,
                        name.location(),
                        "`" + name.name() + "` is not in FROM" + NearestName.suggestion(name.name(), from.qualifiers()),
                        "write " + from.first().qualifier() + ".*"));
        List<Scope> wanted = named.map(List::of).orElse(from.scopes());
        if (from.isJoin()) {
            wanted.stream()
                    .filter(scope -> scope.relation().open())
                    .findFirst()
                    .ifPresent(open -> problems.add(
                            ProblemCode.UNKNOWN_COLUMN,
                            star.location(),
                            "* of a join needs the columns of `" + open.qualifier() + "`, which are not declared",
                            "name the columns, or declare the source with its columns"));
        } else if (from.first().relation().open()) {
            columns.add(new OutputColumn(star.location(), "*", Origin.STAR, Optional.empty(), false));
            return;
        }
        for (Scope scope : wanted) {
            for (Expression.Slot slot : scope.declared()) {
                columns.add(new OutputColumn(star.location(), slot.name(), Origin.STAR, Optional.of(slot), false));
            }
        }
    }

    private OutputColumn item(Select.Item.Expression item, int position) {
        Expression value = sizes.check(item.location(), expressions.analyse(item.expression()));
        item.alias().ifPresent(alias -> aliases.show(alias, value));
        Origin origin =
                item.alias().isPresent() ? Origin.ALIAS : isColumn(item.expression()) ? Origin.COLUMN : Origin.COMPUTED;
        String name = item.alias()
                .map(Identifier::name)
                .orElseGet(() -> ksqlDb && origin == Origin.COMPUTED
                        ? "KSQL_COL_" + unnamed++
                        : nameOf(item.expression(), value, position));
        return new OutputColumn(item.location(), name, origin, Optional.of(value), item.primaryKey());
    }

    private static boolean isColumn(Expr node) {
        return node instanceof Expr.Name || node instanceof Expr.Dereference;
    }

    private String nameOf(Expr node, Expression value, int position) {
        return switch (node) {
            case Expr.Name name ->
                value instanceof Expression.Slot slot && !ksqlDb
                        ? slot.name()
                        : name.identifier().name();
            case Expr.Dereference field ->
                value instanceof Expression.Slot slot
                        ? slot.name()
                        : field.field().name();
            case Expr.Call call -> call.name().toLowerCase(Locale.ROOT);
            case Expr.Cast cast -> nameOf(cast.operand(), value, position);
            default -> "col_" + (position + 1);
        };
    }
}
