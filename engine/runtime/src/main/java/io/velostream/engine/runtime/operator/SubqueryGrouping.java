package io.velostream.engine.runtime.operator;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.physical.StageOperator.AggregateCall;
import io.velostream.engine.plan.physical.SubqueryGroups;
import io.velostream.engine.runtime.aggregate.GroupLayout;
import io.velostream.engine.runtime.expression.BooleanEvaluator;
import io.velostream.engine.runtime.expression.ExpressionCompiler;
import io.velostream.engine.runtime.row.ByteCursor;
import io.velostream.engine.runtime.row.GrowingBuffer;
import io.velostream.engine.runtime.row.Origin;
import io.velostream.engine.runtime.row.Row;
import io.velostream.engine.runtime.state.GroupTable;
import io.velostream.engine.runtime.state.TupleCodec;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** GROUP BY within a subquery: the groups live as long as one answer takes. */
final class SubqueryGrouping {

    private final RowKeys keys;
    private final int keyCount;
    private final GroupLayout layout;
    private final @Nullable BooleanEvaluator having;
    private final List<SubqueryEvaluator> nested;
    private final int firstResult;
    private final int outerWidth;
    private final Row grouped;
    private final GrowingBuffer key = new GrowingBuffer(64);
    private final ByteCursor cursor = new ByteCursor();
    private GroupTable groups;

    /**
     * @param real gives expressions over the table's row their real slots
     * @param places where the slots of the group's row lie, behind those of the row outside
     * @param nested the subqueries on groups
     */
    SubqueryGrouping(
            SubqueryGroups plan,
            UnaryOperator<Expression> real,
            SlotPlaces places,
            List<SubqueryEvaluator> nested,
            Origin origin) {
        this.keys = new RowKeys(plan.keys().stream().map(real).toList(), origin);
        this.keyCount = plan.keys().size();
        this.layout = new GroupLayout(plan.calls().stream()
                .map(call -> new AggregateCall(
                        call.function(),
                        call.distinct(),
                        call.arguments().stream().map(real).toList(),
                        call.type()))
                .toList());
        this.having = plan.having()
                .map(each -> ExpressionCompiler.predicate(places.real(each)))
                .orElse(null);
        this.nested = nested;
        this.firstResult = places.width() - nested.size();
        this.outerWidth = firstResult - plan.layout().columns().size();
        this.grouped = new Row(places.width(), origin);
        this.groups = new GroupTable(layout.cells(), layout.objects());
    }

    void begin() {
        if (keyCount > 0) {
            if (groups.size() > 0) {
                groups = new GroupTable(layout.cells(), layout.objects());
            }
        } else if (groups.size() == 0) {
            groups.findOrAdd(key.buffer(), 0, 0);
        } else {
            layout.reset(groups, 0);
        }
    }

    void take(Row row) {
        key.clear();
        keys.write(row, key);
        layout.prepare(row);
        int group = groups.findOrAdd(key.buffer(), 0, key.position());
        layout.check(groups, group);
        layout.apply(groups, group);
    }

    /** Hands the groups that HAVING keeps to the answer, or to what orders them first. */
    void answer(Row outer, int[] outerSlots, @Nullable OrderedRows order, SubqueryAnswer answer) {
        for (int slot : outerSlots) {
            grouped.copy(outer, slot, slot);
        }
        for (int group = 0; group < groups.size(); group++) {
            cursor.reset(groups.keys(), groups.keyFrom(group), groups.keyTo(group));
            for (int column = 0; column < keyCount; column++) {
                TupleCodec.decode(cursor, grouped, outerWidth + column);
            }
            layout.results(groups, group, grouped, outerWidth + keyCount);
            for (int i = 0; i < nested.size(); i++) {
                nested.get(i).evaluate(grouped, firstResult + i);
            }
            boolean kept = having == null || having.eval(grouped) == BooleanEvaluator.TRUE;
            if (kept && order != null) {
                order.take(grouped);
            } else if (kept && !answer.take(grouped)) {
                return;
            }
        }
    }
}
