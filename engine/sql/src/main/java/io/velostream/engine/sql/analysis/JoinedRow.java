package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.SystemColumnKind;
import io.velostream.engine.plan.logical.LogicalPlan;
import io.velostream.engine.plan.physical.RowLayout;
import io.velostream.engine.plan.physical.StageInput.FieldRead;
import io.velostream.engine.sql.analysis.JoinAnalyser.Joined;
import io.velostream.engine.sql.tree.Statement.ObjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.IntUnaryOperator;

/**
 * The row of a FROM, once every name of the SELECT is known: the relations' columns one behind the other, then the results
 * of subqueries.
 */
final class JoinedRow {

    private final Joined root;
    private final List<Scope> scopes;
    private final int width;

    JoinedRow(Joined root) {
        this.root = root;
        this.scopes = root.scopes();
        // The field of event time belongs to the row, whether the query names it or not.
        scopes.forEach(Scope::timeField);
        this.width = scopes.stream().mapToInt(Scope::width).sum();
    }

    /** The place in the row of a slot of one of the scopes, or of a subquery on the row; others stay as they are. */
    int place(int slot) {
        if (Subqueries.isOfRow(slot)) {
            return width + Subqueries.index(slot);
        }
        return place(slot, 0, scopes);
    }

    private static int place(int slot, int from, List<Scope> scopes) {
        int offset = from;
        for (Scope scope : scopes) {
            if (scope.owns(slot)) {
                return offset + scope.placeOf(slot);
            }
            offset += scope.width();
        }
        return slot;
    }

    /**
     * What makes the row.
     *
     * @param everyField whether * wants every field of the only relation
     * @param move renumbers an expression's slots
     */
    LogicalPlan plan(boolean everyField, BiFunction<Expression, IntUnaryOperator, Expression> move) {
        return plan(root, everyField, move);
    }

    private static LogicalPlan plan(
            Joined node, boolean everyField, BiFunction<Expression, IntUnaryOperator, Expression> move) {
        return switch (node) {
            case Joined.One one -> one(one.scope(), everyField);
            case Joined.Two two -> {
                List<Expression> leftKeys = two.leftKeys().stream()
                        .map(key -> move.apply(
                                key, slot -> place(slot, 0, two.left().scopes())))
                        .toList();
                List<Expression> rightKeys = two.rightKeys().stream()
                        .map(key -> move.apply(
                                key, slot -> place(slot, 0, two.right().scopes())))
                        .toList();
                List<Expression> residual = two.residual().stream()
                        .map(each -> move.apply(each, slot -> place(slot, 0, two.scopes())))
                        .toList();
                yield new LogicalPlan.Join(
                        two.kind(),
                        two.form(),
                        side(two.left(), two.form() instanceof LogicalPlan.JoinForm.TableTable, move),
                        side(two.right(), !(two.form() instanceof LogicalPlan.JoinForm.StreamStream), move),
                        leftKeys,
                        rightKeys,
                        residual.isEmpty()
                                ? Optional.empty()
                                : Optional.of(
                                        residual.size() == 1 ? residual.getFirst() : new Expression.And(residual)));
            }
        };
    }

    private static LogicalPlan side(
            Joined node, boolean table, BiFunction<Expression, IntUnaryOperator, Expression> move) {
        LogicalPlan plan = plan(node, false, move);
        return table && plan instanceof LogicalPlan.Scan scan ? new LogicalPlan.Changes(scan) : plan;
    }

    /** A relation; where a join takes system columns along, they become columns. */
    private static LogicalPlan one(Scope scope, boolean everyField) {
        // Asking for the time of an undeclared source may add its field, so it comes first.
        Optional<Integer> time = scope.timeField();
        LogicalPlan.Scan scan = new LogicalPlan.Scan(scope.relation().source(), scope.fields(), time, everyField);
        if (scope.system().isEmpty()) {
            return scan;
        }
        List<Expression> columns = new ArrayList<>();
        List<RowLayout.Column> layout = new ArrayList<>();
        for (int slot = 0; slot < scope.fields().size(); slot++) {
            FieldRead field = scope.fields().get(slot);
            columns.add(new Expression.Slot(slot, field.name(), field.type()));
            layout.add(new RowLayout.Column(field.name(), field.type()));
        }
        for (SystemColumnKind kind : scope.system()) {
            columns.add(new Expression.SystemColumn(kind));
            layout.add(new RowLayout.Column(kind.columnName(), kind.type()));
        }
        boolean table = scope.relation().kind() == ObjectKind.TABLE;
        return new LogicalPlan.Project(table ? new LogicalPlan.Changes(scan) : scan, columns, new RowLayout(layout));
    }
}
