package io.velostream.engine.plan.logical.rule;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.Expressions;
import io.velostream.engine.plan.expression.InnerSlots;
import io.velostream.engine.plan.logical.LogicalPlan;
import io.velostream.engine.plan.logical.LogicalQuery.Branch;
import io.velostream.engine.plan.logical.Subquery;
import io.velostream.engine.plan.physical.RowLayout;
import io.velostream.engine.plan.physical.StageInput.FieldRead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;

/** The projection goes into the format reader: a field that nothing uses is not read, sent or kept. */
public final class PruneScanColumns implements Rule {

    /**
     * A plan without what nobody uses.
     *
     * @param places old slot of its row → new
     */
    private record Pruned(LogicalPlan plan, IntUnaryOperator places) {

        Pruned over(LogicalPlan other) {
            return new Pruned(other, places);
        }

        UnaryOperator<Expression> move() {
            return expression ->
                    InnerSlots.move(expression, slot -> InnerSlots.isInner(slot) ? slot : places.applyAsInt(slot));
        }
    }

    @Override
    public Branch apply(Branch branch) {
        Set<Integer> used = new TreeSet<>();
        Plans.mapOutput(branch, branch.plan(), expression -> collect(expression, used));
        Pruned pruned = prune(branch.plan(), used);
        return columns(pruned.plan()) == columns(branch.plan())
                ? branch
                : Plans.mapOutput(branch, pruned.plan(), pruned.move());
    }

    /** How many columns are read and computed in a plan; pruning takes some away or does nothing. */
    private static long columns(LogicalPlan plan) {
        return switch (plan) {
            case LogicalPlan.Scan scan -> scan.fields().size();
            case LogicalPlan.Changes changes -> columns(changes.input());
            case LogicalPlan.Limit limit -> columns(limit.input());
            case LogicalPlan.Filter filter -> columns(filter.input());
            case LogicalPlan.Project project -> project.columns().size() + columns(project.input());
            case LogicalPlan.Aggregate aggregate -> columns(aggregate.input());
            case LogicalPlan.Sort sort -> columns(sort.input());
            case LogicalPlan.Over over -> columns(over.input());
            case LogicalPlan.Explode explode -> columns(explode.input());
            case LogicalPlan.Join join -> columns(join.left()) + columns(join.right());
            case LogicalPlan.Lookup lookup ->
                columns(lookup.input())
                        + lookup.subqueries().stream()
                                .flatMap(Subquery::tables)
                                .mapToLong(PruneScanColumns::columns)
                                .sum();
        };
    }

    private static Expression collect(Expression expression, Set<Integer> used) {
        if (expression instanceof Expression.Slot slot) {
            used.add(slot.index());
        }
        Expressions.children(expression).forEach(child -> collect(child, used));
        return expression;
    }

    private static Pruned prune(LogicalPlan plan, Set<Integer> used) {
        return switch (plan) {
            case LogicalPlan.Scan scan -> scan(scan, used);
            case LogicalPlan.Changes changes -> {
                Pruned below = scan(changes.input(), used);
                yield below.over(new LogicalPlan.Changes((LogicalPlan.Scan) below.plan()));
            }
            case LogicalPlan.Limit limit -> {
                Pruned below = prune(limit.input(), used);
                yield below.over(new LogicalPlan.Limit(below.plan(), limit.rows()));
            }
            case LogicalPlan.Filter filter -> {
                Plans.mapExpressions(filter, expression -> collect(expression, used));
                Pruned below = prune(filter.input(), used);
                yield below.over(
                        new LogicalPlan.Filter(below.plan(), below.move().apply(filter.predicate())));
            }
            case LogicalPlan.Project project -> project(project, used);
            case LogicalPlan.Aggregate aggregate -> aggregate(aggregate);
            case LogicalPlan.Sort sort -> {
                Plans.mapExpressions(sort, expression -> collect(expression, used));
                Pruned below = prune(sort.input(), used);
                yield below.over(Plans.mapExpressions(
                        new LogicalPlan.Sort(below.plan(), sort.orderBy(), sort.rows()), below.move()));
            }
            case LogicalPlan.Over over -> over(over, used);
            case LogicalPlan.Explode explode -> explode(explode, used);
            case LogicalPlan.Join join -> join(join, used);
            case LogicalPlan.Lookup lookup -> lookup(lookup, used);
        };
    }

