package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.Expressions;
import io.velostream.engine.plan.expression.InnerSlots;
import io.velostream.engine.plan.expression.SystemColumnKind;
import io.velostream.engine.sql.function.FunctionCatalogue;
import io.velostream.engine.sql.function.FunctionOverload;
import io.velostream.engine.sql.tree.Location;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Turns expressions over the source's row into expressions over the group's row: keys, aggregates, window. */
final class GroupRow {

    private final Problems problems;
    private final GroupContext group;
    private final List<Expression> keys;
    private final Function<Expression, Location> places;
    private final int width;
    private final Map<Expression, Integer> placeOfKey = new HashMap<>();
    private final Set<Class<?>> kindsOfKeys = new HashSet<>();

    /**
     * For one GROUP BY.
     *
     * @param places where an expression over the source was written
     */
    GroupRow(Problems problems, GroupContext group, List<Expression> keys, Function<Expression, Location> places) {
        this(problems, group, keys, places, keys.size());
    }

    /**
     * The same with subqueries on the group's row.
     *
     * @param width slots of the group's row
     */
    GroupRow(
            Problems problems,
            GroupContext group,
            List<Expression> keys,
            Function<Expression, Location> places,
            int width) {
        this.width = width;
        this.problems = problems;
        this.group = group;
        this.keys = keys;
        this.places = places;
        for (int key = 0; key < keys.size(); key++) {
            placeOfKey.putIfAbsent(keys.get(key), key);
            kindsOfKeys.add(keys.get(key).getClass());
        }
    }

    /** Which key the expression is. Only one of a kind that is among the keys is looked for, since its hash walks it. */
    private Optional<Integer> key(Expression expression) {
        return kindsOfKeys.contains(expression.getClass())
                ? Optional.ofNullable(placeOfKey.get(expression))
                : Optional.empty();
    }

    /** The same within a subquery, whose own slots stay. */
    Expression rewriteOuter(Expression expression) {
        return usesOuter(expression) ? rewrite(expression) : expression;
    }

    private static boolean usesOuter(Expression expression) {
        return expression instanceof Expression.Slot slot && !InnerSlots.isInner(slot.index())
                || Expressions.children(expression).stream().anyMatch(GroupRow::usesOuter);
    }

    Expression rewrite(Expression expression) {
        Optional<Integer> key = key(expression);
        if (key.isPresent()) {
            return keySlot(key.get());
        }
        return switch (expression) {
            case Expression.Slot slot when OverContext.isOfOver(slot) -> slot;
            case Expression.Slot slot when GroupContext.isOfGroup(slot) -> group.inGroupRow(slot, keys.size());
            case Expression.Slot slot when Subqueries.isOutside(slot.index()) -> slot;
            case Expression.Slot slot when Subqueries.isOfGroup(slot.index()) -> subquery(slot);
            case Expression.Slot slot -> notGrouped(slot, slot.name());
            case Expression.SystemColumn column ->
                notGrouped(column, column.kind().columnName());
            case Expression.Call call
            when readsHeaders(call) -> notGrouped(call, call.function().toLowerCase(Locale.ROOT));
            default -> Expressions.mapChildren(expression, this::rewrite);
        };
    }

    /** The same for a window function over the rows of groups, which have a time of their own. */
    Expression rewriteInOver(Expression expression) {
        boolean isTime = expression.equals(new Expression.SystemColumn(SystemColumnKind.EVENT_TIME));
        return isTime && !keys.contains(expression) ? expression : rewrite(expression);
    }

    /** The results of subqueries lie behind the group's slots. */
    private Expression.Slot subquery(Expression.Slot slot) {
        return new Expression.Slot(width + Subqueries.index(slot.index()), slot.name(), slot.type());
    }

    /** A group has no headers, its records have. */
    private static boolean readsHeaders(Expression.Call call) {
        return FunctionCatalogue.standard()
                .find(call.function(), call.signature())
                .filter(FunctionOverload::readsHeaders)
                .isPresent();
    }

    Expression.Slot keySlot(int key) {
        return new Expression.Slot(key, keyName(key), keys.get(key).type());
    }

    String keyName(int key) {
        return switch (keys.get(key)) {
            case Expression.Slot slot -> slot.name();
            case Expression.SystemColumn column -> column.kind().columnName();
            case Expression.Field field -> field.name();
            case Expression.Call call -> call.function().toLowerCase(Locale.ROOT);
            default -> "key_" + (key + 1);
        };
    }

    private Expression notGrouped(Expression expression, String name) {
        problems.add(
                ProblemCode.NOT_GROUPED,
                places.apply(expression),
                "column `" + name + "` is neither in GROUP BY nor in an aggregate",
                "add it to GROUP BY, or take one value of the group, as in LAST(" + name + ")");
        return Poison.EXPRESSION;
    }
}
