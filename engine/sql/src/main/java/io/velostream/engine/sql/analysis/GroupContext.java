package io.velostream.engine.sql.analysis;

import io.velostream.engine.plan.expression.Expression;
import io.velostream.engine.plan.expression.Expressions;
import io.velostream.engine.plan.physical.StageOperator.AggregateCall;
import io.velostream.engine.sql.type.SqlType.Simple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The aggregates of one SELECT, collected while its expressions are analysed. Until the group's row is known, an
 * aggregate is a slot beyond every slot of the source.
 */
final class GroupContext {

    private static final int FIRST_AGGREGATE = 1 << 20;
    private static final int WINDOW_START = 1 << 24;
    private static final int WINDOW_END = WINDOW_START + 1;

    private final List<AggregateCall> calls = new ArrayList<>();
    private final Map<AggregateCall, Integer> places = new HashMap<>();
    private final boolean windowed;
    private boolean usesWindow;

    /**
     * @param windowed whether the select has a WINDOW
     */
    GroupContext(boolean windowed) {
        this.windowed = windowed;
    }

    boolean isWindowed() {
        return windowed;
    }

    /** The slot of an aggregate; equal calls share one. */
    Expression.Slot slotOf(AggregateCall call) {
        int index = places.computeIfAbsent(call, each -> {
            calls.add(each);
            return calls.size() - 1;
        });
        return new Expression.Slot(FIRST_AGGREGATE + index, call.function().toLowerCase(Locale.ROOT), call.type());
    }

    Expression.Slot windowBound(boolean start) {
        usesWindow = true;
        return new Expression.Slot(
                start ? WINDOW_START : WINDOW_END, start ? "_window_start" : "_window_end", Simple.BIGINT);
    }

    List<AggregateCall> calls() {
        return List.copyOf(calls);
    }

    boolean usesWindow() {
        return usesWindow;
    }

    /** Changes the arguments of all aggregates. */
    void mapArguments(UnaryOperator<Expression> change) {
        calls.replaceAll(call -> new AggregateCall(
                call.function(), call.distinct(), Expressions.mapAll(call.arguments(), change), call.type()));
        places.clear();
        for (int i = 0; i < calls.size(); i++) {
            places.putIfAbsent(calls.get(i), i);
        }
    }

    static boolean isOfGroup(Expression.Slot slot) {
        return slot.index() >= FIRST_AGGREGATE && !OverContext.isOfOver(slot) && !Subqueries.isOutside(slot.index());
    }

    /** Whether the slot is the start or the end of the group's window. */
    static boolean isOfWindow(Expression.Slot slot) {
        return slot.index() == WINDOW_START || slot.index() == WINDOW_END;
    }

    /** The place in the group's row: keys, aggregates, window start, window end. */
    Expression.Slot inGroupRow(Expression.Slot slot, int keys) {
        int index = slot.index() >= WINDOW_START
                ? keys + calls.size() + (slot.index() - WINDOW_START)
                : keys + slot.index() - FIRST_AGGREGATE;
        return new Expression.Slot(index, slot.name(), slot.type());
    }
}