    private static Pruned scan(LogicalPlan.Scan scan, Set<Integer> wanted) {
        Set<Integer> used = new TreeSet<>(wanted);
        scan.eventTimeSlot().ifPresent(used::add);
        scan.punctuationSlot().ifPresent(used::add);
        IntUnaryOperator places = places(used);
        List<FieldRead> fields =
                used.stream().map(slot -> scan.fields().get(slot)).toList();
        return new Pruned(
                new LogicalPlan.Scan(
                        scan.source(), fields, scan.eventTimeSlot().map(places::applyAsInt), scan.wholeValue()),
                places);
    }

    private static IntUnaryOperator places(Set<Integer> used) {
        Map<Integer, Integer> places = new HashMap<>();
        used.forEach(slot -> places.put(slot, places.size()));
        return slot -> places.getOrDefault(slot, -1);
    }

    private static Pruned project(LogicalPlan.Project project, Set<Integer> used) {
        Set<Integer> below = new TreeSet<>();
        List<Expression> columns = new ArrayList<>();
        List<RowLayout.Column> layout = new ArrayList<>();
        for (int column : used) {
            columns.add(collect(project.columns().get(column), below));
            layout.add(project.layout().columns().get(column));
        }
        Pruned input = prune(project.input(), below);
        return new Pruned(
                new LogicalPlan.Project(
                        input.plan(), columns.stream().map(input.move()).toList(), new RowLayout(layout)),
                places(used));
    }

    private static Pruned aggregate(LogicalPlan.Aggregate aggregate) {
        Set<Integer> below = new TreeSet<>();
        Plans.mapExpressions(aggregate, expression -> collect(expression, below));
        Pruned input = prune(aggregate.input(), below);
        LogicalPlan.Aggregate rebuilt = new LogicalPlan.Aggregate(
                input.plan(),
                aggregate.keys(),
                aggregate.calls(),
                aggregate.window(),
                aggregate.emit(),
                aggregate.layout());
        return new Pruned(Plans.mapExpressions(rebuilt, input.move()), IntUnaryOperator.identity());
    }

    /** The results of window functions lie behind the input's slots; they stay all. */
    private static Pruned over(LogicalPlan.Over over, Set<Integer> wanted) {
        int width = over.input().layout().columns().size();
        Set<Integer> below = new TreeSet<>();
        wanted.stream().filter(slot -> slot < width).forEach(below::add);
        Plans.mapExpressions(over, expression -> collect(expression, below));
        Pruned input = prune(over.input(), below);
        List<RowLayout.Column> layout = new ArrayList<>(input.plan().layout().columns());
        int newWidth = layout.size();
        layout.addAll(
                over.layout().columns().subList(width, over.layout().columns().size()));
        LogicalPlan.Over rebuilt =
                new LogicalPlan.Over(input.plan(), over.partitionBy(), over.windows(), new RowLayout(layout));
        return new Pruned(
                Plans.mapExpressions(rebuilt, input.move()),
                slot -> slot < width ? input.places().applyAsInt(slot) : newWidth + slot - width);
    }

    /** Arrays stay all, since each may be the longest. */
    private static Pruned explode(LogicalPlan.Explode explode, Set<Integer> wanted) {
        int width = explode.input().layout().columns().size();
        Set<Integer> below = new TreeSet<>();
        wanted.stream().filter(slot -> slot < width).forEach(below::add);
        explode.arrays().forEach(array -> collect(array, below));
        Pruned input = prune(explode.input(), below);
        int newWidth = input.plan().layout().columns().size();
        return new Pruned(
                new LogicalPlan.Explode(
                        input.plan(),
                        explode.arrays().stream().map(input.move()).toList(),
                        Plans.behind(input.plan().layout(), explode)),
                slot -> slot < width ? input.places().applyAsInt(slot) : newWidth + slot - width);
    }

    private static Pruned join(LogicalPlan.Join join, Set<Integer> wanted) {
        int width = join.left().layout().columns().size();
        Set<Integer> both = new TreeSet<>(wanted);
        join.residual().ifPresent(expression -> collect(expression, both));
        Set<Integer> ofLeft = new TreeSet<>();
        Set<Integer> ofRight = new TreeSet<>();
        both.forEach(slot -> {
            if (slot < width) {
                ofLeft.add(slot);
            } else {
                ofRight.add(slot - width);
            }
        });
        join.leftKeys().forEach(key -> collect(key, ofLeft));
        join.rightKeys().forEach(key -> collect(key, ofRight));
        Pruned left = prune(join.left(), ofLeft);
        Pruned right = prune(join.right(), ofRight);
        int newWidth = left.plan().layout().columns().size();
        IntUnaryOperator places = slot -> slot < width
                ? left.places().applyAsInt(slot)
                : newWidth + right.places().applyAsInt(slot - width);
        return new Pruned(
                new LogicalPlan.Join(
                        join.kind(),
                        join.form(),
                        left.plan(),
                        right.plan(),
                        join.leftKeys().stream().map(left.move()).toList(),
                        join.rightKeys().stream().map(right.move()).toList(),
                        join.residual().map(each -> InnerSlots.move(each, places))),
                places);
    }

    private static Pruned lookup(LogicalPlan.Lookup lookup, Set<Integer> wanted) {
        int width = lookup.input().layout().columns().size();
        Set<Integer> below = new TreeSet<>();
        wanted.stream().filter(slot -> slot < width).forEach(below::add);
        lookup.subqueries().forEach(each -> outerSlots(each, below));
        Pruned input = prune(lookup.input(), below);
        int newWidth = input.plan().layout().columns().size();
        IntUnaryOperator places = slot -> slot < width ? input.places().applyAsInt(slot) : newWidth + slot - width;
        List<Subquery> subqueries = lookup.subqueries().stream()
                .map(each -> each.map(input.move()))
                .map(each -> withoutUnused(each, 1))
                .toList();
        return new Pruned(new LogicalPlan.Lookup(input.plan(), subqueries), places);
    }

    private static void outerSlots(Subquery subquery, Set<Integer> used) {
        Set<Integer> all = new TreeSet<>();
        subquery.map(
                subquery.table(),
                expression -> collect(expression, all),
                UnaryOperator.identity(),
                expression -> collect(expression, all));
        all.stream().filter(slot -> !InnerSlots.isInner(slot)).forEach(used::add);
    }

    /**
     * What the subquery does not use of its table goes, too.
     *
     * @param depth in how many subqueries its row lies
     */
    private static Subquery withoutUnused(Subquery subquery, int depth) {
        Set<Integer> all = new TreeSet<>();
        boolean grouped = subquery.groups().isPresent();
        UnaryOperator<Expression> collect = expression -> collect(expression, all);
        subquery.map(subquery.table(), collect, UnaryOperator.identity(), grouped ? UnaryOperator.identity() : collect);
        Set<Integer> ofTable = new TreeSet<>();
        all.stream()
                .filter(slot -> InnerSlots.isColumn(slot, depth))
                .forEach(slot -> ofTable.add(InnerSlots.local(slot)));
        subquery.tableKeys().forEach(key -> collect(key, ofTable));
        Pruned table = prune(subquery.table(), ofTable);
        UnaryOperator<Expression> move = expression -> InnerSlots.move(
                expression,
                slot -> InnerSlots.isColumn(slot, depth)
                        ? InnerSlots.at(depth, table.places().applyAsInt(InnerSlots.local(slot)))
                        : slot);
        Subquery moved = subquery.map(table.plan(), move, table.move(), grouped ? UnaryOperator.identity() : move);
        return moved.withNested(
                moved.nested().map(each -> withoutUnused(each, depth + 1), each -> withoutUnused(each, depth + 1)));
    }
}
